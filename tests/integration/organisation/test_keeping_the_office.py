"""Units, positions and employees are kept by hand; what cannot be is refused at its field."""

from datetime import date

import pytest

from engine.organisation.employees import EmployeeFacts, change_employee, end_employment, take_back, take_on
from engine.organisation.events import OfficeChanged
from engine.organisation.keeping import OfficeRefused
from engine.organisation.model import Employee, Holding, Position, PositionKind, Unit
from engine.organisation.positions import PositionFacts, change_position, close_position, open_position
from engine.organisation.queries import position_ids_held
from engine.organisation.units import UnitFacts, change_unit, close_unit, open_unit, reopen_unit

TODAY, DECEMBER = date(2026, 11, 23), date(2026, 12, 1)
NIP = "199001012016031003"


def codes(refusal) -> dict[str, str]:
    return {field.name: field.code for field in refusal.value.fields}


def acts(w) -> list[str]:
    return [event.act for event in w.events if isinstance(event, OfficeChanged)]


def test_a_unit_opens_below_another(office, work, session):
    facts = UnitFacts(name="KUA Kecamatan Toroh", parent_id=office.unit("seksi-bimas-islam"), basis="PMA 34/2016")
    with work() as w:
        unit_id = open_unit(w, "kua-toroh", facts)
    session.rollback()
    assert session.get_one(Unit, unit_id).parent_id == office.unit("seksi-bimas-islam")
    assert acts(w) == ["unit.opened"]


def test_a_code_is_taken_once(office, work):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        open_unit(w, "subbag-tu", UnitFacts(name="Tata Usaha"))
    assert codes(refusal) == {"code": "double"}


def test_a_renamed_unit_is_noted_with_its_old_and_new_name(office, work):
    with work() as w:
        change_unit(w, office.unit("gara-zawa"), UnitFacts(name="Gara Zawa", parent_id=office.unit("subbag-tu")))
    (event,) = w.events
    assert event.facts["changes"][0] == "name: Penyelenggara Zakat dan Wakaf → Gara Zawa"


def test_a_circle_in_the_unit_tree_is_refused_with_the_remedy(office, work):
    facts = UnitFacts(name="Seksi", parent_id=office.unit("kua-gubug"))
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_unit(w, office.unit("seksi-bimas-islam"), facts)
    assert codes(refusal) == {"parent_id": "circle"}
    assert "Move KUA Kecamatan Gubug away first" in refusal.value.fields[0].text("en")


@pytest.mark.parametrize(("parent", "code"), [("unknown", "unknown"), ("closed", "closed"), ("own", "circle")])
def test_a_parent_must_be_another_open_unit(office, work, parent, code):
    with work() as w:
        closed = open_unit(w, "lama", UnitFacts(name="Unit lama"))
        close_unit(w, closed, TODAY)
    own = office.unit("gara-zawa")
    parent_id = {"unknown": 99999, "closed": closed, "own": own}[parent]
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_unit(w, own, UnitFacts(name="Gara Zawa", parent_id=parent_id))
    assert codes(refusal) == {"parent_id": code}


@pytest.mark.parametrize("unit", ["seksi-bimas-islam", "kua-gubug"])
def test_a_unit_in_use_does_not_close(office, work, unit):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        close_unit(w, office.unit(unit), DECEMBER)
    assert codes(refusal) == {"closed_on": "in_use"}


def test_a_transferred_unit_keeps_to_whom_and_can_be_opened_again(office, work, session):
    with work() as w:
        unit_id = open_unit(w, "seksi-phu", UnitFacts(name="Seksi PHU"))
        close_unit(w, unit_id, TODAY, transferred_to="Kementerian Haji", basis="Perpres 92/2025")
    session.rollback()
    assert session.get_one(Unit, unit_id).transferred_to == "Kementerian Haji"
    with work() as w:
        reopen_unit(w, unit_id)
    assert acts(w) == ["unit.reopened"]


def head(office, **more) -> PositionFacts:
    facts = {"title": "Kepala Seksi", "kind": PositionKind.STRUCTURAL, "unit_id": office.unit("seksi-pais")}
    return PositionFacts(**(facts | more))


def test_a_position_opens_with_its_class_and_superior(office, work, session):
    facts = head(office, title="Penyusun", superior_id=office.position("kasi-pais"), job_class=7)
    with work() as w:
        position_id = open_position(w, "penyusun-pais", facts)
    session.rollback()
    assert session.get_one(Position, position_id).job_class == 7


def test_a_circle_of_superiors_is_refused(office, work):
    facts = head(office, superior_id=office.position("pengawas-pai"), is_head_of_unit=True)
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_position(w, office.position("kasi-pais"), facts)
    assert codes(refusal) == {"superior_id": "circle"}


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"unit_id": 99999}, {"unit_id": "unknown"}),
        ({"superior_id": 99999}, {"superior_id": "unknown"}),
        ({"is_head_of_unit": True}, {"is_head_of_unit": "double"}),
        ({"seats": 0}, {"seats": "count"}),
        ({"job_class": 18}, {"job_class": "count"}),
    ],
)
def test_a_position_that_cannot_be_is_refused(office, work, more, problem):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        open_position(w, "baru", head(office, **more))
    assert codes(refusal) == problem


def test_a_position_keeps_as_many_seats_as_people_hold_it(office, work):
    facts = head(office, title="Analis SDM", unit_id=office.unit("subbag-tu"), seats=1)
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_position(w, office.position("analis-sdm"), facts)
    assert codes(refusal) == {"seats": "too_few"}


def test_a_held_position_does_not_close(office, work):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        close_position(w, office.position("arsiparis"), DECEMBER)
    assert "Panji Anggarakasih" in refusal.value.fields[0].text("en")


def test_someone_without_a_nip_is_known_by_her_address(office, work, session):
    with work() as w:
        employee_id = take_on(w, EmployeeFacts(name="Wulan", email="wulan@example.id", phone="0812"))
    session.rollback()
    assert session.get_one(Employee, employee_id).phone == "0812"


def test_someone_without_nip_and_address_is_refused(office, work):
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        take_on(w, EmployeeFacts(name="Wulan"))
    assert codes(refusal) == {"nip": "missing"}


def test_a_nip_belongs_to_one_person(office, work):
    with work() as w:
        take_on(w, EmployeeFacts(name="Eko", nip=NIP))
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        change_employee(w, office.person("Asihwulan"), EmployeeFacts(name="Asih", nip=NIP))
    assert codes(refusal) == {"nip": "double"}


def test_who_leaves_holds_nothing_from_that_day(office, work, session):
    asih = office.person("Asihwulan")
    with work() as w:
        end_employment(w, asih, DECEMBER)
    session.rollback()
    assert position_ids_held(session, asih, date(2026, 11, 30))
    assert session.query(Holding.ends_on).filter_by(employee_id=asih).scalar() == date(2026, 11, 30)


def test_nobody_leaves_before_she_came_to_what_she_holds(office, work, session):
    asih = office.person("Asihwulan")
    with pytest.raises(OfficeRefused) as refusal, work() as w:
        end_employment(w, asih, date(1926, 11, 23))
    session.rollback()
    assert codes(refusal) == {"left_on": "begun"}
    assert session.query(Holding).filter_by(employee_id=asih).count()


def test_who_stays_after_all_is_here_again(office, work, session):
    asih = office.person("Asihwulan")
    with work() as w:
        end_employment(w, asih, DECEMBER)
        take_back(w, asih)
    session.rollback()
    assert session.get_one(Employee, asih).left_on is None
