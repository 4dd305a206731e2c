"""How an item stands against its standard time."""

from datetime import datetime
from enum import StrEnum


class SlaState(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"
    MET = "met"
    MISSED = "missed"


def sla_state(
    *, risk_at: datetime | None, due_at: datetime | None, closed_at: datetime | None, now: datetime
) -> SlaState | None:
    """None for an item without a standard time."""
    if due_at is None:
        return None
    if closed_at is not None:
        return SlaState.MET if closed_at <= due_at else SlaState.MISSED
    if now >= due_at:
        return SlaState.LATE
    if risk_at is not None and now >= risk_at:
        return SlaState.AT_RISK
    return SlaState.ON_TRACK
