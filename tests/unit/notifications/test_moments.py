from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendar.hours import WorkingHours
from engine.notifications.moments import Quiet, as_typed, leaves_at, minute_in, next_digest

JAKARTA = ZoneInfo("Asia/Jakarta")
NIGHT = Quiet(from_minute=20 * 60, until_minute=6 * 60)
NOON = Quiet(from_minute=12 * 60, until_minute=13 * 60)
HOURS = WorkingHours(zone=JAKARTA, holidays=frozenset({date(2026, 12, 25)}))


def jakarta(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("quiet", "moment", "leaves"),
    [
        (None, "2026-11-23 23:00", "2026-11-23 23:00"),
        (NIGHT, "2026-11-23 19:59", "2026-11-23 19:59"),
        (NIGHT, "2026-11-23 20:00", "2026-11-24 06:00"),
        (NIGHT, "2026-11-24 05:59", "2026-11-24 06:00"),
        (NIGHT, "2026-11-24 06:00", "2026-11-24 06:00"),
        (NOON, "2026-11-23 12:30", "2026-11-23 13:00"),
        (NOON, "2026-11-23 13:00", "2026-11-23 13:00"),
    ],
)
def test_what_would_leave_in_the_quiet_hours_waits_until_they_end(quiet, moment, leaves):
    assert leaves_at(jakarta(moment), quiet, JAKARTA) == jakarta(leaves)


def test_the_office_s_clock_says_when_it_is_quiet():
    assert leaves_at(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), NIGHT, JAKARTA) == jakarta("2026-11-24 06:00")


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-11-23 06:00", "2026-11-23 07:30"),
        ("2026-11-23 07:30", "2026-11-24 07:30"),
        ("2026-11-27 08:00", "2026-11-30 07:30"),
        ("2026-12-24 08:00", "2026-12-28 07:30"),
    ],
)
def test_a_digest_comes_at_her_hour_on_working_days(now, digest):
    assert next_digest(jakarta(now), 7 * 60 + 30, HOURS) == jakarta(digest)


@pytest.mark.parametrize(("typed", "minute"), [("07:30", 450), ("0.00", 0), ("24:00", None), ("", None)])
def test_a_time_of_day_is_kept_as_its_minute(typed, minute):
    assert minute_in(typed) == minute


def test_a_time_of_day_is_shown_as_it_is_typed():
    assert (as_typed(450), as_typed(None)) == ("07:30", "")
