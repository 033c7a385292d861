"""A presenter and members of a room, who speak to the app as their browsers do. Knows nothing of what is measured with them."""

import asyncio
import json
import time
import zlib
from collections.abc import Callable
from urllib.parse import parse_qs

from benchmarks.visitor import AGAIN, Visitor

BAR = "mtl_room_bar"


class Presenter(Visitor):
    """Opens a room, and is in it then."""

    async def preside(self) -> str:
        """The code of the new room."""
        self.query = ""
        await self.meet()
        await self.draw("room")
        await self.press("Open", Title="A room full of people")
        return self.room

    @property
    def room(self) -> str:
        return parse_qs(self.query)["room"][0]

    async def follow_me(self) -> None:
        await self.tell(BAR, acts=[{"n": 1, "name": "follow"}])


class Member(Visitor):
    """Comes by a link with the room's code in it, hears the room's news, and has the page drawn again when there are any."""

    def __init__(self, url: str, code: str, nickname: str, on_frame: Callable[[], None] | None = None) -> None:
        super().__init__(url, f"room={code}", on_frame)
        self.code, self.nickname = code, nickname
        self.hearing: asyncio.Task | None = None

    async def join(self) -> None:
        """Until the Playground is drawn; the stream of one's run is asked for then."""
        await self.meet()
        await self.draw()
        await self.press("Join", Your_nickname=self.nickname)
        self.watching = asyncio.create_task(self.watch())
        self.hearing = asyncio.create_task(self._hear())

    async def close(self) -> None:
        if self.hearing is not None:
            self.hearing.cancel()
            await asyncio.gather(self.hearing, return_exceptions=True)
        await super().close()

    async def _hear(self) -> None:
        sign = ""
        while True:
            try:
                async with asyncio.timeout(60):
                    async for raw in self.events(f"/room/{self.code}/news", b"news"):
                        told = json.loads(raw)["sign"]
                        if sign and told != sign:
                            await self._look()
                        sign = told
            except (OSError, asyncio.IncompleteReadError, TimeoutError, zlib.error):
                await asyncio.sleep(AGAIN)

    async def _look(self) -> None:
        before = self.shown
        await self.ask()
        if self.shown != before and self.watching is not None:
            self.watching.cancel()
            self._frame = b"{}"
            self.watching = asyncio.create_task(self.watch())


async def come(members: list[Member], seconds: float) -> list[float]:
    """They come one after the other within so many seconds: how long each took until the first picture, in seconds."""

    async def one(member: Member, after: float) -> float:
        await asyncio.sleep(after)
        began = time.perf_counter()
        await member.join()
        await member.until(lambda: member.frames > 0, 60)
        return time.perf_counter() - began

    count = len(members)
    waits = [one(member, seconds * number / count) for number, member in enumerate(members)]
    return [took if isinstance(took, float) else float("inf") for took in await asyncio.gather(*waits, return_exceptions=True)]
