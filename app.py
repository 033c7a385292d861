"""The ASGI app: pages, live stream, start and stop of the engine; nothing else."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from core.runs import engine
from core.runs.pool import pool
from pages.parts.live.routes import ROUTES


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict]:
    """Workers are started before the first visitor comes; what is loaded by then, the collector never looks at again."""
    pool().submit(int)
    running = engine()
    gc.collect()
    gc.freeze()
    yield {}
    running.close()
    pool().shutdown(wait=False, kill_workers=True)


app = st.App("pages/_main.py", routes=ROUTES, lifespan=lifespan)
