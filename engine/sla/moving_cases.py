"""When the calendar changes, the deadlines of whole cases move too; what an applicant was promised stays promised."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from engine.audit.operations import record
from engine.base.edition import read_edition
from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.jobs.operations import schedule_again
from engine.sla.events import CaseDeadlinesMoved
from engine.sla.moved_cases import Moved, news_for
from engine.sla.moved_news import Gathered, gathered
from engine.sla.reach import of_unit
from engine.sla.recounting import case_moments, recount, stops_of_cases
from engine.worklist.deadlines import CaseMoments, schedule_case_deadlines_again

MOVE_CASES_JOB = "sla.move_cases"
AT_ONCE = 200


def move_all_cases(work: UnitOfWork, unit_id: int | None) -> None:
    """Those of a unit and the units below it, or all."""
    payload = {"unit_id": unit_id, "after": 0}
    schedule_again(work, MOVE_CASES_JOB, f"{MOVE_CASES_JOB}:{unit_id or 'all'}:0", work.now, payload)


def move_cases(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Some of the running cases, in order of their ids, and a job for the next ones.

    Whom it concerns is gathered on the way and told in the end: one notice each, however many cases have moved.
    """
    read_edition(work.session)  # the hours of all units are read once then, not for each case
    unit_id = payload.get("unit_id")
    cases = _some_running(work, unit_id, payload["after"])
    stops = stops_of_cases(work, [case.id for case in cases])
    counted = [(case, case_moments(work, case, stops)) for case in cases]
    found = [(case, was) for case, values in counted if (was := recount(work, case, values)) is not None]
    running = [(case, was) for case, was in found if case.clock_stopped_at is None]  # as with steps
    schedule_case_deadlines_again(work, [_moments(case) for case, _was in running])
    for case, was in running:
        _record(work, case, was)
    moved = [Moved(case=case, was_at=was) for case, was in running if case.due_at != was]
    told = gathered(payload.get("told", {}), news_for(work, moved))
    if len(cases) == AT_ONCE:
        _go_on(work, payload, cases[-1].id, told)
    elif told:
        work.tell(CaseDeadlinesMoved(unit_id=unit_id, told=told))


def _go_on(work: UnitOfWork, payload: Mapping[str, Any], after: int, told: Gathered) -> None:
    """Under a key of its own: another change that begins meanwhile does not take away what was gathered."""
    unit_id, begun = payload.get("unit_id"), payload.get("begun") or work.now.isoformat()
    key = f"{MOVE_CASES_JOB}:{unit_id or 'all'}:{after}:{begun}"
    going = {"unit_id": unit_id, "after": after, "begun": begun, "told": told}
    schedule_again(work, MOVE_CASES_JOB, key, work.now, going)


def _some_running(work: UnitOfWork, unit_id: int | None, after: int) -> Sequence[Instance]:
    query = (
        select(Instance)
        .where(Instance.ended_at.is_(None), Instance.id > after)
        .where(or_(Instance.due_at.is_not(None), Instance.stopped_minutes > 0))
        .where(of_unit(work.session, Instance.unit_id, unit_id))
        .order_by(Instance.id)
        .limit(AT_ONCE)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return work.session.scalars(query).all()


def _moments(case: Instance) -> CaseMoments:
    if case.risk_at is None or case.due_at is None:
        raise LookupError(f"case {case.id} has no moments")
    return CaseMoments(instance_id=case.id, risk_at=case.risk_at, due_at=case.due_at)


def _record(work: UnitOfWork, case: Instance, was: datetime) -> None:
    facts = {"number": case.number, "was_at": was.isoformat(), "due_at": _moments(case).due_at.isoformat()}
    record(work, "case.deadline_moved", "instance", case.id, case.id, **facts)
