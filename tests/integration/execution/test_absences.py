"""Who is away: everybody may know that, those who need it may know why."""

from datetime import date

import pytest

from engine.access.permissions import NotAboutYou
from engine.base.actor import Actor
from engine.core.core import Core
from engine.organisation.absences import AbsenceFacts, AbsenceLine, AbsenceRefused, presence_of
from engine.organisation.model import AbsenceKind
from engine.staffing.absences import absences_seen, change_absence, record_absence, withdraw_absence
from tests.support.small_office import person

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def facts(core: Core, name: str, first: date = MONDAY, last: date = FRIDAY) -> AbsenceFacts:
    who = person(core, name).employee_id or 0
    return AbsenceFacts(employee_id=who, kind=AbsenceKind.SICK, starts_on=first, ends_on=last, note="demam")


def away(core: Core, name: str, by: str, first: date = MONDAY, last: date = FRIDAY) -> AbsenceLine:
    with core.work(person(core, by)) as work:
        return record_absence(work, facts(core, name, first, last))


def is_away(core: Core, name: str, on: date) -> bool:
    who = person(core, name).employee_id or 0
    with core.read() as reading:
        return who in presence_of(reading.session, [who], on)


def kinds_seen(core: Core, by: Actor) -> list[AbsenceKind | None]:
    with core.read(by) as reading:
        return [line.kind for line in absences_seen(reading, MONDAY).items]


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 11, 22), False), (MONDAY, True), (FRIDAY, True)])
def test_she_is_away_from_the_first_day_to_the_last(core: Core, on: date, expected: bool):
    away(core, "ani", by="ani")
    assert is_away(core, "ani", on) is expected


def test_she_is_back_the_day_after(core: Core):
    away(core, "ani", by="ani")
    assert not is_away(core, "ani", date(2026, 11, 28))


@pytest.mark.parametrize("reader", ["ani", "citra"])
def test_herself_and_the_head_of_her_unit_see_why(core: Core, reader: str):
    away(core, "ani", by="ani")
    assert kinds_seen(core, person(core, reader)) == [AbsenceKind.SICK]


def test_a_colleague_sees_only_that_she_is_away(core: Core):
    away(core, "ani", by="ani")
    assert kinds_seen(core, person(core, "budi")) == [None]


def test_a_colleague_does_not_record_it(core: Core):
    with pytest.raises(NotAboutYou):
        away(core, "ani", by="budi")


def test_the_last_day_before_the_first_is_refused_at_its_field(core: Core):
    with pytest.raises(AbsenceRefused) as refused:
        away(core, "ani", by="ani", first=FRIDAY, last=MONDAY)
    assert [problem.name for problem in refused.value.fields] == ["ends_on"]


def test_two_absences_at_once_are_refused(core: Core):
    away(core, "ani", by="ani")
    with pytest.raises(AbsenceRefused) as refused:
        away(core, "ani", by="ani", first=FRIDAY, last=FRIDAY)
    assert [problem.code for problem in refused.value.fields] == ["absence.overlaps"]


def test_she_comes_back_earlier(core: Core):
    line = away(core, "ani", by="ani")
    with core.work(person(core, "ani")) as work:
        change_absence(work, line.absence_id, facts(core, "ani", MONDAY, TUESDAY))
    assert not is_away(core, "ani", FRIDAY)


def test_she_was_not_away_at_all(core: Core):
    line = away(core, "ani", by="ani")
    with core.work(person(core, "citra")) as work:
        withdraw_absence(work, line.absence_id)
    assert not is_away(core, "ani", MONDAY)
