"""Which cases an actor may see, as a criterion for SQL: what she may not see is never selected."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, true, union

from engine.access.model import Role
from engine.access.permissions import InstanceAccess, audits_office
from engine.access.queries import audited_units, led_units
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.model import ProcessDefinition
from engine.execution.model import CaseGrant, Instance
from engine.organisation.queries import position_ids_held
from engine.worklist.behalf import on_behalf_of, principals_for
from engine.worklist.model import Candidate, Comment, Mention, SideQuestion, WorkItem, WorkItemState
from engine.worklist.standing import is_late


def visible(reading: Reading) -> ColumnElement[bool]:
    """Those that the actor may see: she takes part, leads or audits a unit of theirs, or was let in; or all."""
    actor = reading.actor
    if actor.is_system or Role.ADMINISTRATOR in actor.roles or audits_office(actor):
        return true()
    conditions = []
    if actor.employee_id is not None:
        conditions += [_takes_part(reading, actor.employee_id), _let_in(actor.employee_id, reading.now)]
    units = _managed(reading) | audited_units(reading.session, actor)
    if units:
        conditions.append(_in_units(units))
    return or_(*conditions) if conditions else Instance.id.is_(None)


def instance_access(reading: Reading | UnitOfWork, instance_id: int) -> InstanceAccess:
    """What the permission table must know of a case and its actor, in one statement."""
    me, nothing = reading.actor.employee_id, Instance.id.is_(None)
    led, audited = _managed(reading), audited_units(reading.session, reading.actor)
    if me is None and not audited:
        return InstanceAccess(actor_takes_part=False)
    row = reading.session.execute(
        select(
            nothing if me is None else _takes_part(reading, me),
            nothing if me is None else _let_in(me, reading.now),
            _in_units(led) if led else nothing,
            _in_units(audited) if audited else nothing,
        ).where(Instance.id == instance_id)
    ).one_or_none()
    takes_part, may_read, is_managed, is_audited = (False,) * 4 if row is None else map(bool, row)
    return InstanceAccess(
        actor_takes_part=takes_part,
        actor_may_read=may_read,
        unit_is_managed=is_managed,
        unit_is_audited=is_audited,
    )


def _managed(reading: Reading | UnitOfWork) -> frozenset[int]:
    return led_units(reading.session, reading.actor, reading.today)


def _takes_part(reading: Reading | UnitOfWork, employee_id: int) -> ColumnElement[bool]:
    held = position_ids_held(reading.session, employee_id, reading.today)
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
            on_behalf_of(principals_for(reading)),
        ),
    )
    return or_(Instance.starter_id == employee_id, has_item.correlate(Instance))


def _let_in(employee_id: int, now: datetime) -> ColumnElement[bool]:
    """Cases opened to her: by a grant that runs, by a mention, or by a question that waits for her answer.

    Each list is short and has its index, so it is read whole rather than looked for in every case.
    """
    granted = select(CaseGrant.instance_id).where(
        CaseGrant.employee_id == employee_id, or_(CaseGrant.ends_at.is_(None), CaseGrant.ends_at > now)
    )
    mentioned = select(Comment.instance_id).join(Mention).where(Mention.employee_id == employee_id)
    asked = select(SideQuestion.instance_id).where(
        SideQuestion.asked_of_id == employee_id,
        SideQuestion.answered_at.is_(None),
        SideQuestion.withdrawn_at.is_(None),
    )
    return Instance.id.in_(union(granted, mentioned, asked))


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
    return has_item(is_late(now))
