"""Counting what a server sends, without changing a byte of it."""

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from benchmarks.tap import tapped

BODY = bytes(range(256)) * 1000


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_all_comes_through_and_is_counted_once(url: str) -> None:
    with tapped(url) as tap:
        for times in (1, 2):
            with urllib.request.urlopen(tap.url, timeout=5) as answer:  # noqa: S310 our own
                assert answer.read() == BODY
            assert times * len(BODY) < tap.sent < times * (len(BODY) + 1000)
