"""The ASGI app: pages, live stream, start and stop of the engine; nothing else."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NoReturn

import streamlit as st
from starlette.middleware import Middleware

from core.collector import settle
from core.errors import UserError
from core.logs import set_up
from core.rooms import rooms
from core.runs import engine
from core.runs.engine import Engine
from core.runs.status import status
from core.runs.uploads import sweep
from core.settings import hosts, keep_days, keep_hours
from core.storage.database import SQLAlchemyError
from pages.parts import status_route
from pages.parts.at_once import AtOnce
from pages.parts.away import Away
from pages.parts.conflict_lab import routes as conflict
from pages.parts.ending import Ending, Streams
from pages.parts.guard import Guard
from pages.parts.live import routes as live
from pages.parts.nodelay import answer_at_once
from pages.parts.one_log import one_log
from pages.parts.rates import Paced
from pages.parts.room_routes import ROUTES as ROOM
from pages.parts.walkthrough import routes as walkthrough
from pages.parts.whole import finish_callbacks

LOG = logging.getLogger("app")
SWEEP_EVERY, TELL_EVERY = 600, 60
"""Seconds."""
ENDING = Ending()


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict]:
    """Workers start before the first visitor comes; what is loaded by then, the collector never looks at again."""
    set_up()
    one_log()
    running = _engine()
    running.pool.submit(int)
    answer_at_once()
    finish_callbacks()
    settle()
    beside = [asyncio.create_task(each) for each in (_sweep(), _tell())]
    LOG.info("Started")
    with ENDING.heard(running.close):
        yield {}
    for each in beside:
        each.cancel()
    running.close()
    LOG.info("Ended")


def _engine() -> Engine:
    try:
        return engine()
    except UserError as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"MTL_DATA_DIR should be a folder that can be written. Found “{error.filename}”: {error.strerror}.")


def _refuse(why: str) -> NoReturn:
    """One sentence in place of the traceback that the web server would make of it."""
    sys.stderr.write(f"The app does not start. {why}\n")
    sys.stderr.flush()
    os._exit(2)


async def _sweep() -> None:
    """Deletes files, rooms and runs that nobody has used for long; files of a run that is playing are in use.

    Where disk or database cannot be reached just now, it is done the next time.
    """
    while True:
        playing = [run.id for run in list(engine().runs.values()) if run.status == "playing"]
        with suppress(OSError, SQLAlchemyError):
            await asyncio.to_thread(sweep, engine().folder, keep_hours(), playing)
            await asyncio.to_thread(lambda: rooms().sweep(keep_hours()))
            await asyncio.to_thread(lambda: engine().library.sweep(keep_days()))
        await asyncio.sleep(SWEEP_EVERY)


async def _tell() -> None:
    """Writes down how the server is doing, while it has anything to do."""
    while True:
        await asyncio.sleep(TELL_EVERY)
        told = await asyncio.to_thread(status, engine())
        if told["runs"]["here"]:
            LOG.info("Status", extra={"numbers": told})


ROUTES = [*live.ROUTES, *conflict.ROUTES, *walkthrough.ROUTES, *ROOM, *status_route.ROUTES]
try:
    NAMES = hosts()
except UserError as error:
    _refuse(str(error))
MIDDLEWARE = [
    Middleware(Guard, hosts=NAMES),
    Middleware(Away),
    Middleware(Paced),
    Middleware(AtOnce),
    Middleware(Streams, ending=ENDING),
]
app = st.App("pages/_main.py", routes=ROUTES, lifespan=lifespan, middleware=MIDDLEWARE)
