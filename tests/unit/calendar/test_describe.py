from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.base.i18n import translate
from engine.calendar.describe import Wording, in_words, moment_in_words, standard_time_in_words

JAKARTA = ZoneInfo("Asia/Jakarta")


def in_english(wording: Wording) -> str:
    return translate(wording["message"], wording["params"], "en")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (150, "2 hours 30 minutes"),
        (450, "1 working day"),
        (570, "1 working day 2 hours"),
        (455, "1 working day 5 minutes"),
        (1415, "3 working days 1 hour"),
    ],
)
def test_working_time_is_said_in_its_two_largest_units(minutes, words):
    assert in_english(in_words(timedelta(minutes=minutes))) == words


def test_a_duration_can_be_part_of_a_sentence():
    late = {"duration": in_words(timedelta(hours=2))}
    assert translate("Late by %(duration)s", late, "en") == "Late by 2 hours"


def test_standard_time_is_said_as_the_sop_states_it():
    assert in_english(standard_time_in_words(working_days=2)) == "2 working days"


def test_days_with_minutes_and_ranges_are_said_whole():
    assert in_english(standard_time_in_words(working_days=10, working_minutes=35)) == "10 working days 35 minutes"
    assert in_english(standard_time_in_words(working_minutes=180, least_minutes=30)) == "30 minutes to 3 hours"
    assert in_english(standard_time_in_words(working_minutes=2, per="berkas", count=5)) == "5 × 2 minutes"
    assert in_english(standard_time_in_words(working_minutes=2, per="berkas")) == "2 minutes for each berkas"


def test_no_standard_time_has_no_words():
    assert standard_time_in_words() is None


def test_a_moment_is_said_by_the_office_s_clock(jakarta):
    words = moment_in_words(jakarta("2026-11-23 14:30"), JAKARTA, "en")
    assert words == "Monday, 23 November 2026 at 14:30 WIB"
