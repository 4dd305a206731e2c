"""The inbox and what its owner does with it."""

from datetime import timedelta

import pytest

from tests.api.conftest import put_in_force
from tests.support.diagrams import chain, diagram, end, person_task, start

TWO_STEPS = diagram(*chain(start(), person_task("tulis", "writer"), person_task("setujui", "kasubbag"), end()))
GOOD = {"answers": {"perihal": "Undangan rapat", "hari": 2}}


def ids(program, view: str) -> list[int]:
    return [line["id"] for line in program.get(f"/work-items?view={view}").json["items"]]


def test_an_item_moves_from_the_pool_to_its_holder_and_is_done(item, program):
    ani = program("ani")
    assert (ids(ani, "pool"), ids(ani, "mine")) == ([item], [])
    assert ani.post(f"/work-items/{item}/claim").json["assignee"] == "Ani Lestari"
    assert (ids(ani, "pool"), ids(ani, "mine"), ids(program("budi"), "pool")) == ([], [item], [])
    ani.post(f"/work-items/{item}/complete", GOOD)
    assert (ids(ani, "mine"), ids(ani, "done")) == ([], [item])


def test_a_line_names_its_case(number, program):
    (line,) = program("budi").get("/work-items?view=pool").json["items"]
    assert line["case"] == {
        "number": number,
        "title": "Undangan rapat",
        "process_name": "Proses",
        "starter": None,
    }


def test_late_work_is_a_view_of_its_own(core, clock, program):
    put_in_force(core, TWO_STEPS)
    program("eko").post("/processes/proses/cases", {"title": "Surat"})
    assert ids(program("eko"), "late") == []
    clock.advance(timedelta(hours=1))
    assert ids(program("eko"), "late") == ids(program("eko"), "mine") != []


def test_an_item_tells_all_that_is_needed_to_do_it(item, number, program):
    seen = program("ani").get(f"/work-items/{item}").json
    assert seen["case"]["number"] == number
    assert seen["form"]["required"] == ["perihal"]
    assert set(seen["form"]["properties"]) == {"perihal", "hari"}
    assert seen["data"] == {"judul": "Undangan rapat"}
    assert (seen["may_claim"], seen["may_complete"], seen["draft"]) == (True, False, None)


def test_guidance_has_time_and_outputs_of_the_sop(core, program):
    put_in_force(core, TWO_STEPS)
    case = program("eko").post("/processes/proses/cases", {"title": "Surat"}).json
    seen = program("eko").get(f"/work-items/{case['open_items'][0]['work_item_id']}").json
    assert seen["guidance"]["standard_time"] == "10 menit"
    assert seen["guidance"]["outputs"] == ["berkas"]
    assert seen["form"] is None


def test_completing_tells_who_has_the_case_now(item, number, program):
    answer = program("ani").post(f"/work-items/{item}/complete", GOOD)
    assert (answer.status_code, answer.json["case_number"], answer.json["case_state"]) == (200, number, "active")
    assert [(each["element"], each["assignee"]) for each in answer.json["open_items"]] == [("setujui", "Citra Dewanti")]


def test_the_last_step_ends_the_case(item, number, program):
    (after,) = program("ani").post(f"/work-items/{item}/complete", GOOD).json["open_items"]
    answer = program("citra").post(f"/work-items/{after['work_item_id']}/complete", {})
    assert (answer.json["case_state"], answer.json["open_items"]) == ("completed", [])


def test_a_second_click_on_complete_learns_who_was_first(item, program):
    program("ani").post(f"/work-items/{item}/complete", GOOD)
    for name in ("ani", "budi"):
        again = program(name).post(f"/work-items/{item}/complete", GOOD)
        assert (again.status_code, again.json["code"]) == (409, "work_item.already_closed")
        assert "Ani Lestari" in again.json["message"]


def test_the_second_to_claim_learns_who_was_first(item, program):
    program("ani").post(f"/work-items/{item}/claim")
    answer = program("budi").post(f"/work-items/{item}/claim")
    assert (answer.status_code, answer.json["code"]) == (409, "work_item.already_claimed")


def test_a_released_item_lies_in_the_pool_again_with_its_draft(item, program):
    ani = program("ani")
    ani.post(f"/work-items/{item}/claim")
    ani.put(f"/work-items/{item}/draft", {"answers": {"perihal": "Rap"}})
    assert ani.post(f"/work-items/{item}/release").json["assignee"] is None
    assert program("budi").get(f"/work-items/{item}").json["draft"] == {"perihal": "Rap"}


def test_a_draft_keeps_what_is_not_right_yet_and_nothing_else(item, program):
    program("ani").post(f"/work-items/{item}/claim")
    answer = program("ani").put(f"/work-items/{item}/draft", {"answers": {"hari": "banyak", "lain": 1}})
    assert answer.json == {"draft": {"hari": "banyak"}}


@pytest.mark.parametrize(
    ("answers", "field", "code"),
    [
        ({"perihal": "x", "hari": "dua"}, "hari", "form.not_number"),
        ({"perihal": ["x"]}, "perihal", "form.wrong_kind"),
        ({}, "perihal", "form.required"),
        ({"perihal": "x", "lain": 1}, "lain", "form.unknown_question"),
        ({"perihal": "x", "tk:shown": "y"}, "answers", "unknown_field"),
    ],
)
def test_an_answer_that_is_not_right_is_named_and_nothing_is_done(item, program, answers, field, code):
    answer = program("ani").post(f"/work-items/{item}/complete", {"answers": answers})
    assert answer.status_code == 422
    assert [(each["name"], each["code"]) for each in answer.json["fields"]] == [(field, code)]
    assert program("ani").get(f"/work-items/{item}").json["state"] == "open"


