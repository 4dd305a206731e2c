"""A standard time for each of something, times how many of them the case has."""

from dataclasses import replace

import pytest

from engine.bpmn.graph import StandardTime, Step
from engine.execution.counted_times import count_in, standard_time_in
from engine.expressions.expression import Expression

EACH = StandardTime(text="2 menit/berkas", working_minutes=2, least_minutes=1, per="berkas")
STEP = Step(standard_time=EACH, count=Expression("jumlah_berkas"))


def test_the_time_of_all_is_so_many_times_that_of_one():
    found = standard_time_in(STEP, {"jumlah_berkas": 5})
    assert found is not None
    assert (found.working_minutes, found.least_minutes, found.working_days) == (10, 5, None)


@pytest.mark.parametrize("known", [0, -3, 2.5, "lima", None, True, 10**9, float("inf")])
def test_what_is_no_number_of_things_counts_as_one(known):
    assert count_in(STEP, {"jumlah_berkas": known}) == 1


def test_more_than_ten_years_of_effort_count_as_one():
    assert count_in(replace(STEP, effort_minutes=6_000), {"jumlah_berkas": 300_000}) == 1


def test_what_the_case_does_not_know_counts_as_one():
    assert count_in(STEP, {}) == 1


def test_a_step_that_counts_nothing_takes_its_time_once():
    assert standard_time_in(Step(standard_time=EACH), {"jumlah_berkas": 5}) == EACH
