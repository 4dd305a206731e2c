"""How running cases stand with time and people, as criteria: so numbers and the lists behind them agree."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_

from engine.access.reachable import can_sign_in, reaches_nobody, unseen_positions
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.model import Instance, InstanceState
from engine.execution.visibility import has_item, has_late_item
from engine.organisation.model import Absence
from engine.worklist.model import Candidate, WorkItem
from engine.worklist.standing import Column, is_at_risk, is_late

Look = Reading | UnitOfWork
RUNNING = (InstanceState.ACTIVE, InstanceState.INCIDENT)


class Standing(StrEnum):
    RUNNING = "running"
    LATE = "late"  # a step of it, or the case as a whole
    AT_RISK = "at_risk"  # three quarters of the time of a step, or of the case, have passed, and nothing is late
    ON_TRACK = "on_track"
    WAITING = "waiting"  # its clock stands still while it waits for somebody outside
    STOPPED = "stopped"  # by a fault: it goes on when an administrator has mended it
    UNASSIGNED = "unassigned"  # a step for which nobody can be found


def stands(standing: Standing, reading: Reading) -> ColumnElement[bool]:
    """True for the cases that run and stand like this."""
    match standing:
        case Standing.WAITING:
            return and_(Instance.state.in_(RUNNING), Instance.clock_stopped_at.is_not(None))
        case Standing.UNASSIGNED:
            return and_(Instance.state.in_(RUNNING), has_item(waits_for_nobody(reading)))
        case _:
            return stands_by(standing, Instance.state, has_become_late(reading.now), has_come_at_risk(reading.now))


def stands_by(
    standing: Standing, state: Column, late: ColumnElement[bool], at_risk: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The same of cases whose lateness and risk are known already: of many it is found out once for each."""
    conditions: Mapping[Standing, ColumnElement[bool]] = {
        Standing.RUNNING: state.in_(RUNNING),
        Standing.LATE: and_(state.in_(RUNNING), late),
        Standing.AT_RISK: and_(state.in_(RUNNING), ~late, at_risk),
        Standing.ON_TRACK: and_(state == InstanceState.ACTIVE, ~late, ~at_risk),
        Standing.STOPPED: state == InstanceState.INCIDENT,
    }
    return conditions[standing]


def has_become_late(now: datetime) -> ColumnElement[bool]:
    """The case, or a step of it."""
    return or_(has_late_item(now), and_(Instance.due_at.is_not(None), case_is_late(now)))


def has_come_at_risk(now: datetime) -> ColumnElement[bool]:
    """The same; what is late besides is not left out."""
    return or_(has_item(is_at_risk(now)), and_(Instance.due_at.is_not(None), case_is_at_risk(now)))


def case_is_late(now: datetime) -> ColumnElement[bool]:
    return is_late(now, Instance.due_at, Instance.clock_stopped_at)


def case_is_at_risk(now: datetime) -> ColumnElement[bool]:
    return is_at_risk(now, Instance.risk_at, Instance.due_at, Instance.clock_stopped_at)


def holder_is_away(on: date) -> ColumnElement[bool]:
    """True for open items whose holder is not at her desk on this day."""
    return exists().where(Absence.employee_id == WorkItem.assignee_id, Absence.starts_on <= on, Absence.ends_on >= on)


def waits_for_nobody(look: Look) -> ColumnElement[bool]:
    """True for open items that nobody sees: neither who has them, nor anybody who may claim them, can sign in."""
    return or_(and_(WorkItem.assignee_id.is_(None), ~_is_offered(look)), holder_sees_nothing())


def holder_sees_nothing() -> ColumnElement[bool]:
    return and_(WorkItem.assignee_id.is_not(None), reaches_nobody(WorkItem.assignee_id))


def queue_is_unseen(look: Look) -> ColumnElement[bool]:
    """Open items in a queue of which nobody can sign in."""
    return and_(WorkItem.assignee_id.is_(None), ~lacks_performer(), ~_is_offered(look))


def _is_offered(look: Look) -> ColumnElement[bool]:
    """Items that somebody may claim who can sign in.

    The few positions that have nobody like that are asked for first: else it would be found out for each item.
    """
    unseen = unseen_positions(look.session, look.today)
    by_position = and_(Candidate.position_id.is_not(None), Candidate.position_id.not_in(unseen))
    return exists().where(Candidate.work_item_id == WorkItem.id, or_(by_position, can_sign_in(Candidate.employee_id)))


def lacks_performer() -> ColumnElement[bool]:
    return and_(WorkItem.assignee_id.is_(None), ~exists().where(Candidate.work_item_id == WorkItem.id))
