"""Room: join one by its code, or open one; then the presenter's desk, or one's own place in it. Layout only."""

from pages.parts.room_desk import desk
from pages.parts.room_entrance import entrance
from pages.parts.room_member import taking_part
from pages.parts.room_seat import seat
from pages.parts.scroll import scroll_to_top

scroll_to_top("room")
here = seat()
if here is None:
    entrance()
elif here.presents:
    desk(here)
else:
    taking_part(here)
