"""Tables of hours and days of units: kept as they were given, or refused with the place of what is wrong."""

from dataclasses import replace
from datetime import date, time

import pytest

from engine.base.edition import read_edition
from engine.calendar.entries import TableFacts, UnitDayFacts, mark_of
from engine.calendar.errors import HoursTableNotFound, InvalidHours, UnitDayNotFound
from engine.calendar.hours_keeping import (
    correct_table,
    correct_unit_day,
    enter_table,
    enter_unit_day,
    remove_table,
    remove_unit_day,
)
from engine.calendar.model import HoursKind
from engine.calendar.queries import working_hours
from engine.calendar.weeks import OFFICE_WEEK
from engine.organisation.model import Unit

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)
SHORT = ((time(8), time(12)),)
SIX_DAYS = (SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, ())
OF_OFFICE = TableFacts(unit_id=None, kind=HoursKind.ORDINARY, first_day=date(2026, 1, 1), week=SIX_DAYS)


@pytest.fixture
def kua(session) -> int:
    """A unit, with another one below it."""
    unit = Unit(code="kua", name="KUA")
    session.add(unit)
    session.flush()
    session.add(Unit(code="pos", name="Pos", parent_id=unit.id))
    session.commit()
    return unit.id


def a_day(unit_id: int, **facts) -> UnitDayFacts:
    usual = {"day": MONDAY, "shifts": (), "is_working": False, "name": "Rapat"}
    return UnitDayFacts(unit_id=unit_id, **{**usual, **facts})


def shifts(work, day: date, unit_id: int | None = None):
    with work() as w:
        read_edition(w.session)
        return working_hours(w.session, w.settings.zone, unit_id).shifts(day)


def problems(refusal) -> list[tuple[str, str]]:
    return [(problem.name, problem.code) for problem in refusal.value.fields]


def test_the_table_of_the_office_holds_from_its_first_day_on(work):
    with work() as w:
        enter_table(w, replace(OF_OFFICE, first_day=MONDAY))
    assert (shifts(work, date(2026, 11, 20)), shifts(work, MONDAY)) == (OFFICE_WEEK[4], SHORT)


def test_the_table_of_a_unit_holds_for_those_below_it_and_for_nobody_else(work, kua):
    with work() as w:
        enter_table(w, replace(OF_OFFICE, unit_id=kua))
    assert [shifts(work, SATURDAY, unit) for unit in (kua, kua + 1, None)] == [SHORT, SHORT, ()]


def test_a_second_table_for_one_first_day_is_refused(work, kua):
    for facts in (OF_OFFICE, replace(OF_OFFICE, unit_id=kua)):
        with work() as w:
            enter_table(w, facts)
        with pytest.raises(InvalidHours) as refusal, work() as w:
            enter_table(w, facts)
        assert problems(refusal) == [("first_day", "exists")]


def test_tables_of_one_day_for_others_and_for_ramadan_stand_side_by_side(work, kua):
    with work() as w:
        ids = [enter_table(w, facts) for facts in (OF_OFFICE, replace(OF_OFFICE, unit_id=kua))]
        ids.append(enter_table(w, replace(OF_OFFICE, kind=HoursKind.RAMADAN)))
    assert len(set(ids)) == 3


def test_a_table_is_corrected_where_it_stands(work):
    with work() as w:
        table_id = enter_table(w, OF_OFFICE)
    with work() as w:
        assert correct_table(w, table_id, replace(OF_OFFICE, week=OFFICE_WEEK), mark_of(OF_OFFICE)) == OF_OFFICE
    assert shifts(work, MONDAY) == OFFICE_WEEK[0]


def test_a_table_that_is_removed_gives_way_to_the_hours_of_before(work):
    with work() as w:
        table_id = enter_table(w, OF_OFFICE)
    with work() as w:
        assert remove_table(w, table_id) == OF_OFFICE
    assert shifts(work, MONDAY) == OFFICE_WEEK[0]


def test_a_table_may_say_that_the_hours_above_hold_again(work, kua):
    with work() as w:
        enter_table(w, replace(OF_OFFICE, unit_id=kua))
        enter_table(w, replace(OF_OFFICE, unit_id=kua, first_day=MONDAY, week=None))
    assert (shifts(work, date(2026, 11, 21), kua), shifts(work, SATURDAY, kua)) == (SHORT, ())


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (replace(OF_OFFICE, week=((),) * 7), ("monday_opening", "never_works")),
        (replace(OF_OFFICE, week=(SHORT,)), ("week", "not_seven")),
        (replace(OF_OFFICE, first_day=date(1900, 1, 1)), ("first_day", "out_of_range")),
        (replace(OF_OFFICE, legal_basis="x" * 201), ("legal_basis", "too_long")),
        (
            replace(OF_OFFICE, week=(((time(8), time(12)), (time(11), time(14))), *SIX_DAYS[1:])),
            ("monday_opening", "overlapping"),
        ),
        (replace(OF_OFFICE, week=(*SIX_DAYS[:6], ((time(12), time(8)),))), ("sunday_opening", "before_opening")),
    ],
)
def test_a_table_in_which_no_time_can_pass_is_refused(work, facts, problem):
    with pytest.raises(InvalidHours) as refusal, work() as w:
        enter_table(w, facts)
    assert problems(refusal) == [problem]


def test_a_unit_is_closed_on_a_day_with_those_below_it(work, kua):
    with work() as w:
        enter_unit_day(w, a_day(kua))
    assert [shifts(work, MONDAY, unit) for unit in (kua, kua + 1, None)] == [(), (), OFFICE_WEEK[0]]


def test_a_unit_works_on_a_day_off(work, kua):
    with work() as w:
        enter_unit_day(w, a_day(kua, day=SUNDAY, is_working=True, shifts=SHORT))
    assert shifts(work, SUNDAY, kua) == SHORT


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"name": " "}, ("name", "required")),
        ({"is_working": True}, ("day_opening", "required")),
        ({"is_working": True, "shifts": ((time(9), time(8)),)}, ("day_opening", "before_opening")),
        ({"day": date(1900, 1, 1)}, ("day", "out_of_range")),
    ],
)
def test_what_is_wrong_with_the_day_of_a_unit_is_told_at_its_field(work, kua, facts, problem):
    with pytest.raises(InvalidHours) as refusal, work() as w:
        enter_unit_day(w, a_day(kua, **facts))
    assert problems(refusal) == [problem]


def test_a_day_of_a_unit_is_entered_once_and_corrected(work, kua):
    with work() as w:
        unit_day_id = enter_unit_day(w, a_day(kua))
    with pytest.raises(InvalidHours) as refusal, work() as w:
        enter_unit_day(w, a_day(kua, name="Pindah"))
    assert problems(refusal) == [("day", "exists")]
    with work() as w:
        assert correct_unit_day(w, unit_day_id, a_day(kua, name="Pindah"), mark_of(a_day(kua))) == a_day(kua)
        assert remove_unit_day(w, unit_day_id).name == "Pindah"
    assert shifts(work, MONDAY, kua) == OFFICE_WEEK[0]


def test_what_is_not_there_cannot_be_removed(work):
    with pytest.raises(HoursTableNotFound), work() as w:
        remove_table(w, 99)
    with pytest.raises(UnitDayNotFound), work() as w:
        remove_unit_day(w, 99)
