"""What a library asks of one server, under our limits: how long, how much, nowhere else, and until somebody says stop.

The library opens addresses by `urllib`; in a thread that is `under` a `Line`, the line answers in its place. Other threads go
on as ever. Knows nothing of what is asked.
"""

import io
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from email.message import Message
from functools import lru_cache
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import BaseHandler, HTTPRedirectHandler, OpenerDirector, Request
from urllib.response import addinfourl

from core.errors import UserError

PIECE = 1 << 16
_line: ContextVar["Line | None"] = ContextVar("line", default=None)


class Line:
    """A line to one server. silence: seconds it may say nothing; whole: seconds for all answers; most: bytes of an answer.

    home: the address that stands for `family`, a host whose addresses, and those of its subdomains, all lead there.
    `heard`, of `expected` bytes (0: unknown), is how far the answer under way is; `asked` is its path.
    """

    def __init__(self, home: str, family: str, silence: float, whole: float, most: int) -> None:
        self.home, self.family, self.silence, self.most = home.rstrip("/"), family, silence, most
        self.whole, self.ends = whole, time.monotonic() + whole
        self.heard = self.expected = 0
        self.asked = ""
        self.problem: UserError | None = None
        self._stopped = threading.Event()
        self._answers: dict[str, bytes] = {}

    def stop(self) -> None:
        """Whatever is asked from now on, and what is under way, fails."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def answer(self, url: str) -> bytes:
        """The bytes at an address; asked twice, it is fetched once. Raises `UserError`, and the same one ever after."""
        if self.problem is not None:
            raise self.problem
        try:
            address = self.address(url)
            if address not in self._answers:
                self._answers[address] = self._fetched(address)
            return self._answers[address]
        except UserError as error:
            self.problem = error
            raise

    def address(self, url: str) -> str:
        """Where a request goes to. Raises for what lies neither at home nor in the family."""
        parts, home = urlsplit(url), urlsplit(self.home)
        host = parts.hostname or ""
        if parts.scheme in ("http", "https"):
            if parts.netloc == home.netloc:
                return url
            if host == self.family or host.endswith(f".{self.family}"):
                known = home.hostname == self.family or (home.hostname or "").endswith(f".{self.family}")
                rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
                return url if known else f"{self.home}{rest}"
        raise UserError(
            f"The data should lie at {self.family}.", f"an address elsewhere, “{url:.80}”", "Download it there and upload it."
        )

    def _fetched(self, address: str) -> bytes:
        self._check_wanted()
        self.heard = self.expected = 0
        self.asked = urlsplit(address).path
        held = bytearray()
        try:
            with _opener(self).open(Request(address), timeout=self.silence) as response:  # noqa: S310 (checked above)
                self.expected = int(response.headers.get("Content-Length") or 0)
                self._check_size(self.expected)
                for piece in self._pieces(response):
                    held += piece
                    self.heard = len(held)
                    self._check_size(self.heard)
        except HTTPError as error:
            error.close()
            raise self._refused(error.code) from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            if isinstance(error, UserError):
                raise
            slow = isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)
            raise self.late() if slow else self._unreached() from error
        if self.heard < self.expected:
            raise UserError(
                f"The answer of {self.family} should be whole.",
                f"{self.heard:,} of {self.expected:,} bytes",
                "Try again.",
            )
        return bytes(held)

    def _pieces(self, response: HTTPResponse) -> Iterator[bytes]:
        while piece := response.read1(PIECE):
            self._check_wanted()
            yield piece

    def _check_wanted(self) -> None:
        if self.stopped:
            raise UserError("Fetching was stopped.")
        if time.monotonic() > self.ends:
            raise self.late()

    def _check_size(self, size: int) -> None:
        if size > self.most:
            raise UserError(
                f"A data set from {self.family} should have at most {self.most / 10**6:,.0f} MB.",
                f"{size / 10**6:,.1f} MB or more",
                "Choose a smaller one.",
            )

    def _refused(self, code: int) -> UserError:
        if code in (404, 410, 412):  # 412 is what OpenML says of what it does not have
            return missing(self.family)
        return UserError(f"{self.family} should send the data.", f"error {code}", "Try again later.")

    def late(self) -> UserError:
        return UserError(
            f"{self.family} should answer within {self.silence:g} seconds, and send all in {self.whole:g}.",
            "nothing more",
            "Try again later, or download the data in your browser and upload it.",
        )

    def _unreached(self) -> UserError:
        return UserError(
            f"{self.family} should be within reach of this server.",
            "no connection",
            "Check that it is online, or upload a file of your own.",
        )


def missing(family: str) -> UserError:
    return UserError(f"The data should be named as at {family}, by number or name.", "none of that name", "Look it up there.")


@contextmanager
def under(line: Line) -> Iterator[None]:
    """In this thread, `urllib` opens addresses through the line."""
    _install()
    token = _line.set(line)
    try:
        yield
    finally:
        _line.reset(token)


class _Gate(BaseHandler):
    """Asks the line, in a thread that is under one; else leaves the request to `urllib`."""

    def default_open(self, request: Request) -> addinfourl | None:
        line = _line.get()
        if line is None:
            return None
        answer = addinfourl(io.BytesIO(line.answer(request.full_url)), Message(), request.full_url, 200)
        answer.msg = "OK"  # type: ignore[attr-defined]
        return answer


class _Redirects(HTTPRedirectHandler):
    def __init__(self, line: Line) -> None:
        self.line = line

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        try:
            address = self.line.address(newurl)
        except UserError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, address)


def _opener(line: Line) -> OpenerDirector:
    return urllib.request.build_opener(_Redirects(line))


@lru_cache(maxsize=1)
def _install() -> None:
    urllib.request.install_opener(urllib.request.build_opener(_Gate()))
