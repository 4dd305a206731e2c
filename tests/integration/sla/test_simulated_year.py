"""A year of an office of three hundred: what its clocks and figures say in the end is what its history says."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.base.clock import FrozenClock
from engine.base.database import database_engine
from engine.base.settings import settings_from
from engine.core.core import Core
from engine.core.days import DAY_JOB
from engine.core.housekeeping import SWEEP_JOB
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance, InstanceState
from engine.execution.plan_model import PlannedStart
from engine.insight.figures import ONE_DAY
from engine.insight.model import CaseFigure, StepFigure
from engine.insight.nightly import MAKE_JOB
from engine.jobs.model import Job, JobState
from engine.organisation.model import Unit
from engine.worklist.model import WorkItem, WorkItemState
from tests.conftest import MONDAY_MORNING
from tests.support.depth import IS_NIGHTLY, times
from tests.support.recomputed_figures import Case, History, Key, Step, by_case, by_step
from tests.support.recomputed_starts import counted_starts, last_look, said_starts
from tests.support.simulated_plans import UNIT
from tests.support.simulated_time import ZONE
from tests.support.simulated_year import simulate

CASES = times(50, 20_000)
SEED = 5
HAPPENED = {
    *(f"work_item.{act}" for act in ("claimed", "released", "reassigned", "rerouted", "escalated")),
    *(f"work_item.{act}" for act in ("clock_stopped", "clock_resumed", "became_late")),
    *(f"case.{act}" for act in ("cancelled", "returned", "clock_stopped", "became_late", "deadline_moved")),
    *(f"calendar.{act}" for act in ("holiday_kept", "holiday_dropped", "ramadan_corrected", "hours_kept")),
    *("calendar.unit_day_kept", "holding.begun", "holding.ended", "absence.recorded", "plan.started"),
}
# By day the figures of the year are made at its end; to hold them against the rows each night takes longer than it.
AGAIN_AND_AGAIN = (DAY_JOB, *((MAKE_JOB, SWEEP_JOB) if IS_NIGHTLY else ()))
STEP_SUMS = ("done", "met", "missed", "returned", "waited_minutes", "worked_minutes", "stopped_minutes")
CASE_SUMS = ("started", "completed", "cancelled", "met", "missed", "elapsed_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    session: Session
    history: History
    keys: dict[int, str]


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    folder = tmp_path_factory.mktemp("year")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'year.sqlite')}"
    environment = {"TATAKERJA_DATA": str(folder), "TATAKERJA_SECRET_KEY": "a secret only for tests"}
    settings = settings_from({**environment, "TATAKERJA_DATABASE_URL": url, "TATAKERJA_ZONE": ZONE.key})
    clock, database = FrozenClock(MONDAY_MORNING), database_engine(url)
    event.listen(database, "connect", trust_the_power)
    core = Core(settings, clock, engine=database)
    simulate(core, clock, CASES, SEED, AGAIN_AND_AGAIN)
    with core.read() as reading:
        keys = {each.id: each.key for each in reading.session.scalars(select(ProcessDefinition))}
        yield Year(session=reading.session, history=History(reading.session, ZONE), keys=keys)
    core.close()


def trust_the_power(connection: Any, _record: Any) -> None:
    """Nobody needs this file after a failure of the power, and waiting for the disk takes a good part of the year."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.mark.timeout(4 * 3600 if IS_NIGHTLY else 300)
def test_every_step_waited_was_worked_on_and_stood_still_as_its_history_says(year: Year):
    said = {item.id: _said(item) for item in year.history.items if item.state == WorkItemState.COMPLETED}
    counted = {item.id: year.history.step(item) for item in year.history.items if item.id in said}
    assert differing(said, counted) == {}


def test_every_case_ran_and_was_due_as_its_history_says(year: Year):
    ended = [case for case in year.history.cases if case.state == InstanceState.COMPLETED]
    said = {case.id: _said_of(case) for case in ended}
    assert differing(said, {case.id: year.history.case(case, year.keys[case.definition_id]) for case in ended}) == {}


def test_the_figures_of_every_day_are_those_of_the_history(year: Year):
    figures = year.session.scalars(select(StepFigure).where(StepFigure.length == ONE_DAY))
    said = sums(figures, ("day", "definition_id", "element", "unit_id", "employee_id"), STEP_SUMS)
    assert differing(said, by_step(year.history, ZONE)) == {}


def test_the_figures_of_cases_are_those_of_the_history(year: Year):
    said = sums(year.session.scalars(select(CaseFigure)), ("day", "definition_id", "unit_id"), CASE_SUMS)
    assert differing(said, by_case(year.history, year.keys, ZONE)) == {}


def test_planned_cases_began_when_the_calendar_said(year: Year):
    calendar = year.history.calendar
    unit_id, end = year.session.scalars(select(Unit.id).where(Unit.code == UNIT)).one(), last_look(calendar)
    assert differing(said_starts(year.session, end), counted_starts(year.session, calendar, unit_id, end)) == {}


def test_a_year_has_everything_and_no_job_was_given_up(year: Year):
    acts = set(year.session.scalars(select(AuditEntry.act).distinct()))
    planned = year.session.scalars(select(func.count(PlannedStart.instance_id))).one()
    assert len(year.history.cases) == CASES + planned
    assert acts >= HAPPENED
    assert "figures.rebuilt" not in acts  # those of a night were never found to be wrong later
    assert year.session.scalars(select(Job.last_error).where(Job.state == JobState.DEAD)).all() == []


def differing(said: Any, counted: Any) -> dict[Any, tuple[Any, Any]]:
    """What is said and what was counted, where they are not the same."""
    return {
        key: (said.get(key), counted.get(key))
        for key in sorted({*said, *counted}, key=str)
        if said.get(key) != counted.get(key)
    }


def sums(figures: Any, keys: tuple[str, ...], names: tuple[str, ...]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for row in figures:
        for name in names:
            found[*(getattr(row, key) for key in keys), name] += getattr(row, name)
    return +found


def _said(item: WorkItem) -> Step:
    waited, worked = item.waited_minutes or 0, item.worked_minutes or 0
    return Step(waited=waited, worked=worked, stopped=item.stopped_minutes, due_at=item.due_at)


def _said_of(case: Instance) -> Case:
    return Case(elapsed=case.elapsed_minutes or 0, stopped=case.stopped_minutes, due_at=case.due_at)
