"""The steps that are open now, and how they stand: one definition for the numbers and the lists behind them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from engine.base.unit_of_work import Reading
from engine.execution.standing import waits_for_nobody
from engine.insight.counting import count
from engine.insight.within import OF_OPEN, Within, matches
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.standing import is_at_risk, is_late

OPEN_COUNTS = ("open", "late", "at_risk", "unclaimed")


class OpenStanding(StrEnum):
    OPEN = "open"
    LATE = "late"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"
    STOPPED = "stopped"  # its clock stands still while it waits for somebody outside
    UNCLAIMED = "unclaimed"  # it lies in a queue
    NOBODYS = "nobodys"


IS_OPEN = and_(WorkItem.state == WorkItemState.OPEN, WorkItem.definition_id.is_not(None))


def stands_open(standing: OpenStanding, reading: Reading) -> ColumnElement[bool]:
    """True for open items that stand like this. While a clock stands still, nothing becomes late."""
    if standing is OpenStanding.NOBODYS:
        return and_(IS_OPEN, waits_for_nobody(reading))
    now = reading.now
    timed, runs = WorkItem.due_at.is_not(None), WorkItem.clock_stopped_at.is_(None)
    conditions: dict[OpenStanding, ColumnElement[bool]] = {
        OpenStanding.OPEN: true(),
        OpenStanding.LATE: and_(timed, is_late(now)),
        OpenStanding.AT_RISK: and_(timed, is_at_risk(now)),
        OpenStanding.ON_TRACK: and_(timed, runs, ~is_late(now), or_(WorkItem.risk_at.is_(None), ~is_at_risk(now))),
        OpenStanding.STOPPED: ~runs,
        OpenStanding.UNCLAIMED: WorkItem.assignee_id.is_(None),
    }
    return and_(IS_OPEN, conditions[standing])


def open_counts(reading: Reading, within: Within, *keys: Any) -> Select[*tuple[Any, ...]]:
    """How many are open, late, at risk and in a queue, by the keys; with keys also what the step is called."""
    counted = {
        "open": func.count(),
        "late": count(stands_open(OpenStanding.LATE, reading)),
        "at_risk": count(stands_open(OpenStanding.AT_RISK, reading)),
        "unclaimed": count(stands_open(OpenStanding.UNCLAIMED, reading)),
    }
    columns = [column.label(name) for name, column in counted.items()]
    query = select(*keys, *([func.max(WorkItem.title).label("title")] if keys else ()), *columns)
    query = query.where(IS_OPEN, matches(within, OF_OPEN))
    return query.group_by(*keys) if keys else query
