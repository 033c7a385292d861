"""The board of a challenge: who has reached all bars, and who is ahead. It keeps up by itself. Layout only."""

from typing import Any

import pandas as pd
import streamlit as st

from core.rooms import rooms
from core.rooms.challenge import SMALLEST, Challenge
from core.rooms.room import Room
from pages.parts.plain import plain
from pages.parts.words import short as number

TICK = 2.0
AMOUNTS = {"parameters": "Parameters", "epochs": "Epochs", "seconds": "Seconds of training"}
REACHED = "\N{NO-BREAK SPACE}✓"
NOBODY = "Nobody has a run to show yet."


def board(room: Room, most: int | None = None, short: bool = False) -> None:
    """What it is about, and the ranked rows, of which at most so many; anew every few seconds. short: for narrow places."""
    challenge = room.challenge
    if challenge is None:
        return
    st.markdown(f"##### {plain(challenge.text)}")
    if not short:
        st.caption(rule(challenge))

    @st.fragment(run_every=TICK)
    def look() -> None:
        rows = rooms().board(room.code)
        if rows:
            st.table(table(challenge, rows[:most], short), border="horizontal")
        else:
            st.caption(NOBODY)

    look()


def rule(challenge: Challenge) -> str:
    """When one has won, in a sentence."""
    bars = ", ".join(f"{plain(task)} at least {number(bar)}" for task, bar in challenge.bars.items())
    return f"On the validation rows: {bars}. Then {SMALLEST[challenge.smallest]} leads."


def table(challenge: Challenge, rows: list[dict[str, Any]], short: bool = False) -> pd.DataFrame:
    """Rows as they stand on the board; names are text and nothing else. short: without scores."""
    shown = []
    for row in rows:
        line = {"": "–" if row["rank"] is None else str(row["rank"]), "Who": plain(row["nickname"])}
        for task in () if short else challenge.bars:
            score = row["scores"].get(task)
            line[plain(task)] = "–" if score is None else f"{number(score)}{REACHED if row['met'].get(task) else ''}"
        amount = row["amount"]
        line[AMOUNTS[challenge.smallest]] = f"{amount:,.0f}" if challenge.smallest == "parameters" else f"{amount:,.1f}"
        if not short:
            line["Handed in"] = "✓" if row["handed"] else ""
        shown.append(line)
    return pd.DataFrame(shown).set_index("")
