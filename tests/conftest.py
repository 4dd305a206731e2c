"""What every ring of tests may use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.base.clock import FrozenClock
from engine.base.settings import Settings, settings_from

pytest_plugins = ("tests.support.databases",)

# A Monday, 08:00 in Jakarta: the office has just opened.
MONDAY_MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(MONDAY_MORNING)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an embedded run whose data folder is the test's own; a clock that is moved signs nobody out."""
    return settings_from(
        {
            "TATAKERJA_DATA": str(tmp_path / "data"),
            "TATAKERJA_SECRET_KEY": "a secret only for tests",
            "TATAKERJA_SESSION_IDLE_MINUTES": "100000",
        }
    )
