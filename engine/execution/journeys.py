"""What has happened in a case so far: step by step for people, and element by element for its diagram."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from engine.execution.model import ActivityRecord
from engine.organisation.model import Employee
from engine.worklist.model import WorkItem, WorkItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyLine:
    """One step that a person did or has to do."""

    work_item_id: int
    element: str
    title: str
    state: WorkItemState
    assignee_name: str | None
    closed_by_name: str | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    answers: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMark:
    """What the diagram shows at an element: tokens there now, and how often it was passed."""

    element: str
    living: int
    passed: int


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
            title=item.title,
            state=WorkItemState(item.state),
            assignee_name=assignee,
            closed_by_name=item.closed_by_name,
            opened_at=item.opened_at,
            due_at=item.due_at,
            closed_at=item.closed_at,
            answers=item.answers,
        )
        for item, assignee in session.execute(query)
    )


def element_marks(session: Session, instance_id: int) -> tuple[ElementMark, ...]:
    passed = and_(ActivityRecord.closed_at.is_not(None), ActivityRecord.was_cancelled.is_(False))
    query = (
        select(
            ActivityRecord.element,
            func.sum(case((ActivityRecord.closed_at.is_(None), 1), else_=0)).label("living"),
            func.sum(case((passed, 1), else_=0)).label("passed"),
        )
        .where(ActivityRecord.instance_id == instance_id)
        .group_by(ActivityRecord.element)
    )
    return tuple(
        ElementMark(element=row.element, living=int(row.living), passed=int(row.passed))
        for row in session.execute(query)
    )
