"""Administrators say on pages how late work climbs; everybody else reads what comes next."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.sla.climbing import RungRule
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE, ladder_at
from engine.sla.model import Anchor, RungAction
from engine.worklist.deadlines import Moments, schedule_deadlines
from engine.worklist.model import WorkItem
from tests.integration.webui.conftest import Browser, text_of

LADDER = "/administrasi/eskalasi/tangga"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What differs between the databases is tested with the rungs themselves."""
    return sqlite_url


@pytest.fixture
def administrator(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("fani")


def rung(number: int, action: RungAction, after: str = "0", **more: str) -> dict[str, str]:
    typed = {"anchor": "due", "after": after, "unit": "hours", "action": action.value, "repeats": "0", **more}
    return {f"{name}-{number}": value for name, value in typed.items()}


def actions_of(core: Core) -> list[RungAction]:
    with core.read() as reading:
        return [each.action for each in ladder_at(reading.session, OFFICE)]


def test_the_list_says_what_holds_for_the_office(administrator: Browser):
    assert "7 hours" not in (page := text_of(administrator.get("/administrasi/eskalasi")))
    assert "1 working day after it was due: tell the superior" in page


def test_a_ladder_is_kept_with_its_line_in_the_trail(core: Core, administrator: Browser):
    fields = {**rung(1, RungAction.REMIND_HOLDER), **rung(2, RungAction.REASSIGN_TO_SUPERIOR, "4")}
    assert administrator.post(LADDER, {**fields, "do": "keep"}).status_code == 302
    assert actions_of(core) == [RungAction.REMIND_HOLDER, RungAction.REASSIGN_TO_SUPERIOR]
    with core.read() as reading:
        assert "ladder.kept" in reading.session.scalars(select(AuditEntry.act)).all()


def test_what_somebody_else_kept_meanwhile_is_not_lost_unseen(core: Core, administrator: Browser):
    with core.work() as work:
        keep_ladder(work, OFFICE, [RungRule(anchor=Anchor.DUE, action=RungAction.TELL_HEAD)])
    fields = {**rung(1, RungAction.REMIND_HOLDER), "do": "keep"}
    answer = administrator.post(LADDER, fields)
    assert answer.status_code == 409
    assert "Somebody has changed this ladder since you opened it." in text_of(answer)
    assert actions_of(core) == [RungAction.TELL_HEAD]
    seen = re.search(r'name="seen" value="([^"]+)"', text_of(answer))[1]
    assert administrator.post(LADDER, {**fields, "seen": seen}).status_code == 302
    assert actions_of(core) == [RungAction.REMIND_HOLDER]


def test_a_wrong_ladder_comes_back_as_it_was_typed(core: Core, administrator: Browser):
    fields = {**rung(1, RungAction.TELL_SUPERIOR, "8"), **rung(2, RungAction.TELL_HEAD, "3")}
    answer = administrator.post(LADDER, {**fields, "do": "keep"})
    assert answer.status_code == 422
    assert '<a href="#after-2">' in text_of(answer)
    assert 'name="after-2" type="text" value="3"' in text_of(answer)


@pytest.mark.parametrize("after", ["", "two", "-1", "1.5", "9" * 9, "²"])
def test_what_is_no_number_is_refused_at_its_field(administrator: Browser, after: str):
    answer = administrator.post(LADDER, {**rung(1, RungAction.TELL_SUPERIOR, after), "do": "keep"})
    assert (answer.status_code, '<a href="#after-1">' in text_of(answer)) == (422, True)


@pytest.mark.parametrize(("act", "count"), [("add", 3), ("remove-1", 1), ("up-2", 2), ("down-9", 2), ("nonsense", 2)])
def test_buttons_change_the_list_and_keep_nothing(core: Core, administrator: Browser, act: str, count: int):
    before = actions_of(core)
    fields = {**rung(1, RungAction.REMIND_HOLDER), **rung(2, RungAction.TELL_HEAD, "3")}
    answer = administrator.post(LADDER, {**fields, "do": act})
    assert (answer.status_code, text_of(answer).count("<fieldset")) == (200, count)
    assert actions_of(core) == before


def test_a_look_shows_real_moments(administrator: Browser):
    page = text_of(administrator.post(LADDER, {**rung(1, RungAction.TELL_SUPERIOR, "1"), "do": "look"}))
    assert "Monday, 23 November 2026 at 11:00 WIB" in page


def test_a_removed_ladder_leaves_that_of_the_office(core: Core, administrator: Browser, case):
    address = f"{LADDER}?prosedur=proses&langkah=catat"
    administrator.post(address, {**rung(1, RungAction.TELL_HEAD), "do": "keep"})
    assert "Catat" in text_of(administrator.get("/administrasi/eskalasi"))
    administrator.post(f"{LADDER}/lepas?prosedur=proses&langkah=catat")
    assert "All procedures and steps follow" in text_of(administrator.get("/administrasi/eskalasi"))


@pytest.mark.parametrize("address", ["?prosedur=nothing", "?prosedur=proses&langkah=nothing"])
def test_a_place_that_is_not_there_is_not_found(administrator: Browser, case, address: str):
    assert administrator.get(LADDER + address).status_code == 404


def test_a_procedure_shows_its_ladder(browser_of: Callable[[str], Browser], case):
    assert "When it is due: tell the superior" in text_of(browser_of("ani").get("/prosedur/proses"))


def test_the_page_of_a_task_says_what_comes_next_and_the_journey_what_came(
    core: Core, clock: FrozenClock, browser_of: Callable[[str], Browser], case, item: int
):
    hour = timedelta(hours=1)
    with core.work() as work:
        keep_ladder(work, OFFICE, [RungRule(anchor=Anchor.DUE, action=RungAction.TELL_SUPERIOR)])
        row = work.session.get_one(WorkItem, item)
        row.risk_at, row.due_at = clock.now() + hour, clock.now() + 2 * hour
        moments = Moments(
            work_item_id=item, instance_id=row.instance_id, risk_at=clock.now() + hour, due_at=clock.now() + 2 * hour
        )
        schedule_deadlines(work, [moments])
    assert "Today 10:00: the superior is told." in text_of(browser_of("ani").get(f"/tugas/{item}"))
    clock.advance(2 * hour)
    core.run_due_jobs()
    assert "told the superior that “Catat” is late" in text_of(browser_of("ani").get(f"/berkas/{case.number}"))
