"""Pages for what colleagues do with a case beside its steps."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.core.core import Core
from engine.execution.beginning import Started
from engine.worklist.queries import open_items_of_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the databases do differently is tested with the operations."""
    return sqlite_url


@pytest.fixture
def approval(core: Core, browser_of: BrowserOf, case: Started, item: int, clock) -> int:
    """What Ani has filled in lies before Citra."""
    browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    with core.read() as reading:
        return open_items_of_case(reading.session, case.instance_id)[0].work_item_id


def open_item(core: Core, case: Started) -> int:
    with core.read() as reading:
        return open_items_of_case(reading.session, case.instance_id)[0].work_item_id


def test_a_case_comes_back_with_its_reason_and_answers(
    core: Core, browser_of: BrowserOf, case: Started, item: int, approval: int
):
    citra = browser_of("citra")
    assert f"/tugas/{approval}/revisi" in text_of(citra.get(f"/tugas/{approval}"))
    answer = citra.post(f"/tugas/{approval}/revisi", {"step": item, "reason": "Nomor <salah>"}, follow_redirects=True)
    assert "is back at “Catat”, with Ani Lestari" in text_of(answer)
    page = text_of(browser_of("ani").get(f"/tugas/{open_item(core, case)}"))
    assert "returned this for revision: Nomor &lt;salah&gt;" in page
    assert 'value="Undangan"' in page
    assert "Citra Dewanti returned it for revision" in text_of(citra.get(f"/berkas/{case.number}"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "Salah"}, "Choose the step"),
        ({"step": "1", "reason": " "}, "Say why"),
        ({"step": "99", "reason": "Salah"}, "has passed"),
        ({"step": "x", "reason": "Salah"}, "Choose the step"),
    ],
)
def test_what_is_not_said_well_is_asked_again(browser_of: BrowserOf, approval: int, fields: dict[str, str], said: str):
    answer = browser_of("citra").post(f"/tugas/{approval}/revisi", fields)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert fields["reason"].strip() in text_of(answer)


def test_others_do_not_return_it(browser_of: BrowserOf, approval: int):
    assert browser_of("dewi").get(f"/tugas/{approval}/revisi").status_code == 403


def test_the_sender_takes_it_back(core: Core, browser_of: BrowserOf, case: Started, item: int, approval: int):
    ani = browser_of("ani")
    assert "Take it back" in text_of(ani.get(f"/tugas/{item}"))
    answer = ani.post(f"/tugas/{item}/tarik", follow_redirects=True)
    assert 'value="Undangan"' in text_of(answer)
    assert answer.request.path == f"/tugas/{open_item(core, case)}"


def test_a_question_goes_to_a_colleague_and_its_answer_back(browser_of: BrowserOf, approval: int):
    citra, eko = browser_of("citra"), browser_of("eko")
    page = citra.post(
        f"/tugas/{approval}/tanya", {"tk:rekan": "eko", "question": "Sudah lengkap?"}, follow_redirects=True
    )
    assert "Eko Prasetyo has been told" in text_of(page)
    assert "Sudah lengkap?" in text_of(eko.get("/pertanyaan"))
    assert "Questions for me <span" in " ".join(text_of(eko.get("/tugas")).split())
    assert eko.get(f"/tugas/{approval}").status_code == 200
    assert eko.post("/pertanyaan/1/jawab", {"answer": " "}).status_code == 422
    eko.post("/pertanyaan/1/jawab", {"answer": "Sudah"})
    assert "Sudah</p>" in text_of(citra.get(f"/tugas/{approval}"))
    assert eko.get(f"/tugas/{approval}").status_code == 403


def test_a_name_that_several_bear_is_asked_about(browser_of: BrowserOf, approval: int):
    answer = browser_of("citra").post(f"/tugas/{approval}/tanya", {"tk:rekan": "ani", "question": "Sudah?"})
    assert answer.status_code == 422
    assert "Whom do you mean?" in text_of(answer)
    assert text_of(answer).count("Fani Rahma") == 1
    assert "Sudah?" in text_of(answer)


