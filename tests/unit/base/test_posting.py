"""A POST ends, whatever the other side does."""

import pytest

from engine.base.posting import MOST_BYTES, NoAnswer, post
from tests.support.services import free_port
from tests.support.web_server import Neighbour, web_server


@pytest.fixture
def neighbour():
    with web_server() as neighbour:
        yield neighbour


def test_what_is_sent_arrives_with_its_headers(neighbour: Neighbour):
    neighbour.answer = b'{"ok": true}'
    reply = post(neighbour.url, b"isi", {"X-Satu": "1"})
    (visit,) = neighbour.visits
    assert (visit.path, visit.body, visit.headers["x-satu"]) == ("/terima?dari=tatakerja", b"isi", "1")
    assert (reply.status, reply.body, reply.is_whole) == (200, b'{"ok": true}', True)


def test_a_redirection_is_not_followed(neighbour: Neighbour):
    neighbour.status, neighbour.headers = 302, {"Location": neighbour.url}
    assert post(neighbour.url, b"", {}).status == 302
    assert len(neighbour.visits) == 1


def test_an_endless_answer_is_cut_off(neighbour: Neighbour):
    neighbour.answer = b"x" * (MOST_BYTES * 3)
    reply = post(neighbour.url, b"", {})
    assert (len(reply.body), reply.is_whole) == (MOST_BYTES, False)


def test_an_answer_that_drips_has_an_end(neighbour: Neighbour):
    neighbour.answer, neighbour.drips = b"x" * 1000, 0.02
    with pytest.raises(NoAnswer):
        post(neighbour.url, b"", {}, seconds=0.2)


def test_a_server_that_never_answers_has_an_end(neighbour: Neighbour):
    neighbour.gate.clear()
    with pytest.raises(NoAnswer):
        post(neighbour.url, b"", {}, seconds=0.2)


@pytest.mark.parametrize(
    "sent",
    [b"", b"garbage", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500],
)
def test_an_answer_that_is_none_is_no_answer(neighbour: Neighbour, sent: bytes):
    neighbour.sends = sent
    with pytest.raises(NoAnswer):
        post(neighbour.url, b"", {}, seconds=2)


def test_a_server_that_is_down_does_not_answer():
    with pytest.raises(NoAnswer, match="ConnectionRefusedError"):
        post(f"http://127.0.0.1:{free_port()}/", b"", {})


def test_https_trusts_only_whom_somebody_vouches_for(neighbour: Neighbour):
    with pytest.raises(NoAnswer, match="SSL"):
        post(neighbour.url.replace("http:", "https:"), b"", {})
