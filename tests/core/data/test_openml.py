"""Data sets of OpenML, asked for by scikit-learn's own loader from a server that speaks as openml.org does."""

import socket
import threading
import urllib.request
from collections.abc import Iterator

import pytest

from core.data.openml import AT_ONCE, Fetch, Fetched, Fetches, asked
from core.data.reading import read
from core.errors import UserError
from tests.serving import Openml, credit, serving, until

# scikit-learn tells those who watch a terminal that it tries again; here the sentence is what counts.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Downloaded file could have been corrupted", "ignore:Multiple active versions", "ignore:Version 1 of dataset"
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Openml]:
    with serving(credit()) as openml:
        monkeypatch.setenv("MTL_OPENML", openml.address)
        yield openml


def ended(what: str, timeout: float = 10.0) -> Fetch:
    fetch = Fetch(what, timeout)
    until(lambda: fetch.state != "under way")
    return fetch


def got(what: str) -> Fetched:
    fetch = ended(what)
    assert fetch.problem == ""
    assert fetch.result is not None
    return fetch.result


def problem(what: str, timeout: float = 10.0) -> str:
    fetch = ended(what, timeout)
    assert fetch.state == "failed"
    assert fetch.result is None
    return fetch.problem


@pytest.mark.parametrize("what", ["31", " #31 ", "credit-g", "Credit-G", "https://www.openml.org/d/31"])
def test_a_data_set_comes_by_number_name_or_address(server, what):
    found = got(what)
    assert found.name == "openml-31 credit-g.csv"
    assert found.targets == ("class",)
    assert "https://www.openml.org/d/31" in found.notes[0]
    assert "Public" in found.notes[1]


def test_what_came_is_a_plain_csv_with_the_values_of_the_data_file(server):
    table = read(got("31").raw, "credit.csv")
    assert list(table.frame.columns) == ["duration", "purpose", "rate", "class"]
    assert len(table.frame) == 80
    assert table.frame["duration"].tolist() == [6 + n % 40 for n in range(80)]
    assert table.frame["rate"].tolist() == [n / 8 for n in range(80)]
    assert table.frame["purpose"][:3].tolist() == ["car", "new radio", "other"]
    assert table.frame["purpose"].isna().sum() == 20
    assert table.frame["class"][:2].tolist() == ["bad", "good"]


def test_the_data_file_is_fetched_once(server):
    got("31")
    assert sum("download" in path for path in server.asked) == 1


def test_several_targets_of_several_kinds_come_with_their_gaps(server):
    """Of which scikit-learn by itself would make nothing."""
    server.held[:] = [credit(targets="class,rate", arff=credit().arff.replace(",good\n", ",?\n"))]
    found = got("31")
    assert found.targets == ("class", "rate")
    assert read(found.raw, "credit.csv").frame["class"].isna().sum() > 0


def test_a_target_that_is_no_column_is_none(server):
    server.held[:] = [credit(targets="gone")]
    assert got("31").targets == ()


def test_an_unsafe_name_makes_no_path(server):
    server.held[:] = [credit(more={"name": "../../<b>x</b>"})]
    assert got("31").name == "openml-31 ....bxb.csv"


def test_it_is_said_how_far_it_is(server):
    server.hang = ("download",)
    fetch = Fetch("31")
    until(lambda: "rows" in fetch.stage)
    assert fetch.state == "under way"
    assert fetch.seconds >= 0
    server.over.set()
    until(lambda: fetch.state == "done")


def test_offline(monkeypatch):
    with socket.socket() as taken:  # a port at which nobody listens
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MTL_OPENML", f"http://127.0.0.1:{taken.getsockname()[1]}")
        for what in ("31", "credit-g"):
            assert "should be within reach" in problem(what)


def test_no_such_host(monkeypatch):
    monkeypatch.setenv("MTL_OPENML", "http://nowhere.invalid")
    assert "should be within reach" in problem("31")


@pytest.mark.parametrize("what", ["32", "no-such-name"])
def test_not_found(server, what):
    assert "none of that name" in problem(what)


@pytest.mark.parametrize("part", ["/data/31", "features", "qualities", "download", "/list/"])
@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"{}", b"[1, 2]", b"", b"\xff\xfe\0", b'{"data": 3}'])
def test_nonsense_is_a_sentence(server, part, body):
    server.answers[part] = (200, body)
    fetch = ended("credit-g")
    if part != "qualities" or fetch.state == "failed":
        assert len(fetch.problem) < 400
        assert "Try" in fetch.problem or "try" in fetch.problem
        assert "Traceback" not in fetch.problem


def test_a_server_at_its_wits_end(server):
    server.answers["/data/31"] = (503, b"busy")
    assert "error 503" in problem("31")


def test_another_checksum_is_refused(server):
    server.held[:] = [credit(md5="0" * 32)]
    assert "checksum" in problem("31")


def test_sparse_rows_are_refused(server):
    server.held[:] = [credit(more={"format": "Sparse_ARFF"})]
    assert "sparse rows" in problem("31")


def test_what_is_too_large_is_refused_before_it_is_fetched(server, monkeypatch):
    monkeypatch.setattr("core.data.openml.MAX_BYTES", 1_500)
    assert "at most" in problem("31")


def test_a_server_that_hangs_is_given_up(server):
    server.hang = ("features",)
    fetch = ended("31", timeout=0.3)
    assert "within 0.3 seconds" in fetch.problem
    assert fetch.seconds < 5


def test_stopping_is_at_once(server):
    server.hang = ("/data/31",)
    fetch = Fetch("31")
    until(lambda: server.asked)
    fetch.cancel()
    assert fetch.state == "stopped"
    server.over.set()
    until(lambda: all(thread.name != "openml" for thread in threading.enumerate()))
    assert fetch.state == "stopped"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1:9/x.arff", "http://openml.org.evil.example/x", "ftp://a/b"]
)
def test_the_data_file_lies_at_openml_or_nowhere(server, url):
    server.held[:] = [credit(url=url)]
    assert "an address elsewhere" in problem("31")


def test_nobody_is_sent_elsewhere(server):
    server.answers["download"] = (302, b"http://127.0.0.1:9/x.arff")
    assert "an address elsewhere" in problem("31")


def test_it_may_be_sent_on_within_openml(server):
    server.answers["/data/v1/download/31/credit-g.arff"] = (302, b"https://data.openml.org/data/v1/download/31/moved.arff")
    server.answers["moved"] = (200, credit().arff.encode())
    assert got("31").targets == ("class",)


def test_other_threads_open_addresses_as_ever(server):
    got("31")
    with urllib.request.urlopen(f"{server.address}/api/v1/json/data/31") as response:  # noqa: S310 (our own server)
        assert b"credit-g" in response.read()


@pytest.mark.parametrize("what", ["", "   ", "../x", "a/b", "x" * 300, "https://evil.example/d/31", "<b>", "a\nb", "31\0"])
def test_what_can_be_no_name_is_refused_at_once(what):
    with pytest.raises(UserError, match="number or name"):
        asked(what)


def test_so_many_at_once(server):
    server.hang = ("/data/31",)
    fetches = Fetches()
    keys = [fetches.begin("31") for _ in range(AT_ONCE)]
    with pytest.raises(UserError, match="at once"):
        fetches.begin("31")
    for key in keys:
        fetches.get(key).cancel()
    assert fetches.get(fetches.begin("31")) is not None
    assert fetches.get("another key") is None
    assert fetches.get(None) is None
