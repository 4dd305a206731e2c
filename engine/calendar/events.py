"""What happened to the calendar."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged:
    """Working time passes otherwise than when the deadlines of open work were set."""
