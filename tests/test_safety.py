"""What docs/SECURITY.md promises, tried from outside against the real server: each promise has its probe here.

The server runs once for all probes; `somebody` is a visitor whose run plays.
"""

import asyncio
import http.client
import importlib
import json
import os
import pickle
import re
import socket
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.routing import Route
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.server import App, started
from benchmarks.visitor import Visitor
from core.settings import PREFIX
from pages.parts.at_once import PERSON
from pages.parts.guard import HEADERS, LARGEST
from pages.parts.person import COOKIE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MARKER = "mtl-probe-cell-7391"
"""What nobody but its owner may ever be sent."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Listener(Visitor):
    """A visitor who notes the id of the session, which Streamlit tells the browser."""

    session = ""

    def take(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        super().take(message)


@dataclass
class World:
    app: App
    run: str
    watch: str
    session: str
    cookie: str

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.app.port}"

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.app.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers or {})
            answer = connection.getresponse()
            stream = (answer.getheader("content-type") or "").startswith("text/event-stream")
            raw = answer.read1(4096) if stream else answer.read()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, raw)
        finally:
            connection.close()

    def command(self, run: str, headers: dict[str, str] | None = None, body: bytes = b'{"command": "step"}') -> Answer:
        return self.ask("POST", f"/live/{run}", body, {"X-Requested-With": "mtl"} if headers is None else headers)

    def say(self, raw: bytes) -> bytes:
        """What the server answers to bytes that no client library would send."""
        with socket.create_connection(("127.0.0.1", self.app.port), timeout=20) as line:
            told = b""
            with suppress(ConnectionError):  # it need not hear all before it hangs up
                line.sendall(raw)
            with suppress(ConnectionError):
                while part := line.recv(65536):
                    told += part
            return told

    def knock(self, **headers: str) -> int:
        """Status of a websocket's handshake; 101 where it is let in."""
        given = {"Host": self.host, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        given |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "streamlit"} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        with socket.create_connection(("127.0.0.1", self.app.port), timeout=20) as line:
            line.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
            return int(line.recv(4096).split()[1])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("safety")
    unset = {name: "" for name in os.environ if name.startswith(PREFIX)}
    with started(
        folder=folder / "data", log=folder / "log.txt", environment=unset | {"MTL_DATA_DIR": str(folder / "data")}
    ) as app:

        async def come() -> Listener:
            visitor = Listener(app.url)
            await visitor.open()
            await visitor.command("play")
            assert await visitor.until(lambda: visitor.step > 5, 30)
            return visitor

        with asyncio.Runner() as loop:
            somebody = loop.run(come())
            yield World(app, somebody.run, _watch_id(folder / "data"), somebody.session, somebody.cookies[COOKIE])
            loop.run(somebody.close())


def _watch_id(folder: Path) -> str:
    with sqlite3.connect(folder / "mtl.db") as connection:
        return connection.execute("SELECT watch FROM runs").fetchone()[0]


def routes() -> list[Route]:
    """All that the app itself answers, whichever file it is in."""
    files = [file for file in (ROOT / "pages").rglob("*.py") if re.search(r"^ROUTES\b", file.read_text(), re.MULTILINE)]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [route for name in sorted(names) for route in importlib.import_module(name).ROUTES]


WRONG = [
    "x",
    "0" * 32,
    "A" * 33,
    "%C3%A9" * 32,
    "..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00" * 32,
    "' OR 1=1 --".replace(" ", "%20"),
    "%F0%9F%94%80" * 8,
    "_" * 5000,
    "*" * 32,
    "%25" * 32,
]
"""Ids that lead nowhere: of another form, of the right form, and such as have opened doors elsewhere."""


def test_there_are_routes_to_probe() -> None:
    paths = {route.path for route in routes()}
    assert {"/live/{run}", "/live/{run}/unit", "/inside/{run}", "/status"} <= paths


