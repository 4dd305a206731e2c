"""What is exported comes in again without any difference."""

from datetime import date
from pathlib import Path

import pytest

from engine.base.spreadsheet_writing import csv_parts, xlsx_file
from engine.base.spreadsheets import read_table
from engine.organisation.model import TableSubject
from engine.organisation.nip import parse_nip
from engine.organisation.tables.draft import Choices
from engine.organisation.tables.export import PERSONAL, example_of, fields_of, headings_of, rows_of
from engine.organisation.tables.fields import Field, recognise
from engine.organisation.tables.office import Office, office_now
from engine.organisation.tables.planning import plan_of

TODAY = date(2026, 11, 23)
NO_OFFICE = Office(units={}, positions={}, employees={}, holdings={})
SAMPLE = Path(__file__).parents[3] / "processes" / "sample_office" / "office.yaml"


def as_csv(title, headings, rows) -> bytes:
    return b"".join(csv_parts(headings, rows))


def as_xlsx(title, headings, rows) -> bytes:
    return xlsx_file(title, headings, rows).read()


def exported(office, subject, write) -> bytes:
    fields = fields_of(subject)
    return write(subject, headings_of(subject, fields), rows_of(office, subject, fields, TODAY))


def planned(office, content: bytes, **choices: bool):
    heading, *lines = read_table(content)
    found = recognise([heading])
    return plan_of(office, lines, found.subject, found.columns, Choices(**choices), TODAY)


@pytest.mark.parametrize("subject", list(TableSubject))
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_exported_table_makes_no_difference(office, session, subject, write):
    here = office_now(session)
    plan = planned(here, exported(here, subject, write), gone_end=True, unknown_are_made=True)
    assert (plan.changes, plan.problems, plan.absent) == ((), (), ())
    assert plan.rows > 5


def test_exported_tables_make_the_office_anew(office, session):
    here, anew = office_now(session), NO_OFFICE
    for subject in (TableSubject.UNITS, TableSubject.POSITIONS):
        plan = planned(anew, exported(here, subject, as_csv))
        assert plan.problems == ()
        made = {(each.section, each.key): each.values for each in plan.changes}
        names = {key: values for (section, key), values in made.items() if section == subject}
        assert names.keys() == getattr(here, subject).keys()
        closed = {"closed_on": None}
        anew = (
            NO_OFFICE
            if subject is not TableSubject.UNITS
            else type(here)(
                units={key: {"parent": None, **closed, **values} for key, values in names.items()},
                positions={},
                employees={},
                holdings={},
            )
        )


def test_whoever_may_not_see_them_gets_no_numbers(office, session):
    fields = fields_of(TableSubject.EMPLOYEES, besides=PERSONAL)
    (first, *_rest) = rows_of(office_now(session), TableSubject.EMPLOYEES, fields, TODAY)
    assert headings_of(TableSubject.EMPLOYEES, fields)[0] == "Nama"
    assert not any(str(cell).isdigit() for cell in first)


def test_example_is_nobody_of_the_sample_office():
    (nip,) = example_of(TableSubject.EMPLOYEES, [Field.NIP])
    parse_nip(nip)
    assert nip not in SAMPLE.read_text()


@pytest.mark.parametrize("subject", list(TableSubject))
def test_empty_table_is_recognised_by_its_headings(subject):
    fields = fields_of(subject)
    heading, line = read_table(as_csv(subject, headings_of(subject, fields), [example_of(subject, fields)]))
    assert (recognise([heading]).subject, all(line.cells)) == (subject, True)
