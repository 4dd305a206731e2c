"""An office's hours, and the moments of work in it: fixtures of those who reckon with them."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendar.hours import WorkingHours
from engine.calendar.seed import RAMADAN_1447, SEEDED_YEARS, known_holidays

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture(scope="session")
def office() -> WorkingHours:
    days = frozenset(holiday.day for holiday in known_holidays(SEEDED_YEARS))
    return WorkingHours(zone=JAKARTA, holidays=days, ramadan=(RAMADAN_1447,))


@pytest.fixture(scope="session")
def jakarta() -> Callable[[str], datetime]:
    return lambda text: datetime.fromisoformat(text).replace(tzinfo=JAKARTA)
