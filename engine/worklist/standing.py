"""How work stands against its deadline, as criteria for SQL; the room `sla` says the same of values (see its states).

The columns are those of an item unless others are named: a case has the same ones.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_

from engine.worklist.model import WorkItem

Column = SQLColumnExpression[Any]


def is_late(
    now: datetime, due_at: Column = WorkItem.due_at, stopped_at: Column = WorkItem.clock_stopped_at
) -> ColumnElement[bool]:
    """Its time is up. While its clock stands still it does not become late; what was late before, stays late."""
    return and_(due_at <= now, or_(stopped_at.is_(None), due_at <= stopped_at))


def is_at_risk(
    now: datetime,
    risk_at: Column = WorkItem.risk_at,
    due_at: Column = WorkItem.due_at,
    stopped_at: Column = WorkItem.clock_stopped_at,
) -> ColumnElement[bool]:
    """Three quarters of its time have passed, but not all of it."""
    return and_(risk_at <= now, due_at > now, stopped_at.is_(None))
