"""The orders in which an inbox can stand. Each page goes on after a key, by as many ranges as its order has there.

A range is what an index holds in one piece: "after this moment" and "without a moment" are two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, and_, literal, or_, true, tuple_

from engine.base.paging import LARGEST_ID, BadCursor, from_cursor
from engine.execution.model import Instance
from engine.worklist.model import WorkItem
from engine.worklist.queries import InboxLine
from engine.worklist.terms import Priority, Sort
from engine.worklist.views import View

LONGEST_NUMBER = 40
Ranges = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`by` ends with the id of the item; `ranges` are what comes after the cursor."""

    by: tuple[SQLColumnExpression[Any], ...]
    ranges: Ranges


def order_of(view: View, sort: Sort, cursor: str | None) -> Order:
    """Done work stands by the moment of closing; raises BadCursor."""
    if view is View.DONE:
        return Order(by=(WorkItem.closed_at.desc(), WorkItem.id.desc()), ranges=_after_closing(cursor))
    by_due = (WorkItem.due_at.asc().nulls_last(), WorkItem.id)
    match sort:
        case Sort.DUE:
            return Order(by=by_due, ranges=_after_due(cursor))
        case Sort.ARRIVED:  # ids are given in the order of arrival
            return Order(by=(WorkItem.id.desc(),), ranges=_after_arrival(cursor))
        case Sort.PRIORITY:
            return Order(by=(WorkItem.priority.desc(), *by_due), ranges=_after_priority(cursor))
        case Sort.NUMBER:
            return Order(by=(Instance.number, WorkItem.id), ranges=_after_number(cursor))


def key_of(view: View, sort: Sort, line: InboxLine, number: str) -> Sequence[Any]:
    """The key of a line, to be written into a cursor."""
    if view is View.DONE:
        return (_written(line.closed_at), line.work_item_id)
    match sort:
        case Sort.DUE:
            return (_written(line.due_at), line.work_item_id)
        case Sort.ARRIVED:
            return (line.work_item_id,)
        case Sort.PRIORITY:
            return (line.priority, _written(line.due_at), line.work_item_id)
        case Sort.NUMBER:
            return (number, line.work_item_id)


def _after_due(cursor: str | None) -> Ranges:
    if not cursor:
        return (true(),)
    moment, item_id = from_cursor(cursor, 2)
    return _later(_moment(moment), _id(item_id))


def _later(due_at: datetime | None, item_id: int) -> Ranges:
    """What is due later or has no deadline."""
    without = WorkItem.due_at.is_(None)
    if due_at is None:
        return (and_(without, WorkItem.id > item_id),)
    return (tuple_(WorkItem.due_at, WorkItem.id) > tuple_(literal(due_at, WorkItem.due_at.type), item_id), without)


def _after_arrival(cursor: str | None) -> Ranges:
    if not cursor:
        return (true(),)
    (item_id,) = from_cursor(cursor, 1)
    return (WorkItem.id < _id(item_id),)


def _after_priority(cursor: str | None) -> Ranges:
    if not cursor:
        return tuple(_has(priority) for priority in Priority)
    priority, moment, item_id = from_cursor(cursor, 3)
    if type(priority) is not int or priority not in list(Priority):
        raise BadCursor
    here = (and_(_has(Priority(priority)), range_) for range_ in _later(_moment(moment), _id(item_id)))
    return (*here, *(_has(lower) for lower in Priority if lower < priority))


def _has(priority: Priority) -> ColumnElement[bool]:
    return WorkItem.priority == literal(priority.value, Integer, literal_execute=True)


def _after_number(cursor: str | None) -> Ranges:
    if not cursor:
        return (true(),)
    number, item_id = from_cursor(cursor, 2)
    if not isinstance(number, str) or not number.isprintable() or len(number) > LONGEST_NUMBER:
        raise BadCursor
    return (and_(Instance.number >= number, or_(Instance.number > number, WorkItem.id > _id(item_id))),)


def _after_closing(cursor: str | None) -> Ranges:
    if not cursor:
        return (true(),)
    moment, item_id = from_cursor(cursor, 2)
    closed_at = _moment(moment)
    if closed_at is None:
        raise BadCursor
    return (
        tuple_(WorkItem.closed_at, WorkItem.id) < tuple_(literal(closed_at, WorkItem.closed_at.type), _id(item_id)),
    )


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCursor from None
    if instant.utcoffset() != timedelta(0):
        raise BadCursor
    return instant


def _id(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_ID:
        raise BadCursor
    return value
