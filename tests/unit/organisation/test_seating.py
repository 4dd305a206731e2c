"""How many hold a position for good at one time, and how long somebody has acted as Plt."""

from datetime import date

import pytest

from engine.organisation.seating import Span, in_the_way, months_later, months_of_plt, most_at_once


def span(first: str, last: str | None, employee_id: int = 1) -> Span:
    ends_on = None if last is None else date.fromisoformat(last)
    name = f"Pegawai {employee_id}"
    return Span(employee_id=employee_id, name=name, starts_on=date.fromisoformat(first), ends_on=ends_on)


def test_a_seat_is_free_again_on_the_day_after():
    held = span("2026-01-01", "2026-06-30")
    assert in_the_way(span("2026-07-01", None, 2), [held], seats=1) == ()


def test_the_last_day_is_held():
    held = span("2026-01-01", "2026-06-30")
    assert in_the_way(span("2026-06-30", None, 2), [held], seats=1) == (held,)


def test_a_later_holder_stands_in_the_way_of_one_without_end():
    later = span("2027-01-01", None)
    assert in_the_way(span("2026-07-01", None, 2), [later], seats=1) == (later,)


def test_two_in_turn_leave_the_second_seat_free():
    in_turn = [span("2026-01-01", "2026-06-30"), span("2026-07-01", None, 2)]
    assert in_the_way(span("2026-01-01", None, 3), in_turn, seats=2) == ()


def test_two_at_once_fill_two_seats():
    assert most_at_once([span("2026-01-01", None), span("2026-03-01", None, 2)]) == 2


def test_nobody_holds_an_empty_position():
    assert most_at_once([]) == 0


@pytest.mark.parametrize(
    ("day", "later"), [("2026-11-30", "2027-02-28"), ("2026-01-15", "2026-04-15"), ("2026-10-01", "2027-01-01")]
)
def test_three_months_later(day, later):
    assert months_later(date.fromisoformat(day), 3) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("last", "told"),
    [("2026-03-31", 0), ("2026-04-01", 1), ("2026-06-30", 1), ("2026-07-01", 2), (None, 2)],
)
def test_a_plt_of_so_many_months(last, told):
    assert months_of_plt(span("2026-01-01", last), []) == told


def test_a_plt_that_follows_on_her_own_counts_from_the_first_day():
    assert months_of_plt(span("2026-04-01", "2026-06-30"), [span("2026-01-01", "2026-03-31")]) == 1


def test_a_plt_after_a_pause_begins_anew():
    assert months_of_plt(span("2026-05-01", "2026-07-31"), [span("2026-01-01", "2026-03-31")]) == 0


def test_a_plt_of_somebody_else_does_not_count():
    assert months_of_plt(span("2026-04-01", "2026-06-30"), [span("2026-01-01", "2026-03-31", 2)]) == 0
