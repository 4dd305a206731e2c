"""Administrators mend cases that stand still."""

import pytest

from tests.api.conftest import put_in_force
from tests.api.test_messages_and_incidents import FAILS, written
from tests.support.diagrams import catch, chain, diagram, end, person_task, start, timer

WAITS = diagram(*chain(start(), person_task("tulis", "writer"), catch("tunggu", timer("P30D")), end()))
WHY = {"reason": "Dihitung dengan kalkulator"}


@pytest.fixture
def stopped(core, program) -> str:
    return written(core, program, FAILS, nol=0)


def failed_step(program, number: str) -> dict:
    items = program("fani").get(f"/cases/{number}/steps").json["items"]
    return next(each for each in items if each["has_failed"])


def test_a_failed_step_says_what_it_should_have_given(program, stopped):
    step = failed_step(program, stopped)
    assert (step["element"], step["gives"], step["waits_for"]) == ("hitung", ["x"], [])


def test_a_failed_step_is_completed_with_values_and_a_reason(program, stopped):
    (incident,) = program("fani").get("/incidents").json["items"]
    answer = program("fani").post(f"/incidents/{incident['id']}/complete", {"values": {"x": 3}, **WHY})
    assert (answer.status_code, answer.json["state"]) == (200, "completed")
    assert program("fani").get(f"/cases/{stopped}/variables").json["variables"]["x"] == 3


def test_each_act_needs_a_reason(program, stopped):
    answer = program("fani").post(f"/cases/{stopped}/variables", {"variables": {"nol": 1}})
    assert (answer.status_code, answer.json["fields"][0]["name"]) == (422, "reason")


def test_data_are_changed_and_the_history_keeps_both(program, stopped):
    answer = program("fani").post(f"/cases/{stopped}/variables", {"variables": {"nol": 4}, **WHY})
    assert answer.json["variables"]["nol"] == 4
    entry = next(
        each
        for each in program("fani").get(f"/cases/{stopped}/history").json["trail"]
        if each["act"] == "repair.changed"
    )
    assert (entry["facts"]["before"], entry["facts"]["after"]) == ({"nol": "0"}, {"nol": "4"})


def test_a_move_is_previewed_and_made(program, stopped):
    step = failed_step(program, stopped)["step"]
    places = program("fani").get(f"/cases/{stopped}/steps/{step}/targets").json["items"]
    assert {"target": "tulis", "name": "Tulis", "refusal": None} in places
    preview = program("fani").post(f"/cases/{stopped}/steps/{step}/move/preview", {"target": "tulis"}).json
    assert (preview["stops"], preview["begins"], preview["ends_case"]) == (["hitung"], ["Tulis"], False)
    moved = program("fani").post(f"/cases/{stopped}/steps/{step}/move", {"target": "tulis", **WHY}).json
    assert [item["title"] for item in moved["open_items"]] == ["Tulis"]


def test_a_move_to_nowhere_is_refused_in_words(program, stopped):
    step = failed_step(program, stopped)["step"]
    answer = program("fani").post(f"/cases/{stopped}/steps/{step}/move", {"target": "bulan", **WHY})
    assert (answer.status_code, answer.json["code"]) == (422, "runtime.cannot_move")
    assert "bulan" in answer.json["message"]


def test_a_wait_happens_now(core, program):
    number = written(core, program, WAITS)
    waiting = next(each for each in program("fani").get(f"/cases/{number}/steps").json["items"] if each["waits_for"])
    event = waiting["waits_for"][0]["event"]
    answer = program("fani").post(f"/cases/{number}/steps/{waiting['step']}/trigger", {"event": event, **WHY})
    assert answer.json["state"] == "completed"


def test_repairs_are_for_administrators(program, stopped):
    assert program("eko").get(f"/cases/{stopped}/steps").status_code == 403
    assert program("eko").post(f"/cases/{stopped}/variables", {"variables": {"a": 1}, **WHY}).status_code == 403
    assert program("eko").post(f"/cases/{stopped}/steps/2/move", {"target": "tulis", **WHY}).status_code == 403
    assert program("eko").post("/incidents/1/complete", WHY).status_code == 403


def test_a_step_that_is_gone_is_told_so(program, stopped):
    answer = program("fani").post(f"/cases/{stopped}/steps/4711/move", {"target": "tulis", **WHY})
    assert (answer.status_code, answer.json["code"]) == (409, "runtime.already_closed")


def test_a_version_in_force_stays_what_it_is(core, program, stopped):
    put_in_force(core, WAITS)
    assert failed_step(program, stopped)["element"] == "hitung"
