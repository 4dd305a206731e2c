"""The library that knows the channels runs in a process of its own, which may not reach into the office."""

from urllib.parse import urlsplit

import pytest

from engine.notifications.errands import (
    AppriseErrand,
    ChannelUnreachable,
    LeadsInside,
    NoReply,
    NotConfirmed,
    NotUnderstood,
    understood,
)
from engine.notifications.failures import NotDelivered, Refused
from tests.support.services import free_port
from tests.support.web_server import web_server


@pytest.fixture
def neighbour():
    with web_server() as neighbour:
        yield neighbour


def errand(port: int, *hosts: str) -> AppriseErrand:
    address = f"ntfy://127.0.0.1:{port}/topik"
    return AppriseErrand(address=address, title="Tugas baru: Periksa", body="SM-2026-00042", hosts=hosts)


def port_of(neighbour) -> int:
    return urlsplit(neighbour.url).port


def test_a_message_arrives_at_a_host_that_the_operator_allows(neighbour):
    errand(port_of(neighbour), "127.0.0.1").go()
    (visit,) = neighbour.visits
    assert (visit.said["topic"], visit.said["title"]) == ("topik", "Tugas baru: Periksa")
    assert "SM-2026-00042" in visit.said["message"]


def test_a_message_does_not_reach_into_the_office(neighbour):
    with pytest.raises(LeadsInside):
        errand(port_of(neighbour)).go()
    assert neighbour.visits == []


def test_a_server_that_sends_it_on_into_the_office_is_not_followed(neighbour):
    with web_server() as inside:
        neighbour.status, neighbour.headers = 307, {"Location": inside.url.replace("127.0.0.1", "127.0.0.2")}
        with pytest.raises(LeadsInside):
            errand(port_of(neighbour), "127.0.0.1").go()
        assert inside.visits == []


def test_a_server_that_is_down_is_tried_again():
    with pytest.raises(ChannelUnreachable):
        errand(free_port(), "127.0.0.1").go()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"is_sent": False, "is_understood": True, "heard": [401]}, Refused),
        ({"is_sent": False, "is_understood": True, "heard": [200, 429]}, NotDelivered),
        ({"is_sent": False, "is_understood": True, "heard": [503]}, NotDelivered),
        ({"is_sent": False, "is_understood": True, "heard": ["unknown"]}, NoReply),
        ({"is_sent": False, "is_understood": True, "heard": [200]}, NotConfirmed),
        ({"is_sent": False, "is_understood": True, "heard": []}, NotUnderstood),
        ({"is_sent": False, "is_understood": False, "heard": []}, NotUnderstood),
        ({}, NoReply),
    ],
)
def test_what_was_heard_decides_whether_it_is_tried_again(told, refusal):
    with pytest.raises(refusal):
        understood(told)


def test_what_was_sent_is_sent():
    understood({"is_sent": True, "is_understood": True, "heard": [200]})
