"""Inboxes, as people read them: a view, narrowed and in order, paged by key."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from engine.base.paging import PAGE_SIZE, Page, page_of
from engine.execution.finding import found_by
from engine.execution.inbox_order import Order, key_of, order_of
from engine.execution.model import Instance
from engine.worklist.model import WorkItem
from engine.worklist.narrowing import narrowed
from engine.worklist.queries import InboxLine, lines
from engine.worklist.terms import Sort, Terms
from engine.worklist.views import Reader, View, in_view

ANYTHING = Terms()


def inbox(
    session: Session,
    reader: Reader,
    view: View,
    now: datetime,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
    terms: Terms = ANYTHING,
) -> Page[InboxLine]:
    """One page of a view: by due moment (so late work leads) or as `terms` say; done work newest first."""
    order = order_of(view, terms.sort, cursor)
    rows = session.execute(_page(_in_inbox(session, reader, view, now, terms), order, size + 1)).all()
    numbers = {row.work_item_id: row.number for row in rows}
    found = [InboxLine(**{name: value for name, value in row._mapping.items() if name != "number"}) for row in rows]
    return page_of(found, size, lambda line: key_of(view, terms.sort, line, numbers[line.work_item_id]))


def _in_inbox(session: Session, reader: Reader, view: View, now: datetime, terms: Terms) -> Select[int]:
    """The ids of all that is in it."""
    query = select(WorkItem.id).where(in_view(reader, view, now), *narrowed(session, reader, terms, now))
    if terms.sort is Sort.NUMBER:
        query = query.join(Instance, Instance.id == WorkItem.instance_id)
    if terms.text:
        query = query.where(WorkItem.instance_id.in_(select(Instance.id).where(found_by(session, terms.text))))
    return query


def _page(query: Select[int], order: Order, size: int) -> Select[*tuple[Any, ...]]:
    """The first of each range of the order, and of these the first."""
    firsts = [query.where(range_).order_by(*order.by).limit(size).subquery() for range_ in order.ranges]
    ids = union_all(*(select(first.c.id) for first in firsts))
    return (
        lines()
        .add_columns(Instance.number)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(WorkItem.id.in_(ids))
        .order_by(*order.by)
        .limit(size)
    )
