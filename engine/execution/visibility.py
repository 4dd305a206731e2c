"""Which cases an actor may see, as a criterion for SQL: what she may not see is never selected."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from engine.access.model import Role
from engine.access.permissions import InstanceAccess
from engine.access.queries import managed_units
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.organisation.queries import position_ids_held
from engine.worklist.model import Candidate, WorkItem, WorkItemState


def visible(reading: Reading) -> ColumnElement[bool]:
    """The cases that the actor may see: she takes part, heads a unit of theirs, or administers the office."""
    actor = reading.actor
    if actor.is_system or Role.ADMINISTRATOR in actor.roles:
        return true()
    if actor.employee_id is None:
        return Instance.id.is_(None)
    conditions = [_takes_part(reading, actor.employee_id)]
    units = _managed(reading, actor.employee_id) if Role.MANAGER in actor.roles else frozenset()
    if units:
        conditions.append(_in_units(units))
    return or_(*conditions)


def instance_access(reading: Reading | UnitOfWork, instance_id: int) -> InstanceAccess:
    """What the permission table must know of a case and its actor, in one statement."""
    actor = reading.actor
    if actor.employee_id is None:
        return InstanceAccess(actor_takes_part=False)
    units = _managed(reading, actor.employee_id) if Role.MANAGER in actor.roles else frozenset()
    row = reading.session.execute(
        select(
            _takes_part(reading, actor.employee_id),
            _in_units(units) if units else Instance.id.is_(None),
        ).where(Instance.id == instance_id)
    ).one_or_none()
    return InstanceAccess(actor_takes_part=bool(row and row[0]), unit_is_managed=bool(row and row[1]))


def _managed(reading: Reading | UnitOfWork, employee_id: int) -> frozenset[int]:
    return managed_units(reading.session, employee_id, reading.now.astimezone(reading.settings.zone).date())


def _takes_part(reading: Reading | UnitOfWork, employee_id: int) -> ColumnElement[bool]:
    held = position_ids_held(reading.session, employee_id, reading.now.astimezone(reading.settings.zone).date())
    may_claim = exists().where(
        Candidate.work_item_id == WorkItem.id,
        or_(Candidate.employee_id == employee_id, Candidate.position_id.in_(held)),
    )
    has_item = exists().where(
        WorkItem.instance_id == Instance.id,
        or_(
            WorkItem.assignee_id == employee_id,
            WorkItem.closed_by_id == employee_id,
            and_(WorkItem.state == WorkItemState.OPEN, may_claim),
        ),
    )
    return or_(Instance.starter_id == employee_id, has_item.correlate(Instance))


def _in_units(units: frozenset[int]) -> ColumnElement[bool]:
    """Cases of the units, of procedures that they own, or with a step that waits in them."""
    waits_there = exists().where(
        WorkItem.instance_id == Instance.id, WorkItem.state == WorkItemState.OPEN, WorkItem.unit_id.in_(units)
    )
    owned = exists().where(ProcessDefinition.id == Instance.definition_id, ProcessDefinition.unit_id.in_(units))
    return or_(Instance.unit_id.in_(units), owned.correlate(Instance), waits_there.correlate(Instance))


def has_item(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    open_item = exists().where(WorkItem.instance_id == Instance.id, WorkItem.state == WorkItemState.OPEN, condition)
    # Only the case is taken from around it: a query over work items may ask this of their cases too.
    return open_item.correlate(Instance)


def has_late_item(now: datetime) -> ColumnElement[bool]:
    return has_item(WorkItem.due_at < now)
