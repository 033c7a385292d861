"""The ASGI app: pages, live stream, start and stop of the engine; nothing else."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from core.runs import engine
from core.runs.uploads import sweep
from core.settings import hosts, keep_hours
from pages.parts.conflict_lab import routes as conflict
from pages.parts.guard import Guard
from pages.parts.live import routes as live
from pages.parts.nodelay import answer_at_once

SWEEP_EVERY = 600
"""Seconds."""


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict]:
    """Workers start before the first visitor comes; what is loaded by then, the collector never looks at again."""
    running = engine()
    running.pool.submit(int)
    answer_at_once()
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(_sweep())
    yield {}
    sweeping.cancel()
    running.close()


async def _sweep() -> None:
    """Deletes files that nobody has used for long; those of a run that is playing are in use."""
    while True:
        playing = [run.id for run in list(engine().runs.values()) if run.status == "playing"]
        await asyncio.to_thread(sweep, engine().folder, keep_hours(), playing)
        await asyncio.sleep(SWEEP_EVERY)


ROUTES = [*live.ROUTES, *conflict.ROUTES]
app = st.App("pages/_main.py", routes=ROUTES, lifespan=lifespan, middleware=[Middleware(Guard, hosts=hosts())])
