from datetime import date

import pytest

from engine.calendar.errors import HolidayNotFound, InvalidHoliday, InvalidRamadan
from engine.calendar.model import HolidayKind
from engine.calendar.operations import (
    add_holidays,
    correct_holiday,
    correct_ramadan,
    enter_known_holidays,
    remove_holiday,
    remove_ramadan,
    seed_calendar,
    seed_holidays,
    set_ramadan,
)
from engine.calendar.queries import holidays_of, ramadan_periods, working_hours
from engine.calendar.weeks import Period
from tests.support.one_day import one_day


def test_a_new_office_knows_its_holidays(work, session, settings):
    with work() as w:
        seed_calendar(w)
    hours = working_hours(session, settings.zone)
    kinds = [line.kind for line in holidays_of(session, 2026)]
    assert (kinds.count(HolidayKind.PUBLIC), kinds.count(HolidayKind.JOINT_LEAVE)) == (17, 8)
    assert hours.ramadan == (Period(first_day=date(2026, 2, 19), last_day=date(2026, 3, 20)),)
    assert not hours.is_working_day(date(2026, 12, 24))


def test_holidays_have_their_legal_basis(work, session):
    with work() as w:
        seed_holidays(w, [2027])
    lines = holidays_of(session, 2027)
    assert [line.day for line in lines if "Tahun 2027" in line.legal_basis] == [line.day for line in lines] != []


def test_sowing_twice_brings_nothing_new(work):
    with work() as w:
        first = seed_holidays(w, [2026])
        assert (first, seed_holidays(w, [2026])) == (25, 0)


def test_what_the_office_removed_does_not_come_back(work, session):
    with work() as w:
        seed_calendar(w)
    with work() as w:
        remove_holiday(w, date(2026, 12, 24))
        seed_calendar(w)
    assert date(2026, 12, 24) not in [line.day for line in holidays_of(session, 2026)]


def test_what_the_office_entered_first_stays(work, session):
    with work() as w:
        add_holidays(w, one_day(date(2026, 12, 24)), HolidayKind.CLOSURE, "Pindah kantor")
        seed_calendar(w)
    assert [line.name for line in holidays_of(session, 2026) if line.day == date(2026, 12, 24)] == ["Pindah kantor"]


def test_what_is_entered_already_is_shown_and_not_replaced(work, session):
    with work() as w:
        add_holidays(w, one_day(date(2026, 3, 4)), HolidayKind.CLOSURE, "Hari Jadi")
    with pytest.raises(InvalidHoliday) as refusal, work() as w:
        add_holidays(w, Period(first_day=date(2026, 3, 3), last_day=date(2026, 3, 5)), HolidayKind.PUBLIC, "Pilkada")
    assert [(problem.name, problem.params["name"]) for problem in refusal.value.fields] == [("first_day", "Hari Jadi")]
    assert [line.name for line in holidays_of(session, 2026)] == ["Hari Jadi"]


def test_of_several_that_are_entered_already_the_first_is_named(work):
    with work() as w:
        add_holidays(w, Period(first_day=date(2026, 12, 24), last_day=date(2026, 12, 25)), HolidayKind.CLOSURE, "Natal")
    with pytest.raises(InvalidHoliday) as refusal, work() as w:
        add_holidays(w, Period(first_day=date(2026, 12, 24), last_day=date(2026, 12, 26)), HolidayKind.CLOSURE, "Audit")
    (problem,) = refusal.value.fields
    assert problem.text("en").startswith("Of these days 2 are in the calendar already, the first on 24 December 2026")


def test_a_holiday_is_corrected(work, session):
    with work() as w:
        add_holidays(w, one_day(date(2026, 3, 4)), HolidayKind.CLOSURE, "Hari Jadi")
    with work() as w:
        correct_holiday(w, date(2026, 3, 4), HolidayKind.PUBLIC, "Hari Jadi Grobogan", "SK Bupati 1/2026")
    assert [(line.name, line.kind) for line in holidays_of(session, 2026)] == [
        ("Hari Jadi Grobogan", HolidayKind.PUBLIC)
    ]


