"""Computations of working time a second of processor time: from moments of a year to up to ten years ahead."""

from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar.hours import (
    WorkingHours,
    add_working_time,
    nth_working_day,
    subtract_working_time,
    working_time_between,
)
from engine.calendar.seed import RAMADAN_1447, SEEDED_YEARS, known_holidays
from tests.bench.ground import Ground

EACH = 25_000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES_OF_A_YEAR = 365 * 24 * 60
MINUTES_OF_TEN_YEARS = 10 * 240 * 450  # of working time
DAYS_OF_TEN_YEARS = 2_400


def measure(_ground: Ground) -> dict[str, Any]:
    random = Random(2026)
    starts = [BEGIN + timedelta(minutes=random.randrange(MINUTES_OF_A_YEAR)) for _n in range(EACH)]
    lengths = [timedelta(minutes=random.randrange(MINUTES_OF_TEN_YEARS)) for _n in range(EACH)]
    days = [random.randrange(1, DAYS_OF_TEN_YEARS) for _n in range(EACH)]
    hours = _office()
    began = process_time()
    ends = [add_working_time(start, length, hours) for start, length in zip(starts, lengths, strict=True)]
    for start, end, length in zip(starts, ends, lengths, strict=True):
        working_time_between(start, end, hours)
        subtract_working_time(end, length, hours)
    for start, count in zip(starts, days, strict=True):
        nth_working_day(hours.day_of(start), count, hours)
    return {"calendar_per_s": round(4 * EACH / (process_time() - began))}


def _office() -> WorkingHours:
    known = frozenset(holiday.day for holiday in known_holidays(SEEDED_YEARS))
    return WorkingHours(zone=ZoneInfo("Asia/Jakarta"), holidays=known, ramadan=(RAMADAN_1447,))
