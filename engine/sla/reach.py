"""Which open deadlines a change of the calendar may move."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.calendar.events import CalendarChanged
from engine.execution.advance import OVER
from engine.execution.model import Instance
from engine.organisation.queries import unit_subtree
from engine.worklist.model import WorkItem, WorkItemState

Condition = ColumnElement[bool]
# While a clock stands still nobody has a deadline that could move; it is told when the clock runs again.
ITEMS = and_(WorkItem.state == WorkItemState.OPEN, WorkItem.due_at.is_not(None), WorkItem.clock_stopped_at.is_(None))
CASES = and_(Instance.state.not_in(OVER), Instance.due_at.is_not(None), Instance.clock_stopped_at.is_(None))


def open_deadlines(session: Session, changes: Collection[CalendarChanged], zone: ZoneInfo) -> int:
    """Of steps and of cases: those that begin before a change ends, and are due after it begins."""
    if not changes:
        return 0
    items = or_(*(_reached(session, change, zone, WorkItem.opened_at, WorkItem.due_at) for change in changes))
    cases = or_(*(_reached(session, change, zone, Instance.started_at, Instance.due_at) for change in changes))
    counted = select(
        select(func.count()).select_from(WorkItem).where(ITEMS, items).scalar_subquery(),
        select(func.count()).select_from(Instance).where(CASES, cases).scalar_subquery(),
    )
    of_items, of_cases = session.execute(counted).one()
    return int(of_items) + int(of_cases)


def of_unit(session: Session, column: InstrumentedAttribute[int | None], unit_id: int | None) -> Condition:
    """The hours of a unit are those of the units below it; the office's are everybody's."""
    return true() if unit_id is None else column.in_(unit_subtree(session, unit_id))


def _reached(
    session: Session,
    change: CalendarChanged,
    zone: ZoneInfo,
    begun_at: InstrumentedAttribute[datetime],
    due_at: InstrumentedAttribute[datetime | None],
) -> Condition:
    unit = WorkItem.unit_id if begun_at.class_ is WorkItem else Instance.unit_id
    return and_(of_unit(session, unit, change.unit_id), *_meanwhile(change, zone, begun_at, due_at))


def _meanwhile(
    change: CalendarChanged,
    zone: ZoneInfo,
    begun_at: InstrumentedAttribute[datetime],
    due_at: InstrumentedAttribute[datetime | None],
) -> Iterator[Condition]:
    if change.first_day is not None:
        yield due_at >= _midnight(change.first_day, zone)
    if change.last_day is not None:
        yield begun_at < _midnight(change.last_day + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone)
