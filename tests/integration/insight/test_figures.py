"""Daily figures equal what the rows say, whoever counts them and however many of them are made."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.core.housekeeping import begin_housekeeping
from engine.insight.bottlenecks import done_again, medians, reasons
from engine.insight.cases_by import case_counts, cases_by_procedure, cases_by_unit
from engine.insight.days import Days, monday_of
from engine.insight.figures import days_that_differ, made_so_far, make_missing, rebuild
from engine.insight.figures_by import By, case_totals, figures_by, together, totals, weeks
from engine.insight.model import FigureDay, StepFigure
from engine.insight.report import monthly_report
from engine.insight.within import Within
from engine.notifications.model import Notice
from engine.worklist.model import WorkItem, WorkItemState
from tests.integration.insight.histories import History, a_history

OFFICE = Within(units=None)


@pytest.fixture
def history(core: Core, clock: FrozenClock) -> History:
    with core.work() as work:
        return a_history(work.session, clock.now(), seed=7)


@pytest.fixture
def period(core: Core, clock: FrozenClock) -> Days:
    today = clock.now().astimezone(core.settings.zone).date()
    return Days(first=today - timedelta(days=25), last=today)


@pytest.fixture(params=[0, 13, 10_000], ids=["none made", "some made", "all made"])
def made(request: pytest.FixtureRequest, core: Core, history: History) -> History:
    with core.work() as work:
        make_missing(work, request.param)
    return history


def recount(
    core: Core, history: History, period: Days, key: Callable[[WorkItem], object]
) -> dict[object, Counter[str]]:
    """The figures of done steps, counted one by one from the items."""
    found: dict[object, Counter[str]] = {}
    for item in history.items:
        if item.state is not WorkItemState.COMPLETED or local_day(core, item.closed_at) not in set(period):
            continue
        done_at = item.done_at or item.closed_at
        counts = found.setdefault(key(item), Counter())
        counts["done"] += 1
        counts["met"] += item.due_at is not None and done_at <= item.due_at
        counts["missed"] += item.due_at is not None and done_at > item.due_at
        for name in ("waited_minutes", "worked_minutes", "stopped_minutes", "norm_minutes"):
            counts[name] += getattr(item, name) or 0
    return found


def local_day(core: Core, moment):
    return moment.astimezone(core.settings.zone).date()


KEYS = {
    By.UNIT: (lambda item: item.unit_id, lambda line: line.unit_id),
    By.PROCEDURE: (lambda item: item.definition_id, lambda line: line.definition_id),
    By.STEP: (lambda item: (item.definition_id, item.element), lambda line: (line.definition_id, line.element)),
    By.PERSON: (lambda item: item.closed_by_id, lambda line: line.employee_id),
}


@pytest.mark.parametrize("by", By)
def test_figures_are_what_one_counts_by_hand(core: Core, made: History, period: Days, by: By):
    of_item, of_line = KEYS[by]
    with core.read() as reading:
        lines = {of_line(line): line.figures for line in figures_by(reading, period, OFFICE, by)}
    expected = recount(core, made, period, of_item)
    if by is By.PERSON:
        del expected[None]  # what nobody is known to have done is nobody's figure
    for key, counts in expected.items():
        assert {name: getattr(lines[key], name) for name in counts} == counts


def test_totals_and_weeks_are_the_sums(core: Core, made: History, period: Days):
    (counts,) = recount(core, made, period, lambda _item: None).values()
    with core.read() as reading:
        together = totals(reading, period, OFFICE)
        by_week = {week.monday: week.done for week in weeks(reading, period, OFFICE)}
    assert {name: getattr(together, name) for name in counts} == counts
    expected = recount(core, made, period, lambda item: monday_of(local_day(core, item.closed_at)))
    assert by_week == {monday: expected.get(monday, Counter())["done"] for monday in by_week}
    assert sum(by_week.values()) == counts["done"]


def test_returns_are_counted_with_their_reasons(core: Core, made: History, period: Days):
    counted = [each for each in made.returns if not each.is_recall and local_day(core, each.returned_at) in set(period)]
    with core.read() as reading:
        assert totals(reading, period, OFFICE).returned == len(counted)
        told = {line.reason: line.times for line in reasons(reading, period, OFFICE)}
    assert told == Counter(each.checklist_item or each.reason for each in counted)


def test_cases_are_counted_by_unit_and_by_procedure(core: Core, made: History, period: Days):
    ended = [case for case in made.cases if case.ended_at and local_day(core, case.ended_at) in set(period)]
    completed = Counter(case.unit_id for case in ended if case.state == "completed")
    with core.read() as reading:
        counted = case_counts(reading, period, OFFICE)
        units = {line.unit_id: line.counts.completed for line in cases_by_unit(reading, counted)}
        procedures = [line.counts for line in cases_by_procedure(reading, counted)]
        together = case_totals(reading, period, OFFICE)
    assert {unit: number for unit, number in units.items() if number} == completed
    assert sum(counts.completed for counts in procedures) == together.completed == completed.total()
    assert together.cancelled == sum(case.state == "cancelled" for case in ended)
    assert together.elapsed_minutes == sum(case.elapsed_minutes for case in ended if case.state == "completed")


def test_the_median_is_the_middle_one(core: Core, history: History, period: Days):
    definition = history.definitions[0]
    items = [
        item
        for item in history.items
        if item.state is WorkItemState.COMPLETED
        and item.definition_id == definition
        and item.element == "periksa"
        and item.waited_minutes is not None
        and local_day(core, item.closed_at) in set(period)
    ]
    ordered = sorted(item.waited_minutes + item.worked_minutes for item in items)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    with core.read() as reading:
        assert medians(reading, period, Within(units=None, definition_id=definition))["periksa"].whole == middle


def was_done_before(history: History, item: WorkItem) -> bool:
    """An earlier turn of the same step of its case was over when this one began."""
    return any(
        other is not item
        and (other.instance_id, other.element) == (item.instance_id, item.element)
        and other.state is WorkItemState.COMPLETED
        and other.closed_at <= item.opened_at
        for other in history.items
    )


def test_turns_that_were_not_the_first_of_their_case_are_counted_by_step(core: Core, history: History, period: Days):
    done = [
        item
        for item in history.items
        if item.state is WorkItemState.COMPLETED and local_day(core, item.closed_at) in set(period)
    ]
    definition = Counter(item.definition_id for item in done if was_done_before(history, item)).most_common(1)[0][0]
    again = Counter(
        item.element for item in done if item.definition_id == definition and was_done_before(history, item)
    )
    with core.read() as reading:
        assert done_again(reading, period, Within(units=None, definition_id=definition)) == again


def test_the_procedures_of_the_report_add_up_to_its_totals(core: Core, history: History, period: Days):
    """Also one from which cases only came back."""
    of_one = (WorkItem.definition_id == history.definitions[0], WorkItem.state == WorkItemState.COMPLETED)
    with core.work() as work:
        work.session.execute(update(WorkItem).where(*of_one).values(state=WorkItemState.CANCELLED))
    with core.read() as reading:
        report = monthly_report(reading, period, OFFICE, "")
    assert together(report.procedures).returned == report.total.returned > 0


def test_the_night_makes_every_day_that_is_over(core: Core, clock: FrozenClock, history: History):
    with core.work() as work:
        begin_housekeeping(work)
    core.run_due_jobs()
    with core.read() as reading:
        days = set(reading.session.scalars(select(FigureDay.day)))
        assert max(days) == local_day(core, clock.now()) - timedelta(days=1)
        assert min(days) == min(local_day(core, case.started_at) for case in history.cases)
        assert days_that_differ(reading, made_so_far(reading)) == ()


def test_figures_that_were_changed_are_found_and_made_again(core: Core, clock: FrozenClock, history: History):
    with core.work() as work:
        make_missing(work, 10_000)
    with core.work() as work:
        is_day = StepFigure.length == 1
        day = work.session.scalars(select(StepFigure.day).where(is_day).order_by(StepFigure.day.desc())).first()
        work.session.execute(update(StepFigure).where(StepFigure.day == day, is_day).values(met=StepFigure.met + 1))
    with core.read() as reading:
        assert days_that_differ(reading, made_so_far(reading)) == (day,)
    with core.work() as work:
        rebuild(work, Days(first=day, last=day))
    with core.read() as reading:
        assert days_that_differ(reading, made_so_far(reading)) == ()


def test_the_nightly_check_mends_and_tells_the_administrators(core, clock, history, administrator):
    with core.work() as work:
        make_missing(work, 10_000)
        work.session.execute(delete(StepFigure))
        begin_housekeeping(work)
    core.run_due_jobs()
    with core.read() as reading:
        assert days_that_differ(reading, made_so_far(reading)) == ()
        told = select(Notice.kind).where(Notice.employee_id == administrator, Notice.kind.startswith("figures."))
        assert reading.session.scalars(told).all() == ["figures.differed"]
