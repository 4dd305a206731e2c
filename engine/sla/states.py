"""How a step, or a whole case, stands against its standard time: the same in words, in SQL and on every page."""

from datetime import datetime
from enum import StrEnum


class SlaState(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"


def sla_state(
    *,
    risk_at: datetime | None,
    due_at: datetime | None,
    closed_at: datetime | None,
    now: datetime,
    stopped_at: datetime | None = None,
) -> SlaState | None:
    """None for what has no standard time. What was late when its clock was stopped stays late."""
    if closed_at is not None:
        return _in_the_end(due_at, closed_at)
    if due_at is not None and (stopped_at or now) >= due_at:
        return SlaState.LATE
    if stopped_at is not None:
        return SlaState.STOPPED
    if due_at is None:
        return None
    if risk_at is not None and now >= risk_at:
        return SlaState.AT_RISK
    return SlaState.ON_TRACK


def _in_the_end(due_at: datetime | None, closed_at: datetime) -> SlaState | None:
    if due_at is None:
        return None
    return SlaState.MET if closed_at <= due_at else SlaState.MISSED
