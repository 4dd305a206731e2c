"""What administrators do: messages into waiting cases, faults tried again."""

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from tests.api.conftest import put_in_force
from tests.support.diagrams import (
    catch,
    chain,
    definitions,
    element,
    end,
    event,
    person_task,
    process,
    script_task,
    start,
)

MESSAGE = element("message", "pesan", name="Balasan")
WAITS = definitions(
    MESSAGE,
    process(
        *chain(start(), person_task("tulis", "writer"), catch("tunggu", event("message", messageRef="pesan")), end())
    ),
)
FAILS = definitions(
    process(*chain(start(), person_task("tulis", "writer"), script_task("hitung", "x = 1 / nol"), end()))
)


def written(core, program, source: bytes, **variables: object) -> str:
    """The number of a case whose first step is done."""
    put_in_force(core, source)
    case = program("eko").post("/processes/proses/cases", {"title": "Surat", "variables": variables}).json
    program("eko").post(f"/work-items/{case['open_items'][0]['work_item_id']}/complete", {})
    number: str = case["number"]
    return number


def test_a_message_reaches_the_case_that_waits_for_it(core, program):
    number = written(core, program, WAITS)
    answer = program("fani").post("/messages", {"name": "Balasan", "variables": {"isi": "ya"}})
    assert answer.json == {"case_number": number, "held_until": None}
    assert program("fani").get(f"/cases/{number}").json["state"] == "completed"


def test_a_message_for_nobody_waits_and_can_be_seen(program):
    answer = program("fani").post("/messages", {"name": "Balasan", "correlation": "B-1", "ttl": "PT2H"})
    assert answer.json == {"case_number": None, "held_until": "2026-11-23T03:00:00.000Z"}
    [held] = program("fani").get("/messages").json["items"]
    assert (held["name"], held["key"], held["sender_case_number"]) == ("Balasan", "B-1", None)


def test_a_message_that_waits_can_be_deleted_with_a_reason(core, program):
    program("fani").post("/messages", {"name": "Balasan"})
    [held] = program("fani").get("/messages").json["items"]
    assert program("fani").post(f"/messages/{held['id']}/delete", {"reason": "Dikirim dua kali"}).status_code == 204
    assert program("fani").get("/messages").json["items"] == []
    with core.read() as reading:
        [facts] = reading.session.scalars(select(AuditEntry.facts).where(AuditEntry.act == "message.deleted"))
    assert facts == {"name": "Balasan", "reason": "Dikirim dua kali"}


def test_a_message_is_not_deleted_without_a_reason_nor_by_others(program):
    program("fani").post("/messages", {"name": "Balasan"})
    [held] = program("fani").get("/messages").json["items"]
    address = f"/messages/{held['id']}/delete"
    answers = program("fani").post(address, {"reason": " "}), program("eko").post(address, {"reason": "x"})
    assert [answer.status_code for answer in answers] == [422, 403]
    assert len(program("fani").get("/messages").json["items"]) == 1


def test_a_message_that_is_gone_cannot_be_deleted(program):
    answer = program("fani").post("/messages/1/delete", {"reason": "x"})
    assert (answer.status_code, answer.json["code"]) == (404, "message.gone")


def test_a_message_that_may_not_wait_is_refused(program):
    answer = program("fani").post("/messages", {"name": "Balasan", "ttl": "P0D"})
    assert (answer.status_code, answer.json["code"]) == (404, "message.nobody_waits")


@pytest.mark.parametrize("ttl", ["besok", "P1M", "-P1D", "P400D", "7"])
def test_how_long_a_message_waits_is_a_duration(program, ttl):
    answer = program("fani").post("/messages", {"name": "Balasan", "ttl": ttl})
    assert (answer.status_code, answer.json["fields"][0]["name"]) == (422, "ttl")


def test_the_same_message_under_the_same_key_is_given_once(core, program):
    number = written(core, program, WAITS)
    twice = [
        program("fani").post("/messages", {"name": "Balasan"}, headers={"Idempotency-Key": "a"}) for _time in range(2)
    ]
    assert [answer.json["case_number"] for answer in twice] == [number, number]
    assert program("fani").get("/messages").json["items"] == []


def test_a_key_is_for_one_request_of_one_account(program):
    key = {"Idempotency-Key": "a"}
    program("fani").post("/messages", {"name": "Balasan"}, headers=key)
    other = program("fani").post("/messages", {"name": "Kabar"}, headers=key)
    assert (other.status_code, other.json["code"]) == (409, "request.key_used_otherwise")


def test_a_refused_request_leaves_its_key_free(program):
    key = {"Idempotency-Key": "a"}
    answers = [program("fani").post("/messages", {"name": "B", "ttl": "P0D"}, headers=key) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_signal_says_how_many_hear_it(core, program):
    bell = element("signal", "bel", name="Bel")
    waits = catch("tunggu", event("signal", signalRef="bel"))
    number = written(
        core, program, definitions(bell, process(*chain(start(), person_task("tulis", "writer"), waits, end())))
    )
    answers = [
        program("fani").post("/signals", {"name": "Bel"}, headers={"Idempotency-Key": "a"}) for _time in range(2)
    ]
    assert [answer.json for answer in answers] == [{"hearers": 1}] * 2
    core.run_due_jobs()
    assert program("fani").get(f"/cases/{number}").json["state"] == "completed"


def test_messages_and_incidents_are_for_administrators(program):
    assert program("eko").post("/messages", {"name": "Balasan"}).status_code == 403
    assert program("eko").post("/signals", {"name": "Bel"}).status_code == 403
    assert program("eko").get("/messages").status_code == 403
    assert program("eko").get("/incidents").status_code == 403
    assert program("eko").post("/incidents/1/retry").status_code == 403


def test_a_fault_is_listed_and_can_be_tried_again(core, program):
    number = written(core, program, FAILS, nol=0)
    (incident,) = program("fani").get("/incidents").json["items"]
    assert (incident["case_number"], incident["element"]) == (number, "hitung")
    answer = program("fani").post(f"/incidents/{incident['id']}/retry")
    assert (answer.status_code, answer.json["state"]) == (200, "incident")


def test_incidents_come_page_by_page(core, program):
    for _n in range(2):
        written(core, program, FAILS, nol=0)
    first = program("fani").get("/incidents?limit=1").json
    second = program("fani").get(f"/incidents?limit=1&cursor={first['next_cursor']}").json
    assert first["items"][0]["id"] > second["items"][0]["id"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("incident_id", ["4711", "2147483648"])
def test_an_unknown_incident_is_not_found(program, incident_id):
    assert program("fani").post(f"/incidents/{incident_id}/retry").status_code == 404