def test_names_are_suggested(browser_of: BrowserOf):
    found = text_of(browser_of("citra").get("/rekan?tk:rekan=bud"))
    assert 'value="Budi Santosa, Pengadministrasi, Subbagian Tata Usaha"' in found


def test_whoever_is_mentioned_reads_the_case(core: Core, browser_of: BrowserOf, case: Started, item: int):
    fields = {"comment": "Mohon dicek", "tk:sebut": str(person(core, "eko").employee_id), "tk:rekan": "dewi"}
    browser_of("ani").post(f"/tugas/{item}/catatan", fields)
    page = text_of(browser_of("eko").get(f"/berkas/{case.number}/catatan"))
    assert "@Eko Prasetyo" in page
    assert "@Dewi Anggraini" in page
    assert "Add comment" not in page


def test_an_unclear_mention_loses_nothing(browser_of: BrowserOf, case: Started, item: int):
    browser = browser_of("ani")
    for address in (f"/tugas/{item}/catatan", f"/berkas/{case.number}/catatan"):
        answer = browser.post(address, {"comment": "Mohon dicek", "tk:rekan": "zzz"})
        assert answer.status_code == 422
        assert "Mohon dicek" in text_of(answer)
        assert "Nobody who works here" in text_of(answer)


def test_a_head_lets_a_colleague_read_and_ends_it(browser_of: BrowserOf, case: Started):
    citra, eko, address = browser_of("citra"), browser_of("eko"), f"/berkas/{case.number}/pembaca"
    assert address in text_of(citra.get(f"/berkas/{case.number}"))
    fields = {"tk:rekan": "Eko Prasetyo", "until": "2026-11-30", "reason": "Audit"}
    page = text_of(citra.post(address, fields, follow_redirects=True))
    assert "Audit" in page
    assert "until 30 November 2026" in page
    assert eko.get(f"/berkas/{case.number}").status_code == 200
    citra.post(f"{address}/1/cabut")
    assert eko.get(f"/berkas/{case.number}").status_code == 403


@pytest.mark.parametrize("wrong", [{"until": "kapan saja"}, {"until": "2020-01-01"}, {"reason": ""}, {"tk:rekan": ""}])
def test_a_grant_that_lacks_something_is_asked_again(browser_of: BrowserOf, case: Started, wrong: dict[str, str]):
    fields = {"tk:rekan": "Eko Prasetyo", "until": "2026-11-30", "reason": "Audit", **wrong}
    assert browser_of("citra").post(f"/berkas/{case.number}/pembaca", fields).status_code == 422


def test_a_refused_grant_keeps_whom_she_picked(core: Core, browser_of: BrowserOf, case: Started):
    eko = person(core, "eko").employee_id
    fields = {"tk:rekan": "e", "tk:rekan-terpilih": eko, "until": "2026-11-30", "reason": ""}
    assert 'value="Eko Prasetyo' in text_of(browser_of("citra").post(f"/berkas/{case.number}/pembaca", fields))


@pytest.mark.parametrize("who", ["ani", "eko"])
def test_only_heads_let_others_read(browser_of: BrowserOf, case: Started, who: str):
    assert browser_of(who).get(f"/berkas/{case.number}/pembaca").status_code == 403


@pytest.mark.parametrize("number", ["99999999999", "9" * 40, "-1", "0", "x", "\x00"])
def test_a_number_that_nobody_has_is_nobody(browser_of: BrowserOf, approval: int, item: int, number: str):
    citra = browser_of("citra")
    asked = citra.post(f"/tugas/{approval}/tanya", {"tk:rekan-terpilih": number, "question": "Sudah?"})
    back = citra.post(f"/tugas/{approval}/revisi", {"step": number, "reason": "Salah"})
    said = citra.post(f"/tugas/{approval}/catatan", {"comment": "Mohon dicek", "tk:sebut": number})
    assert (asked.status_code, back.status_code) == (422, 422)
    assert said.status_code == 302


@pytest.mark.parametrize("name", ["%", "_", "\x00", "'", "x" * 5_000, "\ud800"])
def test_a_name_that_nobody_bears_is_asked_again(browser_of: BrowserOf, approval: int, name: str):
    citra = browser_of("citra")
    assert "<option" not in text_of(citra.get("/rekan", query_string={"tk:rekan": name.encode(errors="replace")}))
    answer = citra.post(f"/tugas/{approval}/tanya", {"tk:rekan": name.encode(errors="replace"), "question": "Sudah?"})
    assert answer.status_code == 422


