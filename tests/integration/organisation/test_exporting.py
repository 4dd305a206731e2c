"""The office as a file, and back."""

from datetime import date

import pytest
import yaml
from sqlalchemy import select

from engine.organisation.employees import EmployeeFacts, take_on
from engine.organisation.exporting import organisation_document
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee, Unit
from engine.organisation.units import UnitFacts, close_unit, open_unit

NOTHING_CHANGED = (0, 0, 0)


def test_the_exported_office_changes_nothing_when_imported(office, work, session):
    with work() as w:
        unit_id = open_unit(
            w, "seksi-phu", UnitFacts(name="Seksi PHU", opened_on=date(2019, 8, 1), basis="PMA 19/2019")
        )
        close_unit(w, unit_id, date(2026, 1, 1), transferred_to="Kementerian Haji dan Umrah")
        take_on(w, EmployeeFacts(name="Wulan", email="wulan@example.id", phone="0812 3456", rank="V"))
    session.rollback()
    document = organisation_document(session)
    session.rollback()
    with work() as w:
        result = import_organisation(w, document.encode())
    assert (result.created, result.changed, result.gone) == NOTHING_CHANGED


def test_the_export_says_what_the_sample_says(office, office_file, session):
    exported, given = yaml.safe_load(organisation_document(session)), yaml.safe_load(office_file)
    assert [exported["units"], exported["positions"]] == [given["units"], given["positions"]]


@pytest.mark.parametrize("line", ["left: 2027-01-31", "phone: 0812 3456 7890"])
def test_new_columns_of_an_employee_are_kept(work, session, line):
    key, value = line.split(": ")
    office = f'employees: [{{nip: "198609262015051001", name: Ani, {line}}}]'
    with work() as w:
        import_organisation(w, office.encode())
    row = session.scalars(select(Employee)).one()
    assert str({"left": row.left_on, "phone": row.phone}[key]) == value


def test_what_was_kept_by_hand_stays_where_the_file_is_silent(office, office_file, work, session):
    with work() as w:
        w.session.get_one(Unit, office.unit("gara-zawa")).basis = "PMA 19/2019"
    with work() as w:
        import_organisation(w, office_file)
    session.rollback()
    assert session.get_one(Unit, office.unit("gara-zawa")).basis == "PMA 19/2019"
