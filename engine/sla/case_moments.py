"""The two moments of a case: those who have it are reminded, then it is late. Handlers of the jobs set at its start."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.audit.operations import record
from engine.base.rows import update_row
from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import locked_instance
from engine.execution.model import Instance
from engine.organisation.queries import head_of_unit
from engine.sla.events import CaseAtRisk, CaseBecameLate
from engine.sla.model import Anchor
from engine.sla.people import holder_ids, responsible_for
from engine.sla.told_of_steps import told_of_steps
from engine.worklist.model import WorkItem, WorkItemState


def case_at_risk(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """At 75 % of the time promised: whoever has it now, or may take it, hears of it, unless her step says it."""
    instance = _running(work, payload["instance_id"])
    if instance is None or instance.due_at is None:
        return
    items = _open_items(work, instance.id)
    told = _holders(work, items) - told_of_steps(work, items, Anchor.RISK, instance.risk_at)
    record(work, "case.reminded", "instance", instance.id, instance.id, number=instance.number, told=sorted(told))
    work.tell(CaseAtRisk(instance_id=instance.id, due_at=instance.due_at, told_ids=told))


def case_overdue(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """At 100 %: the case is late from now on, and the head of its unit hears of it."""
    instance = _running(work, payload["instance_id"])
    if instance is None or instance.due_at is None or instance.due_at > work.now or instance.overdue_at is not None:
        return
    update_row(work.session, instance, overdue_at=work.now)
    today = work.today
    heads = () if instance.unit_id is None else head_of_unit(work.session, instance.unit_id, today)
    items = _open_items(work, instance.id)
    concerned = frozenset(head.employee_id for head in heads) | _holders(work, items)
    told = concerned - told_of_steps(work, items, Anchor.DUE, instance.due_at)
    facts = {"number": instance.number, "due_at": instance.due_at.isoformat(), "told": sorted(told)}
    record(work, "case.became_late", "instance", instance.id, instance.id, **facts)
    work.tell(CaseBecameLate(instance_id=instance.id, due_at=instance.due_at, told_ids=told))


def _running(work: UnitOfWork, instance_id: int) -> Instance | None:
    """None when it has ended, or its clock stands still."""
    instance = locked_instance(work, instance_id)
    return instance if instance.ended_at is None and instance.clock_stopped_at is None else None


def _open_items(work: UnitOfWork, instance_id: int) -> Sequence[WorkItem]:
    query = select(WorkItem).where(WorkItem.instance_id == instance_id, WorkItem.state == WorkItemState.OPEN)
    return work.session.scalars(query).all()


def _holders(work: UnitOfWork, items: Sequence[WorkItem]) -> frozenset[int]:
    today = work.today
    found = (holder_ids(work.session, responsible_for(work.session, item), today) for item in items)
    return frozenset[int]().union(*found)
