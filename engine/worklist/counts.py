"""How much lies in each view; who has more than one can count need not know how much more."""

from datetime import datetime

from sqlalchemy import CTE, ColumnElement, ScalarSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from engine.worklist.model import WorkItem
from engine.worklist.standing import is_late
from engine.worklist.views import Reader, View, in_view, is_due_on, local_day, views_of

MOST_COUNTED = 1_000


def counts(session: Session, reader: Reader, now: datetime) -> dict[View, int]:
    """Of all views in one statement, each up to MOST_COUNTED."""
    within = _within_reach(reader, now)
    views = views_of(reader)
    row = session.execute(select(*(_count(within.get(view, _seen(reader, view, now))) for view in views))).one()
    return dict(zip(views, row, strict=True))


def _within_reach(reader: Reader, now: datetime) -> dict[View, Select[int]]:
    """The views that show parts of one list, which is read once for all of them."""
    reach = _reach(reader, now)
    conditions: dict[View, ColumnElement[bool]] = {
        View.MINE: reach.c.assignee_id.is_not(None),
        View.POOL: reach.c.assignee_id.is_(None),
        View.LATE: is_late(now, reach.c.due_at, reach.c.clock_stopped_at),
        View.TODAY: is_due_on(reach.c.due_at, local_day(now, reader.zone)),
    }
    return {view: select(literal(1)).select_from(reach).where(is_so) for view, is_so in conditions.items()}


def _reach(reader: Reader, now: datetime) -> CTE:
    """What is hers, and what she may take."""
    columns = (WorkItem.assignee_id, WorkItem.due_at, WorkItem.clock_stopped_at)
    parts = (select(*columns).where(in_view(reader, view, now)) for view in _PARTS)
    return union_all(*parts).cte("reach")


_PARTS = (View.MINE, View.POOL)


def _seen(reader: Reader, view: View, now: datetime) -> Select[int]:
    return select(literal(1)).select_from(WorkItem).where(in_view(reader, view, now))


def _count(found: Select[int]) -> ScalarSelect[int]:
    return select(func.count()).select_from(found.limit(MOST_COUNTED).subquery()).scalar_subquery()
