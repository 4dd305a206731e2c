"""Terms as criteria for SQL, as far as they speak of the item itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from engine.definitions.model import ProcessDefinition
from engine.organisation.model import Employee
from engine.organisation.queries import unit_subtree
from engine.worklist.model import WorkItem
from engine.worklist.standing import is_late
from engine.worklist.terms import Due, FollowUp, Terms
from engine.worklist.views import Reader, is_due_on, local_day

LAST_OF_WEEK = 6


def narrowed(session: Session, reader: Reader, terms: Terms, now: datetime) -> Iterator[ColumnElement[bool]]:
    """What must hold besides the view."""
    if terms.definition_key:
        definition = select(ProcessDefinition.id).where(ProcessDefinition.key == terms.definition_key)
        yield WorkItem.definition_id == definition.scalar_subquery()
    if terms.unit_id is not None:
        yield WorkItem.unit_id.in_(unit_subtree(session, terms.unit_id))
    if terms.holder:
        named = func.lower(Employee.name).contains(terms.holder.lower(), autoescape=True)
        yield WorkItem.assignee_id.in_(select(Employee.id).where(named))
    if terms.priority is not None:
        yield WorkItem.priority == terms.priority
    if terms.follow_up is FollowUp.ANY:
        yield WorkItem.follow_up_on.is_not(None)
    if terms.follow_up is FollowUp.NOW:
        yield WorkItem.follow_up_on <= now.astimezone(reader.zone).date()
    if terms.due is not None:
        yield _due(reader, terms.due, now)
    if terms.due_from is not None:
        yield WorkItem.due_at >= _midnight(reader, terms.due_from)
    if terms.due_to is not None:
        yield WorkItem.due_at < _midnight(reader, terms.due_to + timedelta(days=1))


def _due(reader: Reader, due: Due, now: datetime) -> ColumnElement[bool]:
    today = local_day(now, reader.zone)
    match due:
        case Due.LATE:
            return is_late(now)
        case Due.TODAY:
            return is_due_on(WorkItem.due_at, today)
        case Due.WEEK:
            until = local_day(now, reader.zone, LAST_OF_WEEK).ends_at
            return and_(WorkItem.due_at >= today.starts_at, WorkItem.due_at < until)
        case Due.NONE:
            return WorkItem.due_at.is_(None)


def _midnight(reader: Reader, day: date) -> datetime:
    return datetime.combine(day, time(), reader.zone).astimezone(UTC)
