from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.times import (
    CYCLE,
    DATE,
    DURATION,
    add_duration,
    check_literal,
    is_literal,
    parse_date,
    parse_timer,
)

NOW = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("PT1H", "2026-01-31T11:00:00+00:00"),
        ("PT90M", "2026-01-31T11:30:00+00:00"),
        ("PT0.5S", "2026-01-31T10:00:00.500000+00:00"),
        ("P1DT12H", "2026-02-01T22:00:00+00:00"),
        ("P2W", "2026-02-14T10:00:00+00:00"),
        ("P1M", "2026-02-28T10:00:00+00:00"),
        ("P11M", "2026-12-31T10:00:00+00:00"),
        ("P1Y1M", "2027-02-28T10:00:00+00:00"),
        ("PT0S", "2026-01-31T10:00:00+00:00"),
    ],
)
def test_a_duration_leads_to_its_moment(text: str, moment: str):
    assert add_duration(NOW, text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "1H", "-PT1H", "P-1D", "+PT1H", "PT1H2", "P99999999999Y", "P1DT", "PT1D", "P1.5D"],
)
def test_what_is_no_duration_is_refused(text: str):
    with pytest.raises(EvaluationFault):
        add_duration(NOW, text)


@pytest.mark.parametrize("text", ["P999Y", "PT999999H99999999M", "P9999M"])
def test_a_moment_too_far_away_is_refused(text: str):
    with pytest.raises(EvaluationFault):
        add_duration(NOW, text)


def test_a_date_without_an_offset_is_read_on_the_offices_clock():
    assert parse_date("2026-02-01T08:00", JAKARTA) == datetime(2026, 2, 1, 1, 0, tzinfo=UTC)
    assert parse_date("2026-02-01", JAKARTA) == datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    assert parse_date("2026-02-01T08:00:00Z", JAKARTA) == datetime(2026, 2, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["besok", "2026-13-01", "2026-02-30", "0001-01-01", "9999-12-31", "20260101", "2026-W01"]
)
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(EvaluationFault):
        parse_date(text)


def test_a_cycle_counts_its_moments():
    schedule = parse_timer(CYCLE, "R3/PT10M", NOW)
    moments = [schedule.due_at]
    while schedule := schedule.next():
        moments.append(schedule.due_at)
    assert moments == [NOW + timedelta(minutes=minutes) for minutes in (10, 20, 30)]


def test_a_cycle_may_begin_at_a_date_and_never_end():
    schedule = parse_timer(CYCLE, "R/2026-03-01T00:00:00Z/P1M", NOW)
    assert (schedule.due_at, schedule.repetitions) == (datetime(2026, 3, 1, tzinfo=UTC), None)
    following = schedule.next()
    assert following is not None
    assert following.due_at == datetime(2026, 4, 1, tzinfo=UTC)


def test_an_instant_or_a_length_may_come_from_a_function():
    assert parse_timer(DATE, NOW, NOW).due_at == NOW
    assert parse_timer(DURATION, NOW + timedelta(days=3), NOW).due_at == NOW + timedelta(days=3)
    assert parse_timer(DURATION, timedelta(hours=2), NOW).due_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DURATION, "-PT1H"),
        (DURATION, "P-1D"),
        (DURATION, "PT1D"),
        (DURATION, "P1"),
        (CYCLE, "R/"),
        (DURATION, "P99999999999Y"),
        (DURATION, "2026-01-01"),
        (DATE, "PT1H"),
        (DATE, "2026-02-30"),
        (CYCLE, "R3/PT0S"),
        (CYCLE, "R0/PT1H"),
        (CYCLE, "R3/"),
        (CYCLE, "R3/PT1H/PT2H/PT3H"),
        (CYCLE, "R9999999/PT1H"),
    ],
)
def test_the_linter_finds_a_fixed_value_that_is_wrong(kind: str, text: str):
    with pytest.raises(ExpressionFault):
        check_literal(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"), [(DURATION, "hari_kerja(3)"), (DATE, "${batas}"), (DURATION, "PT4H"), (CYCLE, "PT4H")]
)
def test_the_linter_leaves_expressions_and_good_values_alone(kind: str, text: str):
    check_literal(kind, text)


@pytest.mark.parametrize("value", [None, 5, ["PT1H"], -timedelta(hours=1), timedelta.max])
def test_a_value_of_the_wrong_kind_is_refused(value: object):
    with pytest.raises(EvaluationFault):
        parse_timer(DURATION, value, NOW)


@pytest.mark.parametrize("text", ["jumlah", "P", "P1", "PT2", "PTS", "P1D + 1", "2026 - 1", "PDTH", "P_1D"])
def test_an_expression_is_not_taken_for_a_time(text: str):
    assert not is_literal(text)


@settings(max_examples=200, deadline=None, database=None)
@given(st.text("PTRYMWDHS0123456789-+:/.Z ", max_size=24), st.sampled_from([DATE, DURATION, CYCLE]))
def test_no_text_does_worse_than_be_refused(text: str, kind: str):
    try:
        schedule = parse_timer(kind, text, NOW)
    except EvaluationFault:
        return
    assert schedule.due_at.tzinfo is not None


def test_a_month_is_one_of_the_offices_clock():
    last_of_january = datetime(2026, 1, 31, 1, 0, tzinfo=JAKARTA).astimezone(UTC)
    assert parse_timer(DURATION, "P1M", last_of_january, JAKARTA).due_at == datetime(2026, 2, 28, 1, 0, tzinfo=JAKARTA)


@pytest.mark.parametrize("text", ["R/2026-01-31T08:00/P1M", "R4/2026-01-31T08:00/P1M"])
def test_after_a_short_month_the_last_day_is_the_last_again(text: str):
    schedule, days = parse_timer(CYCLE, text, NOW, JAKARTA), []
    while schedule is not None and len(days) < 4:
        days.append(schedule.due_at.astimezone(JAKARTA).strftime("%m-%d %H"))
        schedule = replace(schedule, due_at=schedule.due_at.astimezone(UTC)).next(JAKARTA)
    assert days == ["01-31 08", "02-28 08", "03-31 08", "04-30 08"]


def test_hours_are_hours_where_clocks_are_changed():
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=berlin)
    assert parse_timer(DURATION, "PT12H", evening, berlin).due_at - evening.astimezone(UTC) == timedelta(hours=12)
    assert parse_timer(DURATION, "P1D", evening, berlin).due_at.astimezone(berlin).hour == 20
