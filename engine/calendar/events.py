"""What happened to the calendar."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged:
    """Working time passes otherwise than when the deadlines of open work were set.

    From the first day on, or from the very beginning; till the last, or for good. For a unit and those below it, or
    for the whole office.
    """

    first_day: date | None = None
    last_day: date | None = None
    unit_id: int | None = None
