"""Moments, durations and sizes as people say them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel

from engine.calendar.hours import WorkingHours
from webui import wording

NOW = datetime.fromisoformat("2026-11-23T10:30:00+07:00")


def office_hours() -> WorkingHours:
    return WorkingHours(zone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture(params=["id"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def office(language: str) -> Iterator[None]:
    app = Flask("office")
    app.config.update(BABEL_DEFAULT_LOCALE=language, BABEL_DEFAULT_TIMEZONE="Asia/Jakarta")
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize("language", ["en"])
def test_a_moment_is_said_whole(language: str):
    assert wording.moment(NOW) == "Monday, 23 November 2026 at 10:30 WIB"


def test_a_moment_in_a_list_is_short_and_the_clock_has_a_point():
    assert wording.short_moment(NOW) == "23 Nov 2026 10.30"


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-23T10:29:30+07:00", "Late less than a minute"),
        ("2026-11-23T10:28:30+07:00", "Late 1 minute"),
        ("2026-11-23T08:30:00+07:00", "Late 2 hours"),
        ("2026-11-20T16:00:00+07:00", "Late 3 hours"),
        ("2026-11-20T08:30:00+07:00", "Late 1 working day"),
        ("2026-11-23T15:00:00+07:00", "Today 15:00"),
        ("2026-11-24T09:00:00+07:00", "Tomorrow 09:00"),
        ("2026-11-26T09:00:00+07:00", "Thursday 26 Nov 09:00"),
    ],
)
def test_a_deadline_is_said_as_one_would_say_it(due: str, words: str):
    assert wording.due_words(datetime.fromisoformat(due), NOW, office_hours) == words


@pytest.mark.parametrize("language", ["en"])
def test_a_deadline_after_midnight_in_the_office_is_tomorrow():
    assert wording.due_words(datetime.fromisoformat("2026-11-23T17:30:00+00:00"), NOW, office_hours) == "Tomorrow 00:30"


@pytest.mark.parametrize("language", ["en"])
def test_a_working_day_has_seven_and_a_half_hours():
    assert wording.working_duration(timedelta(hours=9, minutes=30)) == "1 working day 2 hours"


def test_numbers_have_indonesian_points_and_commas():
    assert wording.number(1234.5, 1) == "1.234,5"


@pytest.mark.parametrize(("size", "words"), [(2048, "2 KB"), (1_600_000, "1,5 MB")])
def test_a_file_size_is_short(size: int, words: str):
    assert wording.file_size(size) == words
