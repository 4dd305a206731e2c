"""What has happened in a case so far: step by step for people, and element by element for its diagram."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from engine.execution.model import ActivityRecord, Incident
from engine.organisation.model import Employee
from engine.worklist.model import WorkItem, WorkItemState

# Before calls led to other files, the id of an element was enough.
NODE = func.coalesce(func.nullif(ActivityRecord.node, ""), ActivityRecord.element).label("node")


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyLine:
    """One step that a person did or has to do; `reason` says why it was hers, as a text with its params.

    `waiver` is by whom, when and why one person was allowed to do this step and its pair.
    """

    work_item_id: int
    element: str
    node: str
    title: str
    reason: Mapping[str, Any]
    state: WorkItemState
    assignee_name: str | None
    closed_by_name: str | None
    closed_for_name: str | None
    opened_at: datetime
    due_at: datetime | None
    clock_stopped_at: datetime | None
    stopped_minutes: int
    closed_at: datetime | None
    done_at: datetime | None
    answers: Mapping[str, Any] | None
    waiver: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMark:
    """What the diagram shows at a node: tokens there now, how often it was passed, whether it has failed."""

    node: str
    living: int
    passed: int
    has_failed: bool


def journey(session: Session, instance_id: int) -> tuple[JourneyLine, ...]:
    """Every person's step so far and now, in the order in which they came."""
    query = (
        select(WorkItem, Employee.name)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .where(WorkItem.instance_id == instance_id)
        .order_by(WorkItem.id)
    )
    return tuple(
        JourneyLine(
            work_item_id=item.id,
            element=item.element,
            node=item.node or item.element,
            title=item.title,
            reason=item.assignment_reason or {},
            state=WorkItemState(item.state),
            assignee_name=assignee,
            closed_by_name=item.closed_by_name,
            closed_for_name=item.closed_for_name,
            opened_at=item.opened_at,
            due_at=item.due_at,
            clock_stopped_at=item.clock_stopped_at,
            stopped_minutes=item.stopped_minutes,
            closed_at=item.closed_at,
            done_at=item.done_at,
            answers=item.answers,
            waiver=item.four_eyes_waiver,
        )
        for item, assignee in session.execute(query)
    )


def element_marks(session: Session, instance_id: int) -> tuple[ElementMark, ...]:
    passed = and_(ActivityRecord.closed_at.is_not(None), ActivityRecord.was_cancelled.is_(False))
    query = (
        select(
            NODE,
            func.sum(case((ActivityRecord.closed_at.is_(None), 1), else_=0)).label("living"),
            func.sum(case((passed, 1), else_=0)).label("passed"),
            func.count(Incident.id).label("failed"),
        )
        .outerjoin(Incident, and_(*_is_its_open_incident()))
        .where(ActivityRecord.instance_id == instance_id)
        .group_by(NODE)
    )
    return tuple(
        ElementMark(node=row.node, living=int(row.living), passed=int(row.passed), has_failed=row.failed > 0)
        for row in session.execute(query)
    )


def _is_its_open_incident() -> tuple[ColumnElement[bool], ...]:
    return (
        Incident.instance_id == ActivityRecord.instance_id,
        Incident.activity_id == ActivityRecord.activity_id,
        Incident.resolved_at.is_(None),
    )
