"""The office as tables with the headings that an import understands, and empty ones to begin with."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from engine.base.spreadsheet_writing import Value
from engine.organisation.model import HoldingKind, PositionKind, TableSubject
from engine.organisation.tables.fields import HEADINGS, Field
from engine.organisation.tables.office import Office, Values, is_current, is_here, is_open
from engine.organisation.tables.rows import WORDS

# What only those see who keep the office.
PERSONAL = frozenset({Field.NIP, Field.EMAIL, Field.PHONE, Field.RANK})
# The name in one piece, as it is kept; SIMPEG's own columns for titles are only read.
NOT_WRITTEN = frozenset({Field.TITLE_BEFORE, Field.TITLE_AFTER})
Cells = dict[Field, Any]


def fields_of(subject: TableSubject, *, besides: Collection[Field] = ()) -> tuple[Field, ...]:
    return tuple(field for field in HEADINGS[subject] if field not in NOT_WRITTEN and field not in besides)


def headings_of(subject: TableSubject, fields: Collection[Field]) -> list[str]:
    return [HEADINGS[subject][field][0] for field in fields]


def rows_of(office: Office, subject: TableSubject, fields: Collection[Field], today: date) -> Iterator[list[Value]]:
    for cells in _ROWS[subject](office, today):
        yield [_written(cells.get(field)) for field in fields]


def example_of(subject: TableSubject, fields: Collection[Field]) -> list[Value]:
    """One row that shows how each column is filled in."""
    return [_written(EXAMPLES[subject].get(field)) for field in fields]


def _employees(office: Office, today: date) -> Iterator[Cells]:
    main: dict[str, Values] = {}
    # Holdings come the oldest first; the oldest one for good says where a person belongs.
    for each in office.holdings.values():
        if each["kind"] is HoldingKind.DEFINITIVE and is_current(each, today):
            main.setdefault(each["employee"], each)
    for key, person in office.employees.items():
        if is_here(person, today):
            held = main.get(key)
            starts_on = {Field.STARTS_ON: held["from"]} if held else {}
            yield {**_person(person), **(_place(office, held["position"]) if held else {}), **starts_on}


def _holdings(office: Office, today: date) -> Iterator[Cells]:
    for each in office.holdings.values():
        person = office.employees[each["employee"]]
        if is_current(each, today) and is_here(person, today):
            yield {
                **_person(person),
                **_place(office, each["position"]),
                Field.KIND: each["kind"],
                Field.DECREE: each["decree"],
                Field.SCOPE: each["scope"],
                Field.STARTS_ON: each["from"],
                Field.ENDS_ON: each["until"],
            }


def _positions(office: Office, today: date) -> Iterator[Cells]:
    for code, each in office.positions.items():
        if is_open(each, today):
            yield {
                **_place(office, code),
                Field.KIND: each["kind"],
                Field.SUPERIOR: each["superior"],
                Field.IS_HEAD: each["head"],
                Field.SEATS: each["seats"],
                Field.JOB_CLASS: each["job_class"],
            }


def _units(office: Office, today: date) -> Iterator[Cells]:
    for code, each in office.units.items():
        if is_open(each, today):
            yield {Field.UNIT_CODE: code, Field.UNIT: each["name"], Field.PARENT: each["parent"]}


def _person(person: Values) -> Cells:
    names = {Field.NIP: "nip", Field.NAME: "name", Field.EMAIL: "email", Field.PHONE: "phone", Field.RANK: "rank"}
    return {field: person[name] for field, name in names.items()}


def _place(office: Office, code: str) -> Cells:
    position = office.positions[code]
    return {
        Field.POSITION_CODE: code,
        Field.POSITION: position["title"],
        Field.UNIT_CODE: position["unit"],
        Field.UNIT: office.units[position["unit"]]["name"],
    }


def _written(value: Any) -> Value:
    """Days and numbers stay what they are, so that whoever opens the file can sort and add them up."""
    # True and 1 are the same key to a table.
    return WORDS[value] if isinstance(value, bool | HoldingKind | PositionKind) else value


_ROWS: Mapping[TableSubject, Callable[[Office, date], Iterator[Cells]]] = {
    TableSubject.EMPLOYEES: _employees,
    TableSubject.HOLDINGS: _holdings,
    TableSubject.POSITIONS: _positions,
    TableSubject.UNITS: _units,
}
_AN_EMPLOYEE: Cells = {
    Field.NIP: "199001012015012999",
    Field.NAME: "Siti Aminah, S.Ag.",
    Field.EMAIL: "siti.aminah@contoh.go.id",
}
_A_PLACE: Cells = {
    Field.POSITION_CODE: "pengadministrasi-umum",
    Field.POSITION: "Pengadministrasi Umum",
    Field.UNIT_CODE: "subbag-tu",
    Field.UNIT: "Subbagian Tata Usaha",
}
EXAMPLES: Mapping[TableSubject, Cells] = {
    TableSubject.EMPLOYEES: {
        **_AN_EMPLOYEE,
        Field.PHONE: "081234567890",
        Field.RANK: "III/b",
        **_A_PLACE,
        Field.STARTS_ON: date(2026, 1, 5),
    },
    TableSubject.HOLDINGS: {
        **_AN_EMPLOYEE,
        **_A_PLACE,
        Field.KIND: HoldingKind.PLH,
        Field.DECREE: "SK 12/2026",
        Field.SCOPE: "Tugas rutin",
        Field.STARTS_ON: date(2026, 1, 5),
        Field.ENDS_ON: date(2026, 1, 16),
    },
    TableSubject.POSITIONS: {
        **_A_PLACE,
        Field.KIND: PositionKind.EXECUTIVE,
        Field.SUPERIOR: "kasubbag-tu",
        Field.IS_HEAD: False,
        Field.SEATS: 2,
        Field.JOB_CLASS: 5,
    },
    TableSubject.UNITS: {
        Field.UNIT_CODE: "subbag-tu",
        Field.UNIT: "Subbagian Tata Usaha",
        Field.PARENT: "kantor",
    },
}
