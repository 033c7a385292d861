"""A local server that answers as openml.org does, for tests. Knows what a data set is there, and nothing of the app."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CREDIT = """@RELATION credit
@ATTRIBUTE duration NUMERIC
@ATTRIBUTE purpose {car,'new radio',other}
@ATTRIBUTE rate REAL
@ATTRIBUTE class {good,bad}
@DATA
""" + "".join(
    f"{6 + n % 40},{('car', chr(39) + 'new radio' + chr(39), 'other', '?')[n % 4]},{n / 8},{('good', 'bad')[n % 3 == 0]}\n"
    for n in range(80)
)  # fmt: skip


@dataclass
class Held:
    """A data set as the server has it. columns: name -> type; targets: what it would have people predict."""

    number: int
    name: str
    arff: str
    columns: dict[str, str]
    targets: str
    url: str = ""
    md5: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def credit(**changes: Any) -> Held:
    columns = {"duration": "numeric", "purpose": "nominal", "rate": "numeric", "class": "nominal"}
    return Held(**{"number": 31, "name": "credit-g", "arff": CREDIT, "columns": columns, "targets": "class"} | changes)


@dataclass
class Openml:
    """address: of the server; asked: the paths that were asked for; answers: path -> (status, body) given instead;
    hang: parts of paths that are answered only when the test is over."""

    address: str
    held: list[Held]
    asked: list[str] = field(default_factory=list)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    hang: tuple[str, ...] = ()
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        for part, answer in self.answers.items():
            if part in path:
                return answer
        if any(part in path for part in self.hang):
            self.over.wait(30)
        for held in self.held:
            api = "/api/v1/json/data"
            found = {
                f"{api}/{held.number}": lambda held=held: description(held),
                f"{api}/features/{held.number}": lambda held=held: features(held),
                f"{api}/qualities/{held.number}": lambda held=held: qualities(held),
                f"{api}/list/data_name/{held.name}/limit/2/status/active/": lambda held=held: listed(held),
            }
            if path in found:
                return 200, json.dumps(found[path]()).encode()
            if path == f"/data/v1/download/{held.number}/{held.name}.arff":
                return 200, held.arff.encode()
        return 412, json.dumps({"error": {"code": "111", "message": "Unknown dataset"}}).encode()


def description(held: Held) -> dict[str, Any]:
    md5 = held.md5 or hashlib.md5(held.arff.encode(), usedforsecurity=False).hexdigest()
    url = held.url or f"https://api.openml.org/data/v1/download/{held.number}/{held.name}.arff"
    told = {
        "id": str(held.number), "name": held.name, "version": "1", "description": "Who pays back?", "format": "ARFF",
        "licence": "Public", "url": url, "status": "active", "md5_checksum": md5, "default_target_attribute": held.targets,
    }  # fmt: skip
    return {"data_set_description": told | held.more}


def features(held: Held) -> dict[str, Any]:
    no = {"is_ignore": "false", "is_row_identifier": "false", "number_of_missing_values": "0"}
    told = [
        {"index": str(place), "name": name, "data_type": kind, "is_target": str(name in held.targets.split(",")).lower(), **no}
        for place, (name, kind) in enumerate(held.columns.items())
    ]
    return {"data_features": {"feature": told}}


def qualities(held: Held) -> dict[str, Any]:
    rows = held.arff.split("@DATA\n")[-1].count("\n")
    return {"data_qualities": {"quality": [{"name": "NumberOfInstances", "value": str(float(rows))}]}}


def listed(held: Held) -> dict[str, Any]:
    return {"data": {"dataset": [{"did": held.number, "name": held.name, "version": 1, "status": "active"}]}}


@contextmanager
def serving(*held: Held) -> Iterator[Openml]:
    """The server, on a port of its own, until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            status, body = openml.answer(self.path)
            if status in (301, 302):
                self.send_response(status)
                self.send_header("Location", body.decode())
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has gone
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    openml = Openml(f"http://127.0.0.1:{server.server_port}", list(held))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield openml
    finally:
        openml.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def until(done: Any, seconds: float = 20.0) -> None:
    """Waits until `done()` holds; fails when it takes too long."""
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.01)
