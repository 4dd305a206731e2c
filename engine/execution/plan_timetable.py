"""Which job a plan waits for: that of its next moment, or one for each of its people; all move with the calendar."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.calendar.queries import working_hours
from engine.definitions.model import ProcessDefinition
from engine.execution.plan_model import OnHoliday, PlannedPerson, StartPlan
from engine.execution.planned_moments import (
    IsWorkingDay,
    Moment,
    crontab_of,
    day_after_months,
    first_moment,
    moments,
    persons_moment,
)
from engine.jobs.model import Job
from engine.jobs.operations import NewJob, cancel, cancel_by_key, schedule_again, schedule_all_again

PLAN_JOB, PERSON_JOB, MOVE_JOB = "plan.start", "plan.start_person", "plan.move"
AN_INSTANT = timedelta(microseconds=1)


def set_next(work: UnitOfWork, plan: StartPlan, after: datetime) -> None:
    """The job of the first moment meant for later than `after`; of those that passed, one case made up for all."""
    if plan.crontab is not None:
        working = working_days(work, plan)
        cron, zone = crontab_of(plan.crontab), work.settings.zone
        _await(work, plan, first_moment(cron, OnHoliday(plan.on_holiday), working, zone, after, work.now))


def is_awaited(work: UnitOfWork, plan: StartPlan, meant_at: datetime) -> bool:
    """Whether the plan waits for this moment, and not for another since."""
    job = work.session.get(Job, plan.job_id) if plan.job_id is not None else None
    return job is not None and datetime.fromisoformat(job.payload["meant_at"]) == meant_at


def set_persons_next(work: UnitOfWork, plan: StartPlan, people: Collection[PlannedPerson]) -> None:
    """A job for the next day of each; one that has passed begins at once, for nobody's day is lost."""
    working, zone = working_days(work, plan), work.settings.zone
    jobs = [
        NewJob(
            kind=PERSON_JOB,
            key=_key(person),
            due_at=persons_moment(person.next_on, plan.lead_days, OnHoliday(plan.on_holiday), working, zone).at,
            payload={
                "plan_id": plan.id,
                "employee_id": person.employee_id,
                "next_on": person.next_on.isoformat(),
            },
        )
        for person in people
    ]
    schedule_all_again(work, jobs)


def at_once(work: UnitOfWork, plan: StartPlan, people: Sequence[PlannedPerson]) -> list[PlannedPerson]:
    """Those whose case begins at once, since its moment has passed."""
    if not plan.is_on or not people:
        return []
    working, zone, rule = working_days(work, plan), work.settings.zone, OnHoliday(plan.on_holiday)
    return [each for each in people if persons_moment(each.next_on, plan.lead_days, rule, working, zone).at <= work.now]


def next_of_person(plan: StartPlan, person: PlannedPerson) -> date:
    if plan.every_months is None:
        raise LookupError(f"plan {plan.id} is not for people")
    return day_after_months(person.next_on, plan.every_months, person.day_of_month)


def stop(work: UnitOfWork, plan: StartPlan) -> None:
    """Nothing is waited for any more."""
    if plan.job_id is not None:
        cancel(work, [plan.job_id])
        plan.job_id = None
    forget_days(work, people_of(work.session, plan.id))


def forget_days(work: UnitOfWork, people: Collection[PlannedPerson]) -> None:
    cancel_by_key(work, *[_key(person) for person in people])


def people_of(session: Session, plan_id: int) -> Sequence[PlannedPerson]:
    query = select(PlannedPerson).where(PlannedPerson.plan_id == plan_id)
    return session.scalars(query.order_by(PlannedPerson.employee_id)).all()


def working_days(reading: UnitOfWork | Reading, plan: StartPlan) -> IsWorkingDay:
    """Those of the plan's unit, or of the unit that keeps its procedure."""
    session = reading.session
    unit_id = plan.unit_id or session.get_one(ProcessDefinition, plan.definition_id).unit_id
    return working_hours(session, reading.settings.zone, unit_id).is_working_day


def move_all(work: UnitOfWork) -> None:
    """In the background, and once for several changes in a row."""
    schedule_again(work, MOVE_JOB, MOVE_JOB, work.now, {})


def move_moments(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """The calendar was changed: what is to come moves with it; what would have been by now comes at once."""
    for plan in work.session.scalars(select(StartPlan).where(StartPlan.is_on).order_by(StartPlan.id)):
        if plan.crontab is None:
            set_persons_next(work, plan, people_of(work.session, plan.id))
        else:
            _move(work, plan, plan.crontab)


def _move(work: UnitOfWork, plan: StartPlan, crontab: str) -> None:
    job = work.session.get(Job, plan.job_id) if plan.job_id is not None else None
    if job is None:
        set_next(work, plan, work.now)
        return
    working, zone, was = working_days(work, plan), work.settings.zone, job.due_at
    waited_for = datetime.fromisoformat(job.payload["meant_at"]) - AN_INSTANT
    found = moments(crontab_of(crontab), OnHoliday(plan.on_holiday), working, zone, waited_for)
    moment = next(found, None)
    if moment is not None and moment.at != was:
        facts = {"name": plan.name, "was_at": was.isoformat(), "due_at": moment.at.isoformat()}
        record(work, "plan.moved", "start_plan", plan.id, None, **facts)
    _await(work, plan, moment)


def _await(work: UnitOfWork, plan: StartPlan, moment: Moment | None) -> None:
    if plan.job_id is not None:
        cancel(work, [plan.job_id])
    plan.job_id = None if moment is None else _job_of(work, plan, moment)


def _job_of(work: UnitOfWork, plan: StartPlan, moment: Moment) -> int:
    meant_at = moment.meant_at.isoformat()
    payload = {"plan_id": plan.id, "meant_at": meant_at}
    return schedule_again(work, PLAN_JOB, f"{PLAN_JOB}:{plan.id}:{meant_at}", moment.at, payload)


def _key(person: PlannedPerson) -> str:
    return f"{PERSON_JOB}:{person.plan_id}:{person.employee_id}:{person.next_on.isoformat()}"
