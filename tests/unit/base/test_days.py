from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.base.days import BEFORE_FIRST_SERIAL, day_written, find_day, is_near

THE_DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-22", "2026/11/22", "2026-11-22 00:00:00", "2026-11-22T08:30"),
        *("22/11/2026", "22-11-2026", "22.11.2026", "22/11/2026 08.30"),
        *("22 November 2026", "22 Nopember 2026", "22 Nov 2026", "Minggu, 22 November 2026", "22-Nov-2026"),
        *("46348", "46348.0", " 22  november  2026 "),
    ],
)
def test_a_day_is_known_however_it_is_written(text):
    assert find_day(text) == THE_DAY


@pytest.mark.parametrize(
    "text",
    ["", "11/22/2026", "30 Februari 2026", "22 Brumaire 2026", "22/11/26", "2026", "kemarin", "1986092620150510"],
)
def test_what_is_no_day_is_none(text):
    assert find_day(text) is None


@pytest.mark.parametrize(
    ("text", "month"), [("1 Mei 2026", 5), ("1 Agu 2026", 8), ("1 Agt 2026", 8), ("1 Des 2026", 12)]
)
def test_months_have_their_indonesian_names(text, month):
    assert find_day(text) == date(2026, month, 1)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2170, 1, 1)))
def test_each_day_comes_back_from_each_way_to_write_it(day):
    ways = (day.isoformat(), f"{day:%d/%m/%Y}", str((day - BEFORE_FIRST_SERIAL).days))
    assert {find_day(way) for way in ways} == {day}


@pytest.mark.parametrize("text", ["24/12/2026", "24-12-2026", "24 Desember 2026", " 2026-12-24 "])
def test_a_day_is_written_as_people_write_it(text):
    assert day_written(text) == date(2026, 12, 24)


@pytest.mark.parametrize("text", ["", "46000", "besok", "٢٤/١٢/٢٠٢٦"])
def test_what_nobody_means_is_no_day(text):
    assert day_written(text) is None


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_nobody_plans_or_remembers_in_years_far_away(day):
    assert not is_near(day)
