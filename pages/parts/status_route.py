"""GET /status: how the server is doing, as JSON, for who keeps it. Knows nothing of what the numbers mean."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.runs import engine
from core.runs.status import status
from pages.parts.keeper import is_keeper

NOT_YOURS = "The status is for who keeps the server: ask at the machine itself, or send the status key."


async def tell(request: Request) -> Response:
    if not is_keeper(request.headers, request.client.host if request.client else None):
        return JSONResponse({"message": NOT_YOURS}, 403)
    return JSONResponse(await run_in_threadpool(status, engine()), headers={"Cache-Control": "no-store"})


ROUTES = [Route("/status", tell, methods=["GET"])]
