"""What people get wrong when they state the hours of a day."""

from datetime import time

import pytest

from engine.calendar.checks import DayTimes, problems_of_day, problems_of_shifts, shifts_of, times_of

EIGHT, TEN, NOON, ONE, FOUR = time(8), time(10), time(12), time(13), time(16)


def day(opening=None, closing=None, break_from=None, break_until=None) -> DayTimes:
    return DayTimes(opening=opening, closing=closing, break_from=break_from, break_until=break_until)


@pytest.mark.parametrize(
    ("times", "shifts"),
    [
        (day(), ()),
        (day(EIGHT, FOUR), ((EIGHT, FOUR),)),
        (day(EIGHT, FOUR, NOON, ONE), ((EIGHT, NOON), (ONE, FOUR))),
    ],
)
def test_a_day_has_a_stretch_of_work_before_its_break_and_one_after_it(times, shifts):
    assert list(problems_of_day(times, "monday")) == []
    assert shifts_of(times) == shifts
    assert times_of(shifts) == times


@pytest.mark.parametrize(
    ("times", "field", "code"),
    [
        (day(EIGHT), "closing", "required"),
        (day(closing=FOUR), "opening", "required"),
        (day(break_from=NOON, break_until=ONE), "opening", "required"),
        (day(FOUR, EIGHT), "closing", "before_opening"),
        (day(EIGHT, EIGHT), "closing", "before_opening"),
        (day(EIGHT, FOUR, NOON), "break_until", "required"),
        (day(EIGHT, FOUR, break_until=NOON), "break_from", "required"),
        (day(EIGHT, FOUR, ONE, NOON), "break_until", "before_beginning"),
        (day(TEN, FOUR, EIGHT, NOON), "break_from", "outside_hours"),
        (day(EIGHT, NOON, TEN, ONE), "break_until", "outside_hours"),
        (day(EIGHT, NOON, ONE, FOUR), "break_until", "outside_hours"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(times, field, code):
    assert [(problem.name, problem.code) for problem in problems_of_day(times, "monday")] == [(f"monday_{field}", code)]


def test_the_sentence_names_the_hours():
    (problem,) = problems_of_day(day(EIGHT, NOON, TEN, ONE), "monday")
    assert problem.text("en") == "The break lies outside the hours from 08:00 to 12:00. Move it between them."


@pytest.mark.parametrize(
    ("shifts", "codes"),
    [
        (((EIGHT, NOON), (NOON, FOUR)), []),
        (((EIGHT, ONE), (NOON, FOUR)), ["overlapping"]),
        (((ONE, FOUR), (EIGHT, NOON)), []),
        (((NOON, EIGHT),), ["before_opening"]),
        (((EIGHT, NOON),) * 7, ["too_many", *["overlapping"] * 6]),
    ],
)
def test_stretches_of_work_lie_beside_each_other(shifts, codes):
    assert [problem.code for problem in problems_of_shifts(shifts, "monday")] == codes
