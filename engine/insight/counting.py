"""What was done, counted from the rows themselves: the one definition of every figure of a period."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from engine.execution.model import Instance, InstanceState
from engine.insight.days import Moments
from engine.worklist.model import Return, WorkItem, WorkItemState

Query = Select[*tuple[Any, ...]]

# What was entered from paper was done when the paper says.
DONE_AT = func.coalesce(WorkItem.done_at, WorkItem.closed_at, type_=WorkItem.closed_at.type)
WAS_MET = and_(WorkItem.due_at.is_not(None), WorkItem.due_at >= DONE_AT)
WAS_MISSED = and_(WorkItem.due_at.is_not(None), WorkItem.due_at < DONE_AT)
CASE_MET = and_(Instance.due_at.is_not(None), Instance.ended_at <= Instance.due_at)
CASE_MISSED = and_(Instance.due_at.is_not(None), Instance.ended_at > Instance.due_at)
IS_RETURN = Return.is_recall.is_(False)
BEFORE = aliased(WorkItem)
# Sent back by somebody, or led back by a decision of the diagram: the same step of the same case was done before.
WAS_DONE_AGAIN = exists().where(
    BEFORE.instance_id == WorkItem.instance_id,
    BEFORE.element == WorkItem.element,
    BEFORE.state == WorkItemState.COMPLETED,
    BEFORE.closed_at <= WorkItem.opened_at,
    BEFORE.id != WorkItem.id,
)

STEP_COUNTS = (
    *("done", "met", "missed", "returned"),
    *("waited_minutes", "worked_minutes", "stopped_minutes", "norm_minutes"),
)
CASE_COUNTS = ("started", "completed", "cancelled", "met", "missed", "elapsed_minutes")
STEP_KEYS = ("definition_id", "element", "title", "unit_id", "employee_id")
CASE_KEYS = ("definition_id", "unit_id")


def was_done(within: Moments) -> ColumnElement[bool]:
    """A day's work is what was completed on it: by then it is in the database, and never changes its day."""
    return and_(
        WorkItem.state == WorkItemState.COMPLETED,
        WorkItem.definition_id.is_not(None),
        WorkItem.closed_at >= within.begin,
        WorkItem.closed_at < within.end,
    )


def was_returned(within: Moments) -> ColumnElement[bool]:
    return and_(IS_RETURN, Return.returned_at >= within.begin, Return.returned_at < within.end)


def has_started(within: Moments) -> ColumnElement[bool]:
    return and_(Instance.started_at >= within.begin, Instance.started_at < within.end)


def has_ended(within: Moments) -> ColumnElement[bool]:
    return and_(Instance.ended_at >= within.begin, Instance.ended_at < within.end)


def done_steps(within: Moments, *conditions: ColumnElement[bool]) -> Query:
    """By procedure, step, unit and person: how many, in time or not, and their minutes."""
    by = (WorkItem.definition_id, WorkItem.element, WorkItem.unit_id, WorkItem.closed_by_id)
    return (
        select(
            WorkItem.definition_id,
            WorkItem.element,
            func.max(WorkItem.title).label("title"),
            WorkItem.unit_id,
            WorkItem.closed_by_id.label("employee_id"),
            func.count().label("done"),
            count(WAS_MET).label("met"),
            count(WAS_MISSED).label("missed"),
            literal(0).label("returned"),
            total(WorkItem.waited_minutes).label("waited_minutes"),
            total(WorkItem.worked_minutes).label("worked_minutes"),
            total(WorkItem.stopped_minutes).label("stopped_minutes"),
            total(WorkItem.norm_minutes).label("norm_minutes"),
        )
        .where(was_done(within), *conditions)
        .group_by(*by)
    )


def returned_steps(within: Moments, *conditions: ColumnElement[bool]) -> Query:
    """The items from which a case went back for revision, with whoever sent it back."""
    by = (WorkItem.definition_id, WorkItem.element, WorkItem.unit_id, Return.returned_by_id)
    counts = {name: literal(0).label(name) for name in STEP_COUNTS} | {"returned": func.count().label("returned")}
    return (
        select(
            WorkItem.definition_id,
            WorkItem.element,
            func.max(WorkItem.title).label("title"),
            WorkItem.unit_id,
            Return.returned_by_id.label("employee_id"),
            *counts.values(),
        )
        .select_from(Return)
        .join(WorkItem, WorkItem.id == Return.work_item_id)
        .where(was_returned(within), WorkItem.definition_id.is_not(None), *conditions)
        .group_by(*by)
    )


def started_cases(within: Moments, *conditions: ColumnElement[bool]) -> Query:
    counts = {name: literal(0).label(name) for name in CASE_COUNTS} | {"started": func.count().label("started")}
    return (
        select(Instance.definition_id, Instance.unit_id, *counts.values())
        .where(has_started(within), *conditions)
        .group_by(Instance.definition_id, Instance.unit_id)
    )


def ended_cases(within: Moments, *conditions: ColumnElement[bool]) -> Query:
    """Only what was completed kept its deadline or missed it; what was cancelled did neither."""
    completed = Instance.state == InstanceState.COMPLETED
    return (
        select(
            Instance.definition_id,
            Instance.unit_id,
            literal(0).label("started"),
            count(completed).label("completed"),
            count(Instance.state == InstanceState.CANCELLED).label("cancelled"),
            count(and_(completed, CASE_MET)).label("met"),
            count(and_(completed, CASE_MISSED)).label("missed"),
            total(case((completed, Instance.elapsed_minutes), else_=0)).label("elapsed_minutes"),
        )
        .where(has_ended(within), *conditions)
        .group_by(Instance.definition_id, Instance.unit_id)
    )


def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return total(case((condition, 1), else_=0))


def total(column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)
