"""What administrators do: messages into waiting cases, faults tried again."""

import pytest

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
    assert answer.json == {"case_number": number}
    assert program("fani").get(f"/cases/{number}").json["state"] == "completed"


def test_a_message_for_nobody_is_told_so(program):
    answer = program("fani").post("/messages", {"name": "Balasan"})
    assert (answer.status_code, answer.json["code"]) == (404, "message.nobody_waits")


def test_messages_and_incidents_are_for_administrators(program):
    assert program("eko").post("/messages", {"name": "Balasan"}).status_code == 403
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
