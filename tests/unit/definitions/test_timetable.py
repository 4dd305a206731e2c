from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.definitions.timetable import as_payload, coming, from_payload
from engine.expressions.times import CYCLE, DATE, parse_timer

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 1, 5, 1, tzinfo=UTC)  # eight o'clock in the office


def times(text: str, kind: str = CYCLE, begun: datetime = MONDAY, late: timedelta = timedelta(0), most: int = 4):
    """The moments that come after `begun` + `late`, on the office's clock."""
    found = []
    ahead = coming(parse_timer(kind, text, begun, ZONE), begun + late, ZONE)
    while ahead is not None and len(found) < most:
        found.append(ahead.due_at.astimezone(ZONE).strftime("%d %H:%M"))
        ahead = coming(ahead.next(ZONE), begun + late, ZONE)
    return found


def test_a_cycle_is_counted_from_the_moment_that_was_set():
    assert times("R/PT6H") == ["05 14:00", "05 20:00", "06 02:00", "06 08:00"]


@pytest.mark.parametrize("late", [timedelta(hours=7), timedelta(hours=11, minutes=59)])
def test_what_passed_meanwhile_is_left_out(late):
    assert times("R/PT6H", late=late)[:2] == ["05 20:00", "06 02:00"]


def test_what_passed_meanwhile_counts_as_having_been():
    assert times("R3/PT6H", late=timedelta(hours=7)) == ["05 20:00", "06 02:00"]
    assert times("R3/PT6H", late=timedelta(days=2)) == []


def test_a_day_that_is_past_starts_nothing():
    assert times("2026-01-05T07:30", DATE) == []


def test_working_days_at_half_past_seven():
    friday = MONDAY + timedelta(days=4)
    assert times("30 7 * * MON-FRI", begun=friday, most=2) == ["12 07:30", "13 07:30"]


def test_years_of_seconds_are_leaped_over():
    assert len(times("R/PT1S", late=timedelta(days=3_000), most=1)) == 1


def test_a_schedule_is_kept_in_a_job_whole():
    schedule = parse_timer(CYCLE, "R5/2026-01-31T08:00/P1M", MONDAY, ZONE)
    assert from_payload(as_payload(schedule)) == schedule