def test_the_only_step_that_is_possible_is_chosen_already(browser_of: BrowserOf, item: int, approval: int):
    page = text_of(browser_of("citra").get(f"/tugas/{approval}/revisi"))
    assert re.search(rf'id="step-{item}"[^>]* checked', page)


def test_a_step_that_was_returned_says_by_whom_and_why_and_where_the_case_is(
    core: Core, browser_of: BrowserOf, case: Started, item: int, approval: int
):
    citra = browser_of("citra")
    citra.post(f"/tugas/{approval}/revisi", {"step": item, "reason": "Nomor salah"})
    page = text_of(citra.get(f"/tugas/{approval}"))
    assert re.search("Citra Dewanti returned it for revision on .*: Nomor salah", page)
    assert f'href="/tugas/{open_item(core, case)}">Catat</a>' in page


def test_a_step_that_was_taken_back_says_who_did_and_where_the_case_is(
    core: Core, browser_of: BrowserOf, case: Started, item: int, approval: int, clock
):
    clock.advance(timedelta(minutes=1))
    browser_of("ani").post(f"/tugas/{item}/tarik")
    page = text_of(browser_of("citra").get(f"/tugas/{approval}"))
    assert "Ani Lestari, who had sent it, took it back on" in page
    assert f'href="/tugas/{open_item(core, case)}">Catat</a>' in page
    assert "took it back on" in text_of(browser_of("ani").get(f"/tugas/{item}"))
    assert "took it back on" in text_of(browser_of("citra").post(f"/tugas/{approval}/selesai"))


def test_taking_back_is_offered_in_the_case_and_among_what_she_has_done(
    browser_of: BrowserOf, case: Started, item: int, approval: int
):
    act = f'action="/tugas/{item}/tarik"'
    ani, citra = browser_of("ani"), browser_of("citra")
    for address in (f"/berkas/{case.number}", "/tugas?tampilan=selesai"):
        assert act in text_of(ani.get(address))
        assert act not in text_of(citra.get(address))


def test_taking_back_is_not_offered_when_the_next_one_has_begun(browser_of: BrowserOf, item: int, approval: int):
    browser_of("citra").post(f"/tugas/{approval}/catatan", {"comment": "Sedang saya baca"})
    assert f'action="/tugas/{item}/tarik"' not in text_of(browser_of("ani").get("/tugas?tampilan=selesai"))


def test_the_case_says_how_often_each_step_was_returned(
    core: Core, browser_of: BrowserOf, case: Started, item: int, approval: int, clock
):
    citra, ani, done = browser_of("citra"), browser_of("ani"), item
    for _time in range(2):
        clock.advance(timedelta(minutes=1))
        citra.post(f"/tugas/{open_item(core, case)}/revisi", {"step": done, "reason": "Salah"})
        clock.advance(timedelta(minutes=1))
        done = open_item(core, case)
        ani.post(f"/tugas/{done}/selesai", {"perihal": "Undangan"})
    assert text_of(citra.get(f"/berkas/{case.number}")).count("returned 2 times so far") == 1


def test_a_question_says_of_which_case_it_is(core: Core, browser_of: BrowserOf, case: Started, item: int):
    browser_of("ani").post(f"/tugas/{item}/tanya", {"tk:rekan": "eko", "question": "Nomor berapa?"})
    page = text_of(browser_of("eko").get("/pertanyaan"))
    assert case.number in page
    assert "Sebuah berkas" in page


def test_a_task_of_a_cancelled_case_says_so(core: Core, browser_of: BrowserOf, case: Started, item: int):
    browser_of("citra").post(f"/berkas/{case.number}/batalkan", {"reason": "Salah berkas"})
    ani = browser_of("ani")
    pages = [ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan"}), ani.get(f"/tugas/{item}")]
    for page in (*pages, ani.get(f"/berkas/{case.number}")):
        assert "the case was cancelled" in text_of(page).lower()
        assert "went another way" not in text_of(page)
