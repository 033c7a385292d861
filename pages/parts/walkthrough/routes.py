"""The server side of “Look inside”: a browser asks for rows of a run's table on their way through its network.

Knows nothing of networks: a worker walks (`core.runs.inside`). A run's id is its key. It is a POST because a header that other
sites cannot set keeps them from having this server compute.
"""

import asyncio
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.errors import UserError
from core.runs import engine, wire
from core.runs.inside import inside, weights_of
from core.runs.run import Run
from pages.parts.person import person_of

LARGEST = 4096
"""Bytes of a question."""
MOST = 24
"""Questions under way at a time, of all visitors."""
GONE = "This run is no longer here. Reload the page."
BUSY = "Many people look inside at the moment. Try again in a few seconds."
ASKED = UserError(
    'A question should be JSON like {"rows": [0, 1], "onward": 0, "lane": 0}.', "something else", "Reload the page."
)
_under_way: set[object] = set()


async def look(request: Request) -> Response:
    run = await run_in_threadpool(_seen, request.path_params["run"])
    if run is None:
        return JSONResponse({"message": GONE}, 404)
    if request.headers.get("x-requested-with") != "mtl":
        return JSONResponse({"message": "Questions come from the page itself."}, 403)
    if len(_under_way) >= MOST:
        return JSONResponse({"message": BUSY}, 503)
    ticket = object()
    _under_way.add(ticket)
    try:
        asks = person_of(request.cookies) or run.person
        told = await _walk(run, question(await request.body()), asks)
    except UserError as error:
        return JSONResponse({"message": str(error)}, 400)
    finally:
        _under_way.discard(ticket)
    return Response(wire.text(told), media_type="application/json", headers={"Cache-Control": "no-store"})


def _seen(id: str) -> Run | None:
    """The run of an id, or of one that is for looking only."""
    return engine().find(id) or engine().library.find_watched(id)


async def _walk(run: Run, asked: dict[str, Any], person: str) -> dict[str, Any]:
    """person: whose turn it takes; who looks on at another's run takes their own."""
    lane, looking = asked["lane"], run.looking  # an earlier moment, where one is looked at
    experiment = looking.experiment if looking else run.experiment
    record = looking.now if looking else run.now or run.records[-1]
    if lane >= experiment.lanes:
        raise UserError(f"A network should be from 1 to {experiment.lanes}.", f"{lane + 1}", "Choose one of these.")
    weights = weights_of(record, experiment.replicas, lane)
    job = (run.shown, engine().place(run), asked["rows"], asked["onward"], lane, weights, asked["step"], asked["back"])
    told = await asyncio.wrap_future(engine().asked.submit(person, inside, *job))
    return {**told, "start": run.start, "version": run.version}


def question(raw: bytes) -> dict[str, Any]:
    """`{"rows": [from 0], "onward": int, "lane": int, "step": int or null, "back": bool}`, checked: it comes from strangers."""
    if len(raw) > LARGEST:
        raise ASKED
    try:
        body = json.loads(raw)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ASKED from error
    if not isinstance(body, dict) or not isinstance(body.get("rows"), list):
        raise ASKED
    step = body.get("step")
    numbers = [*body["rows"], body.get("onward", 0), body.get("lane", 0), 0 if step is None else step]
    if not all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each < 2**31 for each in numbers):
        raise ASKED
    whole = {"rows": body["rows"], "onward": body.get("onward", 0), "lane": body.get("lane", 0), "step": step}
    return {**whole, "back": bool(body.get("back", False))}


ROUTES = [Route("/inside/{run}", look, methods=["POST"])]
