"""Holdings begin, are prolonged and end; what cannot be is refused at its field."""

from datetime import date

import pytest

from engine.organisation.appointments import (
    Appointment,
    HoldingNotFound,
    appoint,
    change_end,
    end_holding,
    withdraw,
)
from engine.organisation.cautions import cautions
from engine.organisation.employees import end_employment
from engine.organisation.events import HoldersChanged
from engine.organisation.keeping import OfficeRefused
from engine.organisation.model import Holding, HoldingKind
from engine.organisation.queries import holders_of

TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
DEFINITIVE, PLT, PLH = HoldingKind.DEFINITIVE, HoldingKind.PLT, HoldingKind.PLH


def wanted(office, person="Asihwulan", position="kasi-bimas-islam", kind=PLH, **more) -> Appointment:
    facts = {"starts_on": TODAY, "ends_on": FRIDAY, "decree": "SK 12/2026"} | more
    return Appointment(employee_id=office.person(person), position_id=office.position(position), kind=kind, **facts)


def holding_of(office, person: str) -> Holding:
    return office.session.query(Holding).filter_by(employee_id=office.person(person)).order_by(Holding.id).first()


def refused(work, appointment: Appointment) -> dict[str, str]:
    """The codes of what is wrong, by field."""
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        appoint(w, appointment)
    return {field.name: field.code for field in refusal.value.fields}


def test_a_plh_holds_the_position_from_today(office, work, session):
    with work() as w:
        appoint(w, wanted(office))
    session.rollback()
    holders = holders_of(session, [office.position("kasi-bimas-islam")], TODAY)
    assert [(holder.name.split()[0], holder.kind) for holder in holders] == [("Asihwulan", PLH)]


def test_an_appointment_is_told(office, work):
    with work() as w:
        appoint(w, wanted(office))
    position_ids = frozenset({office.position("kasi-bimas-islam")})
    told = HoldersChanged(position_ids=position_ids, employee_ids=frozenset({office.person("Asihwulan")}))
    assert told in w.events


@pytest.mark.parametrize("kind", [PLT, PLH])
def test_acting_rests_on_a_decree_and_ends(office, work, kind):
    assert refused(work, wanted(office, kind=kind, decree=None, ends_on=None)) == {
        "decree": "missing",
        "ends_on": "missing",
    }


def test_a_taken_seat_is_refused_with_who_holds_it_until_when(office, work):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        appoint(w, wanted(office, kind=DEFINITIVE, ends_on=None))
    (problem,) = refusal.value.fields
    assert (problem.name, problem.code) == ("starts_on", "taken")
    assert "Bimantara Kertajasa, S.Ag. (4 January 2021 to …)" in problem.text("en")


def test_a_seat_is_free_when_its_holder_has_ended(office, work):
    with work() as w:
        end_holding(w, holding_of(office, "Bimantara").id, FRIDAY)
        appoint(w, wanted(office, kind=DEFINITIVE, starts_on=date(2026, 11, 28), ends_on=None))
    assert len(w.events) == 4


def test_the_second_seat_of_a_position_can_be_filled(office, work, session):
    with work() as w:
        end_holding(w, holding_of(office, "Bagaskara").id, date(2026, 11, 22))
        appoint(w, wanted(office, position="pengadministrasi-surat", kind=DEFINITIVE, ends_on=None))
    session.rollback()
    assert len(holders_of(session, [office.position("pengadministrasi-surat")], TODAY)) == 2


def test_nobody_is_appointed_twice_for_the_same_days(office, work):
    with work() as w:
        appoint(w, wanted(office))
    assert refused(work, wanted(office, starts_on=FRIDAY)) == {"starts_on": "double"}


def test_last_day_before_the_first_is_refused(office, work):
    assert refused(work, wanted(office, ends_on=date(2026, 11, 22))) == {"ends_on": "order"}


def test_who_leaves_before_the_end_is_refused(office, work):
    with work() as w:
        end_employment(w, office.person("Asihwulan"), FRIDAY)
    assert refused(work, wanted(office)) == {"employee_id": "left"}


def test_an_end_can_be_moved(office, work, session):
    with work() as w:
        holding_id = appoint(w, wanted(office))
        change_end(w, holding_id, date(2026, 11, 30))
    session.rollback()
    assert session.get_one(Holding, holding_id).ends_on == date(2026, 11, 30)


def test_a_definitive_holding_is_not_prolonged_into_that_of_another(office, work):
    own = holding_of(office, "Bimantara").id
    with work() as w:
        end_holding(w, own, FRIDAY)
        appoint(w, wanted(office, kind=DEFINITIVE, starts_on=date(2026, 12, 1), ends_on=None))
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_end(w, own, None)
    assert [field.code for field in refusal.value.fields] == ["taken"]


def test_a_holding_that_has_not_begun_is_withdrawn(office, work, session):
    with work() as w:
        holding_id = appoint(w, wanted(office, starts_on=FRIDAY))
        withdraw(w, holding_id)
    session.rollback()
    assert session.get(Holding, holding_id) is None


def test_a_holding_that_has_begun_stays_on_record(office, work):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        withdraw(w, holding_of(office, "Bimantara").id)
    assert [field.code for field in refusal.value.fields] == ["begun"]


def test_an_unknown_holding_is_not_found(office, work):
    with pytest.raises(HoldingNotFound), work() as w:
        end_holding(w, 99999, FRIDAY)


def test_who_is_appointed_for_good_while_another_acts_is_told_to_end_that(office, work, session):
    with work() as w:
        appoint(w, wanted(office, kind=PLT))
    session.rollback()
    for_good = wanted(office, person="Bagaskara", kind=DEFINITIVE, ends_on=None)
    assert [each.code for each in cautions(session, for_good)] == ["plt_ends"]
