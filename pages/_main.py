"""The page list. Each page is one file; all of them show and change the one document."""

import streamlit as st

from pages.parts import away, room_seat, state, style, switch
from pages.parts.room_bar import room_bar
from pages.parts.room_entrance import come_in, entrance
from pages.parts.steps import steps

PICTURED = ("Playground", "Network")  # they show the network as a picture, which has undo and redo with it
ASIDE = ("Room", "Stage", "Status")  # they show no document that could be undone
GONE = "The room that you were in is no longer there."

st.set_page_config(page_title="MTL Playground", page_icon="🔀", layout="wide", initial_sidebar_state="collapsed")
style.apply(switch.STYLE)
room = st.Page("room.py", title="Room", icon=":material/groups:")
pages = [
    st.Page("playground.py", title="Playground", icon=":material/play_circle:", default=True),
    st.Page("curves.py", title="Curves", icon=":material/show_chart:"),
    st.Page("data.py", title="Data", icon=":material/table_chart:"),
    st.Page("network.py", title="Network", icon=":material/hub:"),
    st.Page("inside.py", title="Look inside", icon=":material/frame_inspect:"),
    st.Page("conflict.py", title="Conflict", icon=":material/alt_route:"),
    st.Page("schemes.py", title="Schemes", icon=":material/balance:"),
    st.Page("sharing.py", title="Sharing", icon=":material/group_work:"),
    st.Page("results.py", title="Results", icon=":material/insights:"),
    room,
    st.Page("stage.py", title="Stage", visibility="hidden"),
    st.Page("status.py", title="Status", icon=":material/monitor_heart:", url_path="server", visibility="hidden"),
]
page = st.navigation(pages, position="top")
with away.said():
    came = come_in()
    seat = room_seat.sit()
    if came and page is room:
        st.switch_page(pages[0])
    if room_seat.gone():
        st.toast(GONE, icon=":material/info:")
    if seat is not None:
        if page.title != "Stage":
            state.own()  # into the address, which a refresh needs; on the stage everyone reads the address
        room_bar(seat, quiet=page.title == "Stage")
    if room_seat.invited() and page.title not in ASIDE:
        entrance()  # in place of the page: another run of the script for every newcomer is what a server feels most
    else:
        around = st.container()
        page.run()
        if page.title not in ASIDE and (page.title not in PICTURED or state.waiting()):
            with around:  # last: a page may change the document itself
                steps()
