"""Functions of the working calendar that diagrams may call in timers and conditions."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from engine.calendar.hours import WorkingHours, add_working_time, end_of_working_day
from engine.calendar.queries import working_hours


def calendar_functions(
    session: Session, zone: ZoneInfo, now: datetime, unit_id: int | None = None
) -> Mapping[str, Callable[[float], datetime]]:
    """`hari_kerja(n)`: end of the n-th working day from now; `jam_kerja(n)`: n working hours from now.

    By the hours of the unit that has the case. The calendar is read only when one of them is called: most steps have
    no need of it.
    """

    @cache
    def hours() -> WorkingHours:
        return working_hours(session, zone, unit_id)

    return {
        "hari_kerja": lambda days: end_of_working_day(now, int(days), hours()),
        "jam_kerja": lambda count: add_working_time(now, timedelta(hours=float(count)), hours()),
    }