@pytest.mark.parametrize("id", WRONG)
def test_a_wrong_id_leads_nowhere_on_any_route(world: World, id: str) -> None:
    for route in routes():
        if "{" not in route.path:
            continue
        path = re.sub(r"\{[^}]*\}", id, route.path)
        for method in (route.methods or set()) - {"HEAD"}:
            for headers in ({}, {"X-Requested-With": "mtl", "Cookie": f"{COOKIE}={'z' * 32}"}):
                answer = world.ask(method, path, b"{}" if method == "POST" else b"", headers)
                assert answer.status in (400, 403, 404, 405), (method, path, answer.status)
                assert answer.status == 405 or len(answer.body) < 1000


def test_the_right_ids_lead_there_or_the_probes_above_prove_nothing(world: World) -> None:
    assert world.ask("GET", f"/live/{world.run}").status == 200
    assert world.command(world.run, body=b'{"command": "play"}').status == 204


def test_who_may_look_may_not_act(world: World) -> None:
    assert world.ask("GET", f"/live/{world.watch}").status == 200
    assert world.command(world.watch).status == 404
    assert world.ask("GET", f"/live/{world.watch}/unit?layer=trunk.0&unit=0").status == 404


def test_what_a_looker_is_sent_has_no_key_in_it(world: World) -> None:
    told = world.ask("GET", f"/live/{world.watch}").text
    assert "event: scene" in told
    for secret in (world.run, world.cookie, world.session):
        assert secret not in told


@pytest.mark.parametrize(
    "path", ["/live", "/live/", "/runs", "/room", "/room/", "/status", "/data", "/uploads/", "/mtl.db", "/.git/config"]
)
def test_nothing_lists_ids(world: World, path: str) -> None:
    told = world.ask("GET", path).text
    for secret in (world.run, world.watch, world.cookie, world.session):
        assert secret not in told


def test_ids_are_long_and_random(world: World) -> None:
    for id in (world.run, world.watch, world.cookie):
        assert re.fullmatch(r"[0-9A-Za-z_-]{32}", id)
    assert len({world.run, world.watch, world.cookie}) == 3


@pytest.mark.parametrize("path", ["/live/{run}", "/inside/{run}", "/conflict/arrows", "/conflict/paths"])
def test_other_sites_command_nothing(world: World, path: str) -> None:
    path = path.replace("{run}", world.run)
    body = b'{"command": "pause"}'
    assert world.ask("POST", path, body).status == 403
    assert world.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}).status == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        answer = world.ask("POST", path, body, {"X-Requested-With": "mtl", "Origin": origin})
        assert answer.status == 403
    for method in ("OPTIONS", "GET"):  # nor does the app tell their pages that they may
        answer = world.ask(method, path, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
        assert "access-control-allow-origin" not in answer.headers


def test_foreign_names_are_not_answered(world: World) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8501", ""):
        for path in ("/", "/_stcore/health", f"/live/{world.run}"):
            assert world.ask("GET", path, headers={"Host": host}).status == 421
        assert world.knock(Host=host or "evil.example") == 403


def test_the_websocket_is_for_the_app_s_own_pages(world: World) -> None:
    assert world.knock() == 101
    assert world.knock(Origin=f"http://{world.host}") == 101
    for origin in ("https://evil.example", "http://127.0.0.1:1", "null", f"http://{world.host}.evil.example"):
        assert world.knock(Origin=origin) == 403


def token(world: World) -> dict[str, str]:
    """The cookie and header that Streamlit's own page would send with an upload."""
    told = world.ask("GET", "/_stcore/health").headers["set-cookie"].split(";")[0]
    name, _, value = told.partition("=")
    assert name == "_streamlit_xsrf"
    return {"Cookie": told, "X-Xsrftoken": value.strip('"')}


def form(name: str) -> tuple[bytes, dict[str, str]]:
    body = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    return (f"{body}a,b\r\n<script>{MARKER}</script>,1\r\n--b--\r\n").encode(), {
        "Content-Type": "multipart/form-data; boundary=b"
    }


def test_uploads_need_the_token_and_a_session(world: World) -> None:
    body, kind = form("rows.csv")
    assert world.ask("PUT", f"/_stcore/upload_file/{world.session}/f1", body, kind).status == 403
    forged = token(world) | {"X-Xsrftoken": "2|00000000|00000000000000000000000000000000|1"}
    assert world.ask("PUT", f"/_stcore/upload_file/{world.session}/f1", body, kind | forged).status == 403
    good = kind | token(world)
    assert world.ask("PUT", "/_stcore/upload_file/00000000-0000-4000-8000-000000000000/f1", body, good).status == 400
    origin = good | {"Origin": "https://evil.example"}
    assert world.ask("PUT", f"/_stcore/upload_file/{world.session}/f1", body, origin).status == 403


def test_an_upload_is_never_served_back(world: World) -> None:
    body, kind = form("page.html")
    assert world.ask("PUT", f"/_stcore/upload_file/{world.session}/probe", body, kind | token(world)).status in (200, 204)
    places = [
        f"/_stcore/upload_file/{world.session}/probe",
        f"/_stcore/upload_file/{world.session}/",
        "/media/probe",
        "/media/page.html",
        "/app/static/page.html",
        "/uploads/page.html",
        "/data/uploads/",
        "/static/page.html",
        "/component/probe/page.html",
    ]
    for place in places:
        for method in ("GET", "HEAD", "POST"):
            assert MARKER not in world.ask(method, place, headers={"X-Requested-With": "mtl"}).text, (method, place)


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/app/static/../app.py",
        "/component/../../app.py",
        "/_stcore/../app.py",
        "/media/../../app.py",
        "//etc/passwd",
        "/static//etc/passwd",
        "/static/..\\..\\app.py",
        "/static/%5c%5cevil.example%5cshare",
        "/%00/etc/passwd",
        "/.streamlit/config.toml",
        "/data/mtl.db",
        "/app.py",
    ],
)
def test_no_path_leads_out_of_what_is_served(world: World, path: str) -> None:
    told = world.say(f"GET {path} HTTP/1.1\r\nHost: {world.host}\r\nConnection: close\r\n\r\n".encode())
    assert told.startswith(b"HTTP/1.1 ")
    assert int(told.split()[1]) < 500
    for secret in (b"root:", b"postScriptGC", b"lifespan", b"SQLite format"):
        assert secret not in told


