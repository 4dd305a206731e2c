"""Cases are started, looked at, and ended before their time."""

import pytest

from tests.api.conftest import POOL_AND_FORM, REPORT, put_in_force
from tests.support.diagrams import chain, diagram, end, person_task, start

SIMPLE = diagram(*chain(start(), person_task("tulis", "writer"), end()))


def test_a_case_starts_with_its_number_and_its_first_step(core, program):
    put_in_force(core, SIMPLE)
    answer = program("eko").post("/processes/proses/cases", {"title": "Undangan", "variables": {"jumlah": 3}})
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/cases/{answer.json['number']}"
    assert [(item["element"], item["assignee"]) for item in answer.json["open_items"]] == [("tulis", "Eko Prasetyo")]
    variables = program("eko").get(f"/cases/{answer.json['number']}/variables").json["variables"]
    assert variables == {"judul": "Undangan", "jumlah": 3}


def test_the_same_start_under_the_same_key_is_the_same_case(core, program):
    put_in_force(core, SIMPLE)
    body, key = {"title": "Undangan", "variables": {"b": 1, "a": 2}}, {"Idempotency-Key": "surat-7"}
    twice = [program("eko").post("/processes/proses/cases", body, headers=key) for _time in range(2)]
    assert [answer.status_code for answer in twice] == [201, 201]
    assert len({answer.json["number"] for answer in twice}) == 1
    other = program("eko").post("/processes/proses/cases", {"title": "Rapat"}, headers=key)
    assert (other.status_code, other.json["code"]) == (409, "request.key_used_otherwise")


def test_whoever_does_not_hold_the_first_step_starts_none(core, program):
    put_in_force(core, SIMPLE)
    assert program("ani").post("/processes/proses/cases", {"title": "x"}).json["code"] == "access.may_not_start"


def test_nothing_in_force_starts_nothing(program):
    program("eko").post("/processes", {"diagram": SIMPLE.decode()})
    answer = program("eko").post("/processes/proses/cases", {"title": "x"})
    assert (answer.status_code, answer.json["code"]) == (409, "case.nothing_in_force")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "title", "required"),
        ({"title": None}, "title", "null"),
        ({"title": 7}, "title", "type"),
        ({"title": "x" * 301}, "title", "too_long"),
        ({"title": "a\x00b"}, "title", "unprintable"),
        ({"title": "x", "titel": "y"}, "titel", "unknown_field"),
        ({"title": "x", "variables": [1]}, "variables", "type"),
        ({"title": "x", "variables": {"a": 10**40}}, "variables", "too_large"),
        ({"title": "x", "variables": {"a": "\ud800"}}, "variables", "unprintable"),
        ({"title": "x", "variables": {"a": list(range(6000))}}, "variables", "too_many"),
        ([], "", "type"),
    ],
)
def test_each_field_that_is_wrong_is_named(core, program, body, field, code):
    put_in_force(core, SIMPLE)
    answer = program("eko").post("/processes/proses/cases", body)
    assert answer.status_code == 422
    assert [(each["name"], each["code"]) for each in answer.json["fields"]] == [(field, code)]


def test_a_title_of_spaces_is_no_title(core, program):
    put_in_force(core, SIMPLE)
    assert program("eko").post("/processes/proses/cases", {"title": "  "}).json["code"] == "case.no_title"


def test_cases_are_listed_page_by_page(core, program):
    put_in_force(core, SIMPLE)
    numbers = [program("eko").post("/processes/proses/cases", {"title": f"Surat {n}"}).json["number"] for n in range(3)]
    first = program("eko").get("/cases?limit=2").json
    second = program("eko").get(f"/cases?limit=2&cursor={first['next_cursor']}").json
    assert [line["number"] for line in first["items"] + second["items"]] == numbers[::-1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("search=undangan", 1),
        ("search=%25", 0),
        ("state=active", 1),
        ("state=completed", 0),
        ("late=true", 0),
        ("late=false", 1),
        ("process=proses", 1),
    ],
)
def test_cases_can_be_sought(number, program, query, count):
    assert len(program("ani").get(f"/cases?{query}").json["items"]) == count


@pytest.mark.parametrize("query", ["state=lost", "late=ya", "limit=0", "limit=x", "cursor=x", "stat=active"])
def test_a_question_that_makes_no_sense_is_refused(program, query):
    assert program("ani").get(f"/cases?{query}").status_code == 422


def test_a_case_tells_where_it_waits(number, program):
    (line,) = program("ani").get("/cases").json["items"]
    assert (line["number"], line["waits_at"], line["waits_for"], line["open_items"]) == (number, "Catat", None, 1)


def test_a_case_of_others_is_not_shown(number, program):
    for part in ("", "/history", "/variables"):
        answer = program("eko").get(f"/cases/{number}{part}")
        assert (answer.status_code, answer.json["code"]) == (403, "access.case_not_visible")


def test_history_has_the_steps_and_what_was_written_down(number, item, program):
    program("ani").post(f"/work-items/{item}/complete", {"answers": {"perihal": "Rapat"}})
    history = program("ani").get(f"/cases/{number}/history").json
    assert [(step["element"], step["state"]) for step in history["journey"]] == [
        ("catat", "completed"),
        ("setujui", "open"),
    ]
    assert "work_item.completed" in [entry["act"] for entry in history["trail"]]


def test_the_head_of_the_unit_ends_a_case_with_a_reason(number, program):
    answer = program("dewi").post(f"/cases/{number}/cancel", {"reason": "Salah kirim"})
    assert (answer.status_code, answer.json["state"], answer.json["open_items"]) == (200, "cancelled", [])
    again = program("dewi").post(f"/cases/{number}/cancel", {"reason": "Salah kirim"})
    assert (again.status_code, again.json["code"]) == (409, "case.over")


def test_who_only_takes_part_cannot_end_a_case(number, program):
    answer = program("ani").post(f"/cases/{number}/cancel", {"reason": "Bosan"})
    assert (answer.status_code, answer.json["code"]) == (403, "access.not_its_manager")


def test_running_cases_stay_on_their_version(core, number, program):
    put_in_force(core, POOL_AND_FORM.replace(b'"Catat"', b'"Catat surat"'), laporan=REPORT)
    assert program("ani").get(f"/cases/{number}").json["version_number"] == 1
