"""Messages of the load client, without a server: what it sends can be read, what it is sent it understands."""

import asyncio
import json

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.visitor import Visitor, moved, rerun, standing


def slider(**fields: object) -> ForwardMsg:
    """A slider as the server draws it."""
    message = ForwardMsg()
    for name, value in fields.items():
        place = message.delta.new_element.slider
        getattr(place, name).extend(value) if isinstance(value, list) else setattr(place, name, value)
    return message


NUMBER = slider(id="n", label="Noise", value=[0.1], min=0.0, max=2.0, step=0.05)
OPTIONS = slider(id="r", label="Learning rate", raw_value=["0.01"], options=["0.003", "0.01", "0.03"])


def visitor(*messages: ForwardMsg) -> Visitor:
    made = Visitor("http://127.0.0.1:8501")
    for message in messages:
        made.take(message)
    return made


def test_a_rerun_round_trips() -> None:
    sliders = visitor(NUMBER, OPTIONS).sliders
    states = {one.id: moved(one, value) for one, value in ((sliders["Noise"], 0.15), (sliders["Learning rate"], "0.03"))}
    read = BackMsg.FromString(rerun("run=abc", "hash", states))
    assert read.WhichOneof("type") == "rerun_script"
    assert (read.rerun_script.query_string, read.rerun_script.page_script_hash) == ("run=abc", "hash")
    number, text = read.rerun_script.widget_states.widgets
    assert (number.id, list(number.double_array_value.data)) == ("n", [0.15])
    assert (text.id, list(text.string_array_value.data)) == ("r", ["0.03"])


def test_it_knows_where_sliders_stand() -> None:
    sliders = visitor(NUMBER, OPTIONS).sliders
    assert standing(sliders["Noise"]) == pytest.approx(0.1)
    assert standing(sliders["Learning rate"]) == "0.01"


def test_it_learns_page_and_run_from_what_the_server_says() -> None:
    page, address = ForwardMsg(), ForwardMsg()
    page.new_session.page_script_hash = "hash"
    address.page_info_changed.query_string = "run=abc-_1&x=2"
    one = visitor(page, address)
    assert (one.page, one.run) == ("hash", "abc-_1")


def test_a_picture_it_is_sent_is_counted() -> None:
    frame = json.dumps({"start": 1, "from": 0, "records": [1, 2]})
    stream = f"HTTP/1.0 200 OK\r\n\r\nevent: scene\ndata: {{}}\n\nevent: frame\ndata: {frame}\n\n: still here\n\n"
    asked, answers = [], []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers.append(asyncio.current_task())
        try:
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(stream.encode())
        finally:
            writer.close()
            await writer.wait_closed()

    async def watch() -> Visitor:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        one = Visitor(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        one.query = "run=abc"
        watching = asyncio.create_task(one.watch())
        while len(asked) < 2:
            await asyncio.sleep(0.01)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        server.close()
        await server.wait_closed()
        await asyncio.gather(*answers, return_exceptions=True)
        return one

    one = asyncio.run(watch())
    assert one.frames >= 1
    assert one.frame["records"] == [1, 2]
    assert asked[0].startswith(b"GET /live/abc?start=&from=0&parts=network HTTP/1.0")
    assert asked[1].startswith(b"GET /live/abc?start=1&from=2&parts=network HTTP/1.0")