def test_too_much_is_cut_off_and_the_server_goes_on(world: World) -> None:
    huge = b"x" * (LARGEST + 1)
    for path in (f"/live/{world.run}", f"/inside/{world.run}", "/conflict/arrows"):
        assert world.ask("POST", path, huge, {"X-Requested-With": "mtl"}).status in (400, 413)
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [b"y" * 60_000] * 20) + b"0\r\n\r\n"  # no length said
    head = f"POST /live/{world.run} HTTP/1.1\r\nHost: {world.host}\r\nX-Requested-With: mtl\r\n"
    told = world.say(f"{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode() + pieces)
    assert told == b"" or b" 413 " in told.split(b"\r\n")[0]
    assert world.ask("GET", "/_stcore/health").status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"command": 1}',
        b'{"command": "eval"}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"command":"look","value":{"step":1e999}}',
        b'{"command":"edit","value":{"op":"__class__"}}',
        b'{"command":"speed","value":{"a":[]}}',
    ],
    ids=range(11),
)
def test_nonsense_is_answered_with_a_sentence(world: World, body: bytes) -> None:
    answer = world.command(world.run, body=body)
    assert answer.status == 400
    assert set(json.loads(answer.body)) == {"message"}
    assert "Traceback" not in answer.text


def test_every_answer_has_the_security_headers(world: World) -> None:
    wanted = {name.decode(): value.decode() for name, value in HEADERS}
    asked: list[tuple[str, str, bytes, dict[str, str]]] = [
        ("GET", "/", b"", {}), ("GET", "/data", b"", {}), ("GET", "/_stcore/health", b"", {}), ("GET", "/nothing.js", b"", {}),
        ("GET", f"/live/{world.run}", b"", {}), ("GET", "/live/x", b"", {}), ("POST", f"/live/{world.run}", b"", {}),
        ("POST", f"/live/{world.run}", b"x" * (LARGEST + 1), {}), ("GET", "/", b"", {"Host": "evil.example"}),
        ("PUT", "/_stcore/upload_file/a/b", b"", {}), ("GET", "/media/x", b"", {}), ("PATCH", "/live/x", b"", {}),
        ("GET", "/status", b"", {}), ("GET", "/_stcore/metrics", b"", {"X-Forwarded-For": "192.0.2.1"}),
        ("GET", "/static/..%2f..%2fapp.py", b"", {}),
    ]  # fmt: skip
    for method, path, body, headers in asked:
        answer = world.ask(method, path, body, headers)
        assert wanted.items() <= answer.headers.items(), (method, path, answer.status)
    script = re.search(r'src="\.?(/static/[^"]+\.js)"', world.ask("GET", "/").text)
    assert script is not None
    assert wanted.items() <= world.ask("GET", script[1]).headers.items()


