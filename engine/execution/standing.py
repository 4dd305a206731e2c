"""How running cases stand with time and people, as criteria: so numbers and the lists behind them agree."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_

from engine.access.reachable import can_sign_in, reaches_nobody
from engine.execution.model import Instance, InstanceState
from engine.execution.visibility import has_item, has_late_item
from engine.organisation.holdings import covers
from engine.organisation.model import Absence, Employee, Holding
from engine.worklist.model import Candidate, WorkItem
from engine.worklist.standing import is_at_risk, is_late

RUNNING = (InstanceState.ACTIVE, InstanceState.INCIDENT)


class Standing(StrEnum):
    RUNNING = "running"
    LATE = "late"  # a step of it, or the case as a whole
    AT_RISK = "at_risk"  # three quarters of the time of a step, or of the case, have passed, and nothing is late
    ON_TRACK = "on_track"
    WAITING = "waiting"  # its clock stands still while it waits for somebody outside
    STOPPED = "stopped"  # by a fault: it goes on when an administrator has mended it
    UNASSIGNED = "unassigned"  # a step for which nobody can be found


def stands(standing: Standing, now: datetime) -> ColumnElement[bool]:
    """True for the cases that run and stand like this."""
    running = Instance.state.in_(RUNNING)
    late = or_(has_late_item(now), and_(Instance.due_at.is_not(None), case_is_late(now)))
    at_risk = or_(has_item(is_at_risk(now)), and_(Instance.due_at.is_not(None), case_is_at_risk(now)))
    match standing:
        case Standing.RUNNING:
            return running
        case Standing.LATE:
            return and_(running, late)
        case Standing.AT_RISK:
            return and_(running, ~late, at_risk)
        case Standing.ON_TRACK:
            return and_(Instance.state == InstanceState.ACTIVE, ~late, ~at_risk)
        case Standing.WAITING:
            return and_(running, Instance.clock_stopped_at.is_not(None))
        case Standing.STOPPED:
            return Instance.state == InstanceState.INCIDENT
        case Standing.UNASSIGNED:
            return and_(running, has_item(waits_for_nobody()))


def case_is_late(now: datetime) -> ColumnElement[bool]:
    return is_late(now, Instance.due_at, Instance.clock_stopped_at)


def case_is_at_risk(now: datetime) -> ColumnElement[bool]:
    return is_at_risk(now, Instance.risk_at, Instance.due_at, Instance.clock_stopped_at)


def holder_is_away(on: date) -> ColumnElement[bool]:
    """True for open items whose holder is not at her desk on this day."""
    return exists().where(Absence.employee_id == WorkItem.assignee_id, Absence.starts_on <= on, Absence.ends_on >= on)


def waits_for_nobody() -> ColumnElement[bool]:
    """True for open items that nobody is found for, or that lie with somebody who cannot sign in."""
    return or_(lacks_performer(), holder_sees_nothing())


def holder_sees_nothing() -> ColumnElement[bool]:
    return and_(WorkItem.assignee_id.is_not(None), reaches_nobody(WorkItem.assignee_id))


def queue_is_unseen(on: date) -> ColumnElement[bool]:
    """Open items in a queue of which nobody can sign in."""
    lies_there = Candidate.work_item_id == WorkItem.id
    in_person = exists().where(lies_there, can_sign_in(Candidate.employee_id))
    # Whoever has work may stand in the statement around it: these are others.
    by_position = (
        exists()
        .where(lies_there, Holding.position_id == Candidate.position_id, Employee.id == Holding.employee_id)
        .where(covers(on), can_sign_in(Holding.employee_id))
        .correlate(WorkItem)
    )
    return and_(WorkItem.assignee_id.is_(None), exists().where(lies_there), ~in_person, ~by_position)


def lacks_performer() -> ColumnElement[bool]:
    return and_(WorkItem.assignee_id.is_(None), ~exists().where(Candidate.work_item_id == WorkItem.id))
