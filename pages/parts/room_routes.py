"""What a browser asks of a room beside its pages: news of it, everyone's runs for the wall, to keep a presenter's key.

Each looks who asks: a member by the page's cookie, the presenter by another. Who is neither hears the same as of a room that is
not there. Knows nothing of how rooms are kept.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core.rooms import rooms
from core.rooms.code import read
from core.runs import wire
from core.runs.run import plausible
from pages.parts.person import person_of
from pages.parts.room_seat import DESK, Seat, seat_of, sign

LASTS = 25.0
"""Seconds after which a stream ends and the browser asks again: an open stream would hold up the server's end."""
LOOK, QUIET = 0.5, 10.0
"""Seconds between two looks at a room, one for all who listen; and between two signs of life on a stream without news."""
LARGEST = 1024
"""Bytes of a body."""
DAYS = 30
NOT_HERE = "This room is not here, or you are not in it."


@dataclass
class Seen:
    """A room as it was last looked at. counted: what it had counted then; told: what listeners are told of it."""

    at: float = 0.0
    counted: tuple[int, int] | None = None
    told: dict[str, object] | None = None


_seen: dict[str, Seen] = {}


async def news(request: Request) -> Response:
    """A stream of what changes in a room."""
    found = await run_in_threadpool(_seat, request)
    if found is None:
        return _nothing_here()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(found.room.code), media_type="text/event-stream", headers=headers)


async def _events(code: str) -> AsyncIterator[str]:
    told: dict[str, object] | None = None
    ends, quiet = time.monotonic() + LASTS, time.monotonic() + QUIET
    while (now := time.monotonic()) < ends:
        latest = await _look(code)
        if latest is not None and latest != told:
            told = latest
            yield f"event: news\ndata: {json.dumps(told)}\n\n"
            quiet = now + QUIET
        elif now > quiet:
            yield ": still here\n\n"
            quiet = now + QUIET
        await asyncio.sleep(LOOK)


async def _look(code: str) -> dict[str, object] | None:
    """What listeners are told, looked up for all of them at once; None before the first look is over."""
    seen = _seen.setdefault(code, Seen())
    if time.monotonic() - seen.at >= LOOK:
        seen.at = time.monotonic()  # whoever asks meanwhile gets what is known
        seen.counted, seen.told = await run_in_threadpool(_read, code, seen.counted, seen.told)
    return seen.told


def _read(
    code: str, counted: tuple[int, int] | None, told: dict[str, object] | None
) -> tuple[tuple[int, int] | None, dict[str, object]]:
    room = rooms().room(code)
    if room is None:
        _seen.pop(code, None)
        return None, {"sign": "", "people": 0}
    if told is not None and counted == (room.revision, room.crowd):
        return counted, told
    return (room.revision, room.crowd), {"sign": sign(room), "people": len(rooms().members(code))}


async def wall(request: Request) -> Response:
    """Everyone's curves and scores; for the presenter alone."""
    found = await run_in_threadpool(_seat, request)
    if found is None or not found.presents:
        return _nothing_here()
    told = {"tiles": await run_in_threadpool(rooms().wall, found.room.code), "spotlight": found.room.spotlight}
    return Response(wire.text(told), media_type="application/json", headers={"Cache-Control": "no-store"})


async def desk(request: Request) -> Response:
    """Keeps the presenter's key in a cookie that no script can read."""
    code = read(request.path_params["code"])
    if request.headers.get("x-requested-with") != "mtl":
        return JSONResponse({"message": "This comes from the page itself."}, 403)
    key = _key(await request.body())
    place = person_of(request.cookies) or (request.client.host if request.client else "")
    if code is None or key is None or not await run_in_threadpool(rooms().presents, code, key, place):
        return _nothing_here()
    answer = Response(status_code=204)
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    answer.set_cookie(f"{DESK}{code}", key, max_age=DAYS * 24 * 3600, httponly=True, samesite="lax", secure=secure)
    return answer


def _key(raw: bytes) -> str | None:
    try:
        key = json.loads(raw)["key"] if len(raw) <= LARGEST else None
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    return key if isinstance(key, str) and plausible(key) else None


def _seat(request: Request) -> Seat | None:
    """Where who asks sits in the room; None for who does not."""
    code = read(request.path_params["code"])
    return seat_of(code, person_of(request.cookies), request.cookies) if code else None


def _nothing_here() -> Response:
    return JSONResponse({"message": NOT_HERE}, 404)


ROUTES = [
    Route("/room/{code}/news", news, methods=["GET"]),
    Route("/room/{code}/wall", wall, methods=["GET"]),
    Route("/room/{code}/desk", desk, methods=["POST"]),
]
