"""Marks on a task, tasks on paper, and the progress of the day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.execution.beginning import Started
from engine.notifications.model import Notice
from engine.worklist.model import WorkItem
from tests.integration.webui.conftest import Browser, text_of

BrowserOf = Callable[[str], Browser]
ANSWER = {"perihal": "Undangan rapat", "hari": "2", "catatan": ""}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the database does differs nowhere here; the queries have tests on both."""
    return sqlite_url


def row(core: Core, work_item_id: int) -> WorkItem:
    with core.read() as reading:
        return reading.session.get_one(WorkItem, work_item_id)


def acts(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(AuditEntry.act)))


def test_urgency_goes_along_with_the_case(browser_of: BrowserOf, core: Core, case: Started, item: int):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/prioritas", {"priority": "mendesak"})
    ani.post(f"/tugas/{item}/selesai", ANSWER)
    assert row(core, item + 1).priority == 1
    assert "Urgent" in text_of(browser_of("citra").get("/tugas"))


def test_a_reminder_comes_in_the_morning_of_its_day(browser_of: BrowserOf, core: Core, clock: FrozenClock, item: int):
    ani, day = browser_of("ani"), (clock.now() + timedelta(days=2)).date()
    ani.post(f"/tugas/{item}/ingatkan", {"day": day.isoformat()})
    clock.advance(timedelta(days=2))
    core.run_due_jobs()
    with core.read() as reading:
        kinds = list(reading.session.scalars(select(Notice.kind)))
    assert kinds.count("work.follow_up") == 1


def test_a_day_that_is_past_is_refused(browser_of: BrowserOf, core: Core, item: int):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/ingatkan", {"day": "2020-01-01"})
    assert "Choose today or a later day" in text_of(ani.get(f"/tugas/{item}"))
    assert row(core, item).follow_up_on is None


def test_who_does_not_hold_it_sets_no_reminder(browser_of: BrowserOf, item: int):
    assert browser_of("citra").post(f"/tugas/{item}/ingatkan", {"day": "2099-01-01"}).status_code == 403


def test_a_sheet_has_the_step_and_room_to_write(browser_of: BrowserOf, case: Started, item: int):
    page = text_of(browser_of("ani").get(f"/tugas/{item}/lembar"))
    assert case.number in page
    assert "Perihal" in page
    assert "Signature" in page


def test_those_of_a_choice_that_one_may_not_see_are_left_out(browser_of: BrowserOf, item: int):
    assert text_of(browser_of("ani").get(f"/tugas/lembar?pilih={item}&pilih=4711")).count('class="sheet"') == 1
    assert browser_of("eko").get(f"/tugas/lembar?pilih={item}").location == "/tugas"


def test_what_was_done_on_paper_in_time_is_not_late(
    browser_of: BrowserOf, core: Core, clock: FrozenClock, case: Started, item: int
):
    with core.work() as work:
        due = work.session.get_one(WorkItem, item)
        due.due_at, due.overdue_at = work.now + timedelta(hours=1), work.now + timedelta(hours=1)
    clock.advance(timedelta(hours=3))
    on_paper = (clock.now() - timedelta(hours=2, minutes=30)).astimezone(core.settings.zone)
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/selesai", {**ANSWER, "tk:done-at": on_paper.strftime("%Y-%m-%dT%H:%M")})
    assert row(core, item).overdue_at is None
    page = text_of(ani.get(f"/berkas/{case.number}"))
    assert "done on paper, entered afterwards" in page
    assert "clock-exclamation" not in page
    assert "work_item.entered_afterwards" in acts(core)


@pytest.mark.parametrize("said", ["2020-01-01T08:00", "2099-01-01T08:00", "kemarin", "0001-01-01T00:00"])
def test_a_time_that_cannot_be_is_refused_and_nothing_is_done(browser_of: BrowserOf, core: Core, item: int, said: str):
    answer = browser_of("ani").post(f"/tugas/{item}/selesai", {**ANSWER, "tk:done-at": said})
    assert answer.status_code == 422
    assert "Give a moment between the arrival of the task and now" in text_of(answer)
    assert row(core, item).closed_at is None


def test_the_day_is_told_in_words_and_as_a_table(browser_of: BrowserOf, case: Started, item: int):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/selesai", ANSWER)
    assert f"Catat: {case.number} Sebuah berkas" in text_of(ani.get("/tugas/progres"))
    table = ani.get("/tugas/progres.csv")
    assert table.mimetype == "text/csv"
    assert f'\n"08:00:00";"{case.number}";"Sebuah berkas"' in text_of(table)


@pytest.mark.parametrize("day", ["2099-01-01", "0001-01-01", "besok", "%00"])
def test_a_day_that_was_not_is_today(browser_of: BrowserOf, item: int, day: str):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/selesai", ANSWER)
    assert "1 task completed" in text_of(ani.get(f"/tugas/progres?hari={day}"))


def test_another_day_is_empty(browser_of: BrowserOf, item: int):
    ani = browser_of("ani")
    ani.post(f"/tugas/{item}/selesai", ANSWER)
    assert "No task was completed on this day." in text_of(ani.get("/tugas/progres?hari=2024-01-02"))