def test_several_days_are_entered_at_once(work, session):
    with work() as w:
        add_holidays(w, Period(first_day=date(2026, 3, 3), last_day=date(2026, 3, 5)), HolidayKind.CLOSURE, "Banjir")
    assert [line.day.day for line in holidays_of(session, 2026)] == [3, 4, 5]


@pytest.mark.parametrize(
    ("last_day", "code"), [(date(2026, 3, 2), "backwards"), (date(2026, 9, 1), "too_long"), (date.max, "too_long")]
)
def test_days_that_make_no_period_are_refused(work, last_day, code):
    with pytest.raises(InvalidHoliday) as refusal, work() as w:
        add_holidays(w, Period(first_day=date(2026, 3, 3), last_day=last_day), HolidayKind.CLOSURE, "Banjir")
    assert [(problem.name, problem.code) for problem in refusal.value.fields] == [("last_day", code)]


def test_of_the_known_days_those_that_were_chosen_are_entered(work, session):
    chosen = {date(2028, 1, 1), date(2028, 8, 17), date(2028, 8, 18)}
    with work() as w:
        assert enter_known_holidays(w, 2028, chosen) == 2
        assert enter_known_holidays(w, 2028, chosen) == 0
    assert [line.day for line in holidays_of(session, 2028)] == [date(2028, 1, 1), date(2028, 8, 17)]


def test_a_ramadan_is_taken_out_again(work, session):
    with work() as w:
        set_ramadan(w, date(2026, 2, 19), date(2026, 3, 20))
        assert remove_ramadan(w, date(2026, 2, 19)).last_day == date(2026, 3, 20)
    assert ramadan_periods(session) == ()


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_holiday_needs_a_fitting_name(work, name):
    with pytest.raises(InvalidHoliday), work() as w:
        add_holidays(w, one_day(date(2026, 3, 4)), HolidayKind.CLOSURE, name)


def test_an_ordinary_day_cannot_be_removed(work):
    with pytest.raises(HolidayNotFound), work() as w:
        remove_holiday(w, date(2026, 3, 4))


def test_the_same_ramadan_is_not_entered_twice(work, session):
    with work() as w:
        set_ramadan(w, date(2027, 2, 8), date(2027, 3, 9))
    with pytest.raises(InvalidRamadan) as refusal, work() as w:
        set_ramadan(w, date(2027, 3, 1), date(2027, 3, 20))
    assert [problem.code for problem in refusal.value.fields] == ["exists"]
    assert [period.last_day for period in ramadan_periods(session)] == [date(2027, 3, 9)]


def test_a_corrected_ramadan_replaces_the_announced_one(work, session):
    with work() as w:
        set_ramadan(w, date(2026, 2, 18), date(2026, 3, 19))
    with work() as w:
        corrected = Period(first_day=date(2026, 2, 19), last_day=date(2026, 3, 20))
        assert correct_ramadan(w, date(2026, 2, 18), corrected).last_day == date(2026, 3, 19)
    assert [period.first_day for period in ramadan_periods(session)] == [date(2026, 2, 19)]


def test_ramadans_of_two_years_stand_side_by_side(work, session):
    with work() as w:
        set_ramadan(w, date(2026, 2, 19), date(2026, 3, 20))
        set_ramadan(w, date(2027, 2, 8), date(2027, 3, 9))
    assert len(ramadan_periods(session)) == 2


@pytest.mark.parametrize(("last_day", "code"), [(date(2026, 2, 18), "backwards"), (date(2026, 3, 21), "out_of_range")])
def test_an_impossible_ramadan_is_refused(work, last_day, code):
    with pytest.raises(InvalidRamadan) as refusal, work() as w:
        set_ramadan(w, date(2026, 2, 19), last_day)
    assert [problem.code for problem in refusal.value.fields] == [code]