def test_an_item_without_form_takes_no_answers(item, program):
    (after,) = program("ani").post(f"/work-items/{item}/complete", GOOD).json["open_items"]
    answer = program("citra").post(f"/work-items/{after['work_item_id']}/complete", {"answers": {"x": 1}})
    assert (answer.status_code, answer.json["code"]) == (422, "work_item.no_answers")


def test_a_clock_stands_still_and_runs_again(core, clock, program):
    put_in_force(core, TWO_STEPS)
    eko = program("eko")
    (open_item,) = eko.post("/processes/proses/cases", {"title": "Surat"}).json["open_items"]
    address = f"/work-items/{open_item['work_item_id']}"
    before = eko.get(address).json
    stopped = eko.post(f"{address}/stop-clock", {"waits_for": "applicant", "reason": "Ijazah menyusul"}).json
    again = eko.post(f"{address}/stop-clock", {"waits_for": "applicant", "reason": "Ijazah menyusul"})
    clock.advance(timedelta(minutes=5))
    resumed = eko.post(f"{address}/resume-clock").json
    assert (again.status_code, again.json["code"]) == (409, "clock.stands")
    assert (before["may_stop_clock"], stopped["clock_stopped_at"] is None) == (True, False)
    assert (resumed["clock_stopped_at"], resumed["due_at"] > before["due_at"]) == (None, True)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"waits_for": "message", "reason": "Balasan"}, "waits_for"),
        ({"waits_for": "applicant", "reason": ""}, "reason"),
        ({"waits_for": "applicant", "reason": "   "}, "reason"),
    ],
)
def test_a_clock_stops_for_somebody_and_for_a_reason(item, program, told, field):
    program("ani").post(f"/work-items/{item}/claim")
    answer = program("ani").post(f"/work-items/{item}/stop-clock", told)
    assert (answer.status_code, [each["name"] for each in answer.json["fields"]]) == (422, [field])


@pytest.mark.parametrize("act", ["/claim", "/release", "/complete", "/draft"])
def test_an_item_of_someone_else_cannot_be_touched(item, program, act):
    method = "PUT" if act == "/draft" else "POST"
    answer = program("eko").send(method, f"/work-items/{item}{act}", json=GOOD)
    assert answer.status_code == 403
    assert program("eko").get(f"/work-items/{item}").json["code"] == "access.item_not_visible"


@pytest.mark.parametrize("item_id", ["4711", "2147483647", "2147483648", "9" * 30, "-1", "1.5", "x", "%00"])
def test_an_item_that_does_not_exist_is_not_found(program, item_id):
    for method, act in (("GET", ""), ("POST", "/claim"), ("GET", "/attachments")):
        assert program("ani").send(method, f"/work-items/{item_id}{act}").status_code == 404


def test_an_account_without_employee_has_an_empty_inbox(core, program):
    with core.work() as work:
        work.session.connection().exec_driver_sql("UPDATE account SET employee_id = NULL WHERE username = 'ani'")
    assert program("ani").get("/work-items").json == {"items": [], "next_cursor": None}


def test_the_inbox_is_narrowed_as_on_its_page(item, program):
    ani = program("ani")
    found = [
        ids(ani, f"pool&{terms}")
        for terms in ("text=undangan", "text=cuti", "process=proses", "due=none", "priority=urgent")
    ]
    assert found == [[item], [], [item], [item], []]


@pytest.mark.parametrize("terms", ["due_from=besok", "due_to=9999-12-31", "unit=0", "sort=x", "priority=1", "due=x"])
def test_a_term_that_means_nothing_is_refused_at_its_place(program, terms: str):
    answer = program("ani").get(f"/work-items?{terms}")
    assert (answer.status_code, answer.json["fields"][0]["name"]) == (422, terms.split("=")[0])


def test_the_head_says_what_goes_first(item, program):
    assert program("budi").put(f"/work-items/{item}/priority", {"priority": "urgent"}).status_code == 403
    assert program("citra").put(f"/work-items/{item}/priority", {"priority": "urgent"}).json["priority"] == "urgent"
    assert ids(program("ani"), "pool&priority=urgent") == [item]


def test_what_was_done_on_paper_has_its_real_time(item, clock, program):
    clock.advance(timedelta(hours=3))
    done = {"done_at": "2026-11-23T09:30:00+07:00"}
    program("ani").post(f"/work-items/{item}/complete", GOOD | done)
    assert program("ani").get(f"/work-items/{item}").json["done_at"] == "2026-11-23T02:30:00.000Z"


@pytest.mark.parametrize(
    "moment", ["2026-11-23T07:00:00+07:00", "2026-11-24T07:00:00+07:00", "2026-11-23T09:30:00", "x"]
)
def test_a_real_time_that_cannot_be_is_refused(item, program, moment: str):
    answer = program("ani").post(f"/work-items/{item}/complete", GOOD | {"done_at": moment})
    assert answer.status_code == 422
    assert ids(program("ani"), "pool") == [item]
