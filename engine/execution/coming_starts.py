"""What will start when: the moments of plans and of timers in diagrams, as far as they are known today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice, takewhile

from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.base.unit_of_work import Reading
from engine.calendar.model import Holiday
from engine.definitions.model import DefinitionVersion, ProcessDefinition, StartTrigger
from engine.definitions.timetable import from_payload
from engine.execution.plan_model import OnHoliday, PlannedPerson, StartPlan
from engine.execution.plan_timetable import AN_INSTANT, working_days
from engine.execution.planned_moments import Moment, crontab_of, moments, persons_moment
from engine.expressions.times import Schedule
from engine.jobs.model import Job, JobState
from engine.organisation.model import Employee

AHEAD = timedelta(days=90)
MOST_OF_ONE, MOST_SHOWN = 100, 500  # an hourly timer is told by its first moments


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingStart:
    """A case that will begin at `at`. `why` names the day off from which it was moved, empty for a weekend.

    A timer of a diagram has no plan.
    """

    at: datetime
    definition_key: str
    definition_name: str
    plan_id: int | None = None
    plan_name: str = ""
    whom: str | None = None
    persons_day: date | None = None
    moved_from: date | None = None
    why: str = ""


def coming_starts(reading: Reading) -> tuple[ComingStart, ...]:
    """Of the next ninety days, in order."""
    require(reading.actor, Permission.SEE_PLANS)
    until = reading.now + AHEAD
    holidays = _holidays(reading)
    found = chain(
        _by_crontab(reading, until, holidays), _for_people(reading, until, holidays), _by_timers(reading, until)
    )
    return tuple(sorted(found, key=lambda start: (start.at, start.definition_name, start.whom or ""))[:MOST_SHOWN])


def _by_crontab(reading: Reading, until: datetime, holidays: dict[date, str]) -> Iterator[ComingStart]:
    query = (
        select(StartPlan, ProcessDefinition.key, ProcessDefinition.name, Job.payload)
        .join(ProcessDefinition, ProcessDefinition.id == StartPlan.definition_id)
        .join(Job, Job.id == StartPlan.job_id)
        .where(StartPlan.is_on)
    )
    for plan, key, name, payload in reading.session.execute(query):
        waited_for = datetime.fromisoformat(payload["meant_at"]) - AN_INSTANT
        rule, working = OnHoliday(plan.on_holiday), working_days(reading, plan)
        known = moments(crontab_of(plan.crontab), rule, working, reading.settings.zone, waited_for)
        for moment in islice(takewhile(lambda each: each.at <= until, known), MOST_OF_ONE):
            yield _planned(plan, key, name, moment, holidays)


def _for_people(reading: Reading, until: datetime, holidays: dict[date, str]) -> Iterator[ComingStart]:
    last = until.astimezone(reading.settings.zone).date()
    query = (
        select(
            StartPlan,
            ProcessDefinition.key,
            ProcessDefinition.name,
            PlannedPerson.next_on,
            Employee.name,
            Employee.left_on,
        )
        .join(ProcessDefinition, ProcessDefinition.id == StartPlan.definition_id)
        .join(PlannedPerson, PlannedPerson.plan_id == StartPlan.id)
        .join(Employee, Employee.id == PlannedPerson.employee_id)
        .where(StartPlan.is_on)
        .order_by(StartPlan.id, PlannedPerson.next_on, Employee.id)
    )
    for plan, key, name, next_on, whom, left_on in reading.session.execute(query):
        if next_on - timedelta(days=plan.lead_days) > last + timedelta(days=31):
            continue
        rule, working = OnHoliday(plan.on_holiday), working_days(reading, plan)
        moment = persons_moment(next_on, plan.lead_days, rule, working, reading.settings.zone)
        works_here_then = left_on is None or moment.at.date() < left_on
        if moment.at <= until and works_here_then:
            yield _planned(plan, key, name, moment, holidays, whom, next_on)


def _by_timers(reading: Reading, until: datetime) -> Iterator[ComingStart]:
    query = (
        select(ProcessDefinition.key, ProcessDefinition.name, Job.payload)
        .join(DefinitionVersion, DefinitionVersion.definition_id == ProcessDefinition.id)
        .join(StartTrigger, StartTrigger.version_id == DefinitionVersion.id)
        .join(Job, Job.id == StartTrigger.job_id)
        .where(Job.state == JobState.WAITING)
    )
    for key, name, payload in reading.session.execute(query):
        schedules = _following(from_payload(payload), reading)
        for schedule in islice(takewhile(lambda each: each.due_at <= until, schedules), MOST_OF_ONE):
            yield ComingStart(at=schedule.due_at, definition_key=key, definition_name=name)


def _following(first: Schedule, reading: Reading) -> Iterable[Schedule]:
    schedule: Schedule | None = first
    while schedule is not None:
        yield schedule
        schedule = schedule.next(reading.settings.zone)


def _planned(
    plan: StartPlan,
    key: str,
    definition_name: str,
    moment: Moment,
    holidays: dict[date, str],
    whom: str | None = None,
    persons_day: date | None = None,
) -> ComingStart:
    meant_on = moment.meant_at.date()
    return ComingStart(
        at=moment.at,
        definition_key=key,
        definition_name=definition_name,
        plan_id=plan.id,
        plan_name=plan.name,
        whom=whom,
        persons_day=persons_day,
        moved_from=meant_on if moment.is_moved else None,
        why=holidays.get(meant_on, "") if moment.is_moved else "",
    )


def _holidays(reading: Reading) -> dict[date, str]:
    return {holiday.day: holiday.name for holiday in reading.session.scalars(select(Holiday))}
