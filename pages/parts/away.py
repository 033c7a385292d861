"""What is said while the database does not answer: to a browser's request, and on a page. Knows nothing of what was wanted."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.storage.database import AwayError


class Away:
    """ASGI middleware: a request that needs the database gets the sentence, with 503. A stream that has begun ends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except AwayError as error:
            if scope["type"] == "http" and not begun:
                await JSONResponse({"message": str(error)}, 503, {"Retry-After": "2"})(scope, receive, send)


@contextmanager
def said() -> Iterator[None]:
    """The sentence in place of what a page would have shown."""
    try:
        yield
    except AwayError as error:
        st.error(str(error), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")
