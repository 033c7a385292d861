"""The server side of live pictures: a stream of server-sent events per run, and commands to it.

Knows nothing of training: it passes on what `core.runs.wire` makes of a run. A run's id is its key: who has it may
watch and command the run, nobody else can; but for what the presenter of a room has locked.
"""

import asyncio
import json
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core.errors import UserError
from core.rooms import rooms
from core.runs import engine, wire
from core.runs.run import Run, unit_of
from core.training.view import INSIDE

LASTS = 25.0
"""Seconds after which a stream ends and the browser asks again: an open stream would hold up the server's end."""
QUIET = 10.0
CLOSE_TOGETHER = 0.08


async def watch(request: Request) -> Response:
    run = await run_in_threadpool(_seen, request.path_params["run"])
    if run is None:
        return JSONResponse({"message": "This run is no longer here. Reload the page."}, 404)
    start, since = _number(request, "start"), _number(request, "from")
    parts = frozenset(request.query_params.get("parts", "").split(","))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept-Encoding"}
    events = _events(run, start, since, parts)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    return StreamingResponse(
        _packed(events) if "Content-Encoding" in headers else events, media_type="text/event-stream", headers=headers
    )


def _seen(id: str) -> Run | None:
    """The run of an id, or of one that is for looking only."""
    return engine().find(id) or engine().library.find_watched(id)


async def _packed(events: AsyncGenerator[str]) -> AsyncIterator[bytes]:
    """Each event at once, as little of it as differs from those before: most of what is said is said again and again."""
    packer = zlib.compressobj(level=6, wbits=31)
    async with aclosing(events):
        async for event in events:
            yield packer.compress(event.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


async def _events(run: Run, start: int, since: int, parts: frozenset[str]) -> AsyncGenerator[str]:
    """The scene whenever it changed, then frames as they come; what is late is left out, records never are."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()

    def listener() -> None:
        loop.call_soon_threadsafe(news.set)

    run.listeners.add(listener)
    run.watchers += 1
    if wanted := parts & INSIDE:
        run.wanted.update(wanted)
        engine().seen(run)
    try:
        ends = time.monotonic() + LASTS
        told = inside = None
        while time.monotonic() < ends:
            news.clear()
            scene = wire.scene(run)
            if scene["start"] != start:
                start, since = scene["start"], 0
            if scene != told:
                told = scene
                yield _event("scene", scene)
            frame = wire.frame(run, since, parts, engine().line.turn())
            since += len(frame["records"])
            if frame["view"].get("network") is inside:
                frame["view"].pop("network", None)
            else:
                inside = frame["view"].get("network")
            yield _event("frame", frame)
            await asyncio.sleep(CLOSE_TOGETHER)
            try:
                await asyncio.wait_for(news.wait(), min(QUIET, max(0.0, ends - time.monotonic())))
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        run.listeners.discard(listener)
        run.watchers -= 1
        run.wanted.subtract(wanted)


async def command(request: Request) -> Response:
    run = await run_in_threadpool(engine().find, request.path_params["run"])
    if run is None:
        return JSONResponse({"message": "This run is no longer here. Reload the page."}, 404)
    if request.headers.get("x-requested-with") != "mtl":
        return JSONResponse({"message": "Commands come from the page's own buttons."}, 403)
    try:
        body = json.loads(await request.body())
        name, value = str(body["command"]), body.get("value")
        if why := await run_in_threadpool(lambda: rooms().refuses(run.id, name)):
            return JSONResponse({"message": why}, 403)
        await run_in_threadpool(engine().command, run, name, value)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, KeyError, TypeError, AttributeError):
        return JSONResponse({"message": 'A command should be JSON like {"command": "play"}.'}, 400)
    except UserError as error:
        return JSONResponse({"message": str(error)}, 400)
    return Response(status_code=204)


async def unit(request: Request) -> Response:
    """The numbers of one unit of the network as it is shown, for whoever wants to edit them."""
    run = await run_in_threadpool(engine().find, request.path_params["run"])
    if run is None:
        return JSONResponse({"message": "This run is no longer here. Reload the page."}, 404)
    try:
        found = await run_in_threadpool(unit_of, run, request.query_params.get("layer", ""), _number(request, "unit"))
    except UserError as error:
        return JSONResponse({"message": str(error)}, 400)
    return JSONResponse(found)


def _number(request: Request, name: str) -> int:
    value = request.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _event(name: str, value: dict) -> str:
    return f"event: {name}\ndata: {wire.text(value)}\n\n"


ROUTES = [
    Route("/live/{run}", watch, methods=["GET"]),
    Route("/live/{run}", command, methods=["POST"]),
    Route("/live/{run}/unit", unit, methods=["GET"]),
]