def test_the_page_says_who_one_is_in_a_cookie_that_scripts_cannot_read(world: World) -> None:
    flags = world.ask("GET", "/").headers["set-cookie"].split("; ")
    assert flags[0].startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)


def test_numbers_of_the_server_are_for_who_keeps_it(world: World) -> None:
    for path in ("/_stcore/metrics", "/status"):
        assert world.ask("GET", path).status == 200  # we sit at the machine itself
        for brought in ({"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}, {"Host": "192.168.1.2"}):
            answer = world.ask("GET", path, headers=brought)
            assert answer.status in (403, 404)
            assert "playing" not in answer.text
    assert world.ask("GET", "/status", headers={"X-Forwarded-For": "192.0.2.1", "Authorization": "Bearer "}).status == 403
    told = world.ask("GET", "/status").text
    for secret in (world.run, world.watch, world.session, world.cookie):
        assert secret not in told


def test_who_floods_is_slowed_and_others_are_not(world: World) -> None:
    flood = {"X-Requested-With": "mtl", "Cookie": f"{COOKIE}={'f' * 32}"}
    answers = [world.command("x", headers=flood) for _ in range(400)]
    slowed = [answer for answer in answers if answer.status == 429]
    assert len(slowed) > 20
    assert re.search(r"Try again in \d+ s\.", slowed[0].text)
    other = {"X-Requested-With": "mtl", "Cookie": f"{COOKIE}={'o' * 32}"}
    assert world.command(world.run, headers=other).status == 204


def test_one_person_cannot_hold_all_connections(world: World) -> None:
    held: list[http.client.HTTPConnection] = []

    def status(person: str) -> int:
        held.append(http.client.HTTPConnection("127.0.0.1", world.app.port, timeout=20))
        held[-1].request("GET", f"/live/{world.run}", headers={"Cookie": f"{COOKIE}={person * 32}"})
        return held[-1].getresponse().status

    try:
        assert {status("k") for _ in range(PERSON)} == {200}
        assert status("k") == 429
        assert status("l") == 200
    finally:
        for connection in held:
            connection.close()


def test_streamlit_s_own_way_in_for_programs_is_shut(world: World) -> None:
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        answer = world.ask("POST", path, b"{}", {"Content-Type": "application/json"})
        assert answer.status in (400, 403, 404)
        assert "not_available" in answer.text


PICKLE = re.compile(rb"\x80[\x02-\x05](\x95|c|\x8c|\(|}|])")
"""How a pickle begins."""


def test_nothing_that_is_kept_is_a_pickle(world: World) -> None:
    assert PICKLE.match(pickle.dumps({"a": 1}))
    time.sleep(1.5)  # a run is written at most once a second
    files = [file for file in world.app.folder.rglob("*") if file.is_file()]
    assert any("blobs" in file.parts for file in files)
    for file in files:
        assert not PICKLE.match(file.read_bytes()[:8]), file
    with sqlite3.connect(world.app.folder / "mtl.db") as connection:
        (picture,) = connection.execute("SELECT picture FROM runs").fetchone()
    json.loads(zlib.decompress(picture))


def test_the_log_names_nobody(world: World) -> None:
    """Last: the log of all the probes above."""
    heard = world.app.log.read_text(errors="replace")
    lines: list[dict[str, Any]] = [json.loads(line) for line in heard.splitlines() if line.startswith("{")]
    assert any(line["message"] == "Started" for line in lines)
    for secret in (world.run, world.watch, world.session, world.cookie, MARKER, "page.html", "192.0.2.1"):
        assert secret not in heard
    assert "Traceback" not in heard
    assert not [line for line in lines if line["level"] == "error"]
