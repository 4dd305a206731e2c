"""The page of a work item: filling it in, finishing it, and losing nothing on the way."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from engine.core.core import Core
from engine.execution.beginning import Started
from engine.worklist.attachments import attachments_of_case
from engine.worklist.operations import reassign, release
from engine.worklist.queries import comments_of_case, item_detail, open_items_of_case
from tests.integration.execution.conftest import Desk, form
from tests.integration.webui.conftest import Browser, text_of
from tests.support.diagrams import arrows, chain, diagram, end, extensions, parallel, start, user_task
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]
WITH_A_LETTER = diagram(
    *chain(
        start(),
        user_task("isi", extensions('<tk:pelaksana peran="pemulai"/>', '<tk:formulir kunci="isian"/>')),
        end(),
    )
)
LETTER = {"type": "filepicker", "key": "surat", "label": "Surat pengantar", "validate": {"required": True}}


def test_finishing_says_who_has_the_case_now(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    answer = ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan"}, follow_redirects=True)
    assert "Now with Citra Dewanti" in text_of(answer)


def test_a_wrong_answer_keeps_all_that_was_typed(browser_of: BrowserOf, item: int):
    answer = browser_of("ani").post(f"/tugas/{item}/selesai", {"perihal": "", "hari": "lima"})
    assert answer.status_code == 422
    assert 'value="lima"' in text_of(answer)
    assert 'href="#field-perihal"' in text_of(answer)


def test_a_correction_that_nobody_asked_for_is_not_spoken_of(browser_of: BrowserOf, item: int):
    assert "Catatan perbaikan" not in text_of(browser_of("ani").get(f"/tugas/{item}"))


def test_a_draft_is_there_again(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    kept = ani.post(f"/tugas/{item}/draf", {"perihal": "Setengah"}, headers={"X-Requested-With": "fetch"})
    assert text_of(kept).startswith("Draft saved at")
    assert 'value="Setengah"' in text_of(ani.get(f"/tugas/{item}"))


def mark_on(page: str) -> str:
    return re.findall(r'name="tk:draft" value="([^"]+)"', page)[0]


def test_a_second_tab_does_not_overwrite_what_the_first_saved_before_she_has_seen_it(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    first, second = (mark_on(text_of(ani.get(f"/tugas/{item}"))) for _tab in range(2))
    ani.post(f"/tugas/{item}/draf", {"perihal": "Pertama", "tk:draft": first})
    refused = ani.post(f"/tugas/{item}/draf", {"perihal": "Kedua", "tk:draft": second})
    assert (refused.status_code, 'value="Kedua"' in text_of(refused)) == (409, True)
    assert "saved meanwhile in another tab" in text_of(refused)
    assert 'value="Pertama"' in text_of(ani.get(f"/tugas/{item}"))
    again = ani.post(f"/tugas/{item}/draf", {"perihal": "Kedua", "tk:draft": mark_on(text_of(refused))})
    assert again.status_code == 302
    assert 'value="Kedua"' in text_of(ani.get(f"/tugas/{item}"))


def test_a_page_that_saves_while_she_types_is_never_refused_for_its_own_saving(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    mark = mark_on(text_of(ani.get(f"/tugas/{item}")))
    for typed in ("Und", "Undang", "Undangan"):
        fields = {"perihal": typed, "tk:draft": mark}
        kept = ani.post(f"/tugas/{item}/draf", fields, headers={"X-Requested-With": "fetch"})
        assert text_of(kept).startswith("Draft saved at")


def test_a_file_that_was_chosen_is_kept_with_the_draft(core: Core, browser_of: BrowserOf, case: Started, item: int):
    fields = {"perihal": "Setengah", "files": (BytesIO(b"isi"), "catatan.txt")}
    answer = browser_of("ani").post(f"/tugas/{item}/draf", fields, follow_redirects=True)
    assert "File added." in text_of(answer)
    with core.read() as reading:
        assert [file.filename for file in attachments_of_case(reading.session, case.instance_id)] == ["catatan.txt"]


def test_the_second_to_finish_reads_who_was_first_and_what_she_typed(core: Core, browser_of: BrowserOf, item: int):
    with core.work(person(core, "ani")) as work:
        release(work, item)
    ani, budi = browser_of("ani"), browser_of("budi")
    ani.post(f"/tugas/{item}/selesai", {"perihal": "Pertama"})
    answer = budi.post(f"/tugas/{item}/selesai", {"perihal": "Kedua", "comment": "Sempat saya catat"})
    assert answer.status_code == 409
    for text in ("Ani Lestari has already completed this task.", "Kedua", "Sempat saya catat"):
        assert text in text_of(answer)


@pytest.mark.parametrize("act", ["selesai", "draf"])
def test_whoever_had_it_on_her_screen_reads_who_has_it_now_and_what_she_typed(
    core: Core, browser_of: BrowserOf, item: int, act: str
):
    with core.work(person(core, "citra")) as work:
        reassign(work, item, person(core, "budi").employee_id or 0)
    answer = browser_of("ani").post(f"/tugas/{item}/{act}", {"perihal": "Kedua", "comment": "Sempat saya catat"})
    assert answer.status_code == 403
    for text in ("This task is with Budi Santosa now.", "Kedua", "Sempat saya catat"):
        assert text in text_of(answer)


def test_a_file_and_a_comment_go_along_with_the_step(core: Core, browser_of: BrowserOf, case: Started, item: int):
    fields = {"perihal": "Undangan", "comment": "Asli di map", "files": (BytesIO(b"%PDF-1.4"), "surat.pdf")}
    browser_of("ani").post(f"/tugas/{item}/selesai", fields)
    with core.read() as reading:
        assert [file.filename for file in attachments_of_case(reading.session, case.instance_id)] == ["surat.pdf"]
        assert [said.text for said in comments_of_case(reading.session, case.instance_id)] == ["Asli di map"]


def test_attaching_a_file_keeps_what_was_typed(core: Core, browser_of: BrowserOf, item: int):
    fields = {"perihal": "Setengah", "files": (BytesIO(b"isi"), "catatan.txt")}
    browser_of("ani").post(f"/tugas/{item}/lampiran", fields)
    with core.read() as reading:
        assert (item_detail(reading.session, item).draft or {})["perihal"] == "Setengah"


def test_an_empty_file_is_refused_and_nothing_is_finished(core: Core, browser_of: BrowserOf, case: Started, item: int):
    fields = {"perihal": "Undangan", "files": (BytesIO(b""), "kosong.pdf")}
    answer = browser_of("ani").post(f"/tugas/{item}/selesai", fields)
    assert answer.status_code == 422
    assert "kosong.pdf" in text_of(answer)
    with core.read() as reading:
        assert open_items_of_case(reading.session, case.instance_id)[0].work_item_id == item


def test_work_of_others_is_not_shown(browser_of: BrowserOf, item: int):
    answer = browser_of("eko").get(f"/tugas/{item}")
    assert answer.status_code == 403
    assert "Undangan" not in text_of(answer)


def test_work_of_others_cannot_be_finished(browser_of: BrowserOf, item: int):
    assert browser_of("eko").post(f"/tugas/{item}/selesai", {"perihal": "Saya"}).status_code == 403


def test_an_unknown_item_is_not_found(browser_of: BrowserOf):
    assert browser_of("ani").get("/tugas/987654").status_code == 404


def test_what_one_types_is_never_taken_for_markup(browser_of: BrowserOf, item: int):
    answer = browser_of("ani").post(f"/tugas/{item}/selesai", {"hari": "<script>alert(1)</script>"})
    assert "<script>alert" not in text_of(answer)


def test_a_session_that_ended_says_so_to_the_script_that_saves_drafts(app, item: int):
    stranger = Browser(app.test_client())
    stranger.get("/masuk")
    answer = stranger.post(f"/tugas/{item}/draf", {"perihal": "x"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401


def test_a_file_that_is_refused_takes_nothing_with_it(browser_of: BrowserOf, item: int):
    fields = {"perihal": "Setengah", "files": (BytesIO(b"MZ"), "program.exe")}
    answer = browser_of("ani").post(f"/tugas/{item}/lampiran", fields)
    assert answer.status_code == 422
    assert 'value="Setengah"' in text_of(answer)
    assert re.search('href="#files">[^<]*program.exe', text_of(answer))


def test_of_two_steps_before_a_join_only_the_last_finishes_the_case(browser_of: BrowserOf, core: Core):
    tasks = [user_task(each, extensions('<tk:pelaksana jabatan="clerk"/>')) for each in ("isi", "periksa")]
    desk = Desk(core)
    desk.publish(
        diagram(
            *chain(start(), parallel("bagi"), tasks[0], parallel("gabung"), end()),
            tasks[1],
            *arrows("bagi", "periksa", "gabung"),
        )
    )
    case = desk.start(by="ani")
    addresses = [f"/tugas/{desk.item(case, each)}" for each in ("isi", "periksa")]
    assert "Finish the case" not in text_of(browser_of("ani").get(addresses[0]))
    desk.complete(case, "isi", by="ani")
    assert "Finish the case" in text_of(browser_of("ani").get(addresses[1]))


def test_a_step_before_others_does_not_finish_the_case(browser_of: BrowserOf, item: int):
    page = text_of(browser_of("ani").get(f"/tugas/{item}"))
    assert "Finish and send on" in page
    assert "Finish the case" not in page


def test_what_stands_in_the_form_stays_with_a_task_that_is_laid_back(
    core: Core, browser_of: BrowserOf, case: Started, item: int
):
    ani = browser_of("ani")
    mark = mark_on(text_of(ani.get(f"/tugas/{item}")))
    typed = {"perihal": "Setengah", "comment": "Lanjutkan ya", "files": (BytesIO(b"isi"), "catatan.txt")}
    ani.post(f"/tugas/{item}/kembalikan", {"tk:draft": mark, **typed})
    with core.read() as reading:
        kept = item_detail(reading.session, item)
        assert (kept.assignee_id, (kept.draft or {})["perihal"]) == (None, "Setengah")
        assert [said.text for said in comments_of_case(reading.session, case.instance_id)] == ["Lanjutkan ya"]
        assert [file.filename for file in attachments_of_case(reading.session, case.instance_id)] == ["catatan.txt"]


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("selesai", {"perihal": ""}, 422),
        ("draf", {"tk:draft": "other.page"}, 409),
        ("lampiran", {"tk:draft": "other.page"}, 409),
        ("catatan", {"comment": " "}, 422),
    ],
)
def test_a_file_that_came_along_with_what_is_refused_stays_with_the_task(
    browser_of: BrowserOf, item: int, act: str, fields: dict[str, str], status: int
):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/draf", {"perihal": "Pertama"})
    answer = ani.post(f"/tugas/{item}/{act}", {**fields, "files": (BytesIO(b"isi"), "catatan.txt")})
    assert answer.status_code == status
    assert ">catatan.txt</a>" in text_of(answer)
    assert "File added." in text_of(answer)


def test_a_file_that_the_step_requires_may_come_with_the_press_that_finishes_it(browser_of: BrowserOf, core: Core):
    desk = Desk(core)
    desk.publish(WITH_A_LETTER, isian=form(LETTER))
    case = desk.start(by="ani")
    fields = {"files": (BytesIO(b"Dengan hormat"), "surat.txt")}
    browser_of("ani").post(f"/tugas/{desk.item(case, 'isi')}/selesai", fields)
    assert desk.open(case) == {}


def test_a_file_is_there_once_however_often_its_form_is_sent(
    core: Core, browser_of: BrowserOf, case: Started, item: int
):
    ani = browser_of("ani")
    for _time in range(2):
        ani.post(f"/tugas/{item}/lampiran", {"files": (BytesIO(b"isi"), "catatan.txt")})
    with core.read() as reading:
        assert len(attachments_of_case(reading.session, case.instance_id)) == 1


@pytest.mark.parametrize("act", ["lampiran", "draf"])
def test_a_comment_half_written_outlives_what_else_is_kept(browser_of: BrowserOf, item: int, act: str):
    fields = {"perihal": "Setengah", "comment": "Belum sel", "files": (BytesIO(b"isi"), "catatan.txt")}
    page = text_of(browser_of("ani").post(f"/tugas/{item}/{act}", fields, follow_redirects=True))
    assert ">Belum sel</textarea>" in page
    assert 'value="Setengah"' in page


def test_to_press_twice_is_as_good_as_once(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    answers = [ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan", "hari": "2"}) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert "You have completed this task already." in text_of(ani.get("/tugas"))


def test_other_answers_in_a_second_tab_are_shown_and_not_lost(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan"})
    answer = ani.post(f"/tugas/{item}/selesai", {"perihal": "Undangan kedua"})
    assert (answer.status_code, "Undangan kedua" in text_of(answer)) == (409, True)


@pytest.mark.parametrize("page", ["tanya", "jeda"])
def test_the_way_back_to_the_list_goes_along_to_what_is_done_beside_the_work(
    browser_of: BrowserOf, item: int, page: str
):
    back = "kembali=/tugas?tampilan%3Dhari-ini"
    shown = text_of(browser_of("ani").get(f"/tugas/{item}?{back}"))
    assert f'href="/tugas/{item}/{page}?{back}"' in shown
    asked = text_of(browser_of("ani").get(f"/tugas/{item}/{page}?{back}"))
    assert asked.count(f'href="/tugas/{item}?{back}"') == 2
