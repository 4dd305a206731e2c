"""Where time goes: waiting against working at each step, its median, and work that came back with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.execution.model import Instance
from engine.insight.counting import WAS_DONE_AGAIN, was_done, was_returned
from engine.insight.days import Days, moments
from engine.insight.within import OF_DONE, OF_RETURNS, Within, matches
from engine.worklist.model import Return, WorkItem

MOST_REASONS = 20
LONGEST_REASON = 120
MINUTES: Mapping[str, Any] = {
    "waited": WorkItem.waited_minutes,
    "worked": WorkItem.worked_minutes,
    "whole": WorkItem.waited_minutes + WorkItem.worked_minutes,
}
# What was missing by the checklist says it shortest; without it the words of whoever sent it back.
REASON: ColumnElement[str] = func.substr(func.coalesce(Return.checklist_item, Return.reason), 1, LONGEST_REASON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """Of the steps that were done: working minutes that they waited to be taken, and that the work took."""

    waited: float
    worked: float
    whole: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    reason: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """From which item a case went back, and why."""

    return_id: int
    work_item_id: int
    number: str
    case_title: str
    title: str
    reason: str
    checklist_item: str | None
    returned_at: datetime
    returned_by: str


def medians(reading: Reading, days: Days, within: Within) -> Mapping[str, Median]:
    """By step of one procedure, of those whose minutes are known; half of them took less, half took more."""
    span = moments(days, reading.settings.zone)
    minutes = (
        select(
            WorkItem.element,
            func.count().over(partition_by=WorkItem.element).label("number"),
            *(_ranked(column, name) for name, column in MINUTES.items()),
            *(column.label(name) for name, column in MINUTES.items()),
        )
        .where(was_done(span), MINUTES["whole"].is_not(None), matches(within, OF_DONE))
        .subquery()
    )
    middle = [(minutes.c.number + 1) // 2, (minutes.c.number + 2) // 2]
    columns = [func.avg(minutes.c[name]).filter(minutes.c[f"{name}_rank"].in_(middle)).label(name) for name in MINUTES]
    query = select(minutes.c.element, *columns).group_by(minutes.c.element)
    return {
        row.element: Median(**{name: float(row._mapping[name]) for name in MINUTES})
        for row in reading.session.execute(query)
    }


def done_again(reading: Reading, days: Days, within: Within) -> Mapping[str, int]:
    """By step of one procedure, how many turns were not the first of their case."""
    span = moments(days, reading.settings.zone)
    counted = select(WorkItem.element, func.count().label("turns")).group_by(WorkItem.element)
    query = counted.where(was_done(span), WAS_DONE_AGAIN, matches(within, OF_DONE))
    return {row.element: row.turns for row in reading.session.execute(query)}


def reasons(reading: Reading, days: Days, within: Within) -> tuple[ReasonLine, ...]:
    """Why cases came back, the most frequent first."""
    query = (
        select(REASON.label("reason"), func.count().label("times"))
        .select_from(Return)
        .join(WorkItem, WorkItem.id == Return.work_item_id)
        .where(*_of(reading, days, within))
        .group_by(REASON)
        .order_by(func.count().desc(), REASON)
        .limit(MOST_REASONS)
    )
    return tuple(ReasonLine(reason=row.reason, times=row.times) for row in reading.session.execute(query))


def returned(
    reading: Reading,
    days: Days,
    within: Within,
    reason: str | None = None,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[ReturnedLine]:
    """What stands behind a count of returns, the latest first."""
    query = (
        select(
            Return.id.label("return_id"),
            Return.work_item_id,
            Instance.number,
            Instance.title.label("case_title"),
            WorkItem.title,
            Return.reason,
            Return.checklist_item,
            Return.returned_at,
            Return.returned_by,
        )
        .join(WorkItem, WorkItem.id == Return.work_item_id)
        .join(Instance, Instance.id == Return.instance_id)
        .where(*_of(reading, days, within))
        .order_by(Return.id.desc())
        .limit(size + 1)
    )
    if reason is not None:
        query = query.where(REASON.in_([reason]))
    if cursor:
        query = query.where(Return.id < id_from_cursor(cursor))
    lines = [ReturnedLine(**row._mapping) for row in reading.session.execute(query)]
    return page_of(lines, size, lambda line: [line.return_id])


def _of(reading: Reading, days: Days, within: Within) -> tuple[ColumnElement[bool], ...]:
    span = moments(days, reading.settings.zone)
    return was_returned(span), WorkItem.definition_id.is_not(None), matches(within, OF_RETURNS)


def _ranked(column: Any, name: str) -> ColumnElement[int]:
    # Among equals any order gives the same middle, and what is not asked for need not stand in the index.
    return func.row_number().over(partition_by=WorkItem.element, order_by=column).label(f"{name}_rank")
