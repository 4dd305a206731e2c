"""What a table makes of the office: pure, so that it is shown before it is done."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from engine.base.errors import FieldProblem
from engine.organisation.appointments import acting_problems
from engine.organisation.model import HoldingKind, TableSubject
from engine.organisation.tables.appointing import Seats, check_order
from engine.organisation.tables.draft import (
    Choices,
    Draft,
    begin,
    end_absent_holdings,
    end_absent_people,
    given,
)
from engine.organisation.tables.fields import Field
from engine.organisation.tables.office import Office
from engine.organisation.tables.places import UNKNOWN, Places, by_name, plain
from engine.organisation.tables.rows import TableRow, TableRows
from engine.organisation.tables.structure import merge_positions, merge_units

PERSON = {
    Field.NIP: "nip",
    Field.NAME: "name",
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.RANK: "rank",
}
POSITION = frozenset({Field.POSITION, Field.POSITION_CODE})
UNIT = frozenset({Field.UNIT, Field.UNIT_CODE})
HOLDING = {Field.DECREE: "decree", Field.SCOPE: "scope", Field.ENDS_ON: "until"}
NOBODY = {"nip": None, "name": "", "email": None, "phone": None, "rank": None, "left_on": None}


def merged(office: Office, table: TableRows, rows: Sequence[TableRow], choices: Choices, today: date) -> Draft:
    """The office after these rows of the table; its faulty ones still count as listed."""
    draft = begin(office, choices, today)
    _MERGE[table.subject](draft, rows, table.faulty)
    return draft


def problems_of_faulty(office: Office, table: TableRows, choices: Choices, today: date) -> tuple[FieldProblem, ...]:
    """Of rows that are in error already, what else is wrong: a place or person that is not known."""
    draft = begin(office, choices, today)
    people, places = People(draft), Places(draft)
    for row in table.faulty:
        if table.subject is TableSubject.HOLDINGS:
            _known_person(draft, people, row)
        if table.subject is TableSubject.POSITIONS:
            if UNIT & row.values.keys():
                places.unit(row)
        elif POSITION & row.values.keys():
            places.position(row)
    return tuple(draft.problems)


def _merge_employees(draft: Draft, rows: Sequence[TableRow], faulty: Sequence[TableRow]) -> None:
    people, places, seats = People(draft), Places(draft), Seats(draft)
    listed = {key for row in faulty for key in people.whoever_may_be_meant(row)}
    for row in rows:
        key = people.find(row) or f"row {row.number}"
        listed.add(key)
        known = draft.employees.get(key, NOBODY)
        left_on = known["left_on"] if known["left_on"] is not None and known["left_on"] > draft.today else None
        draft.employees[key] = {**known, **given(row, PERSON), "name": _whole_name(row), "left_on": left_on}
        draft.touch("employees", key, row)
        if POSITION & row.values.keys():
            position = places.position(row)
            if position is not None:
                seats.give(row, key, position)
    end_absent_people(draft, listed)
    _count_made_seats(draft)


def _merge_holdings(draft: Draft, rows: Sequence[TableRow], faulty: Sequence[TableRow]) -> None:
    people, places = People(draft), Places(draft)
    known = {
        (each["employee"], each["position"], each["kind"], each["from"]): key for key, each in draft.holdings.items()
    }
    # Whose row could not be read keeps what she holds.
    unread = {key for row in faulty for key in people.whoever_may_be_meant(row)}
    listed = {key for key, each in draft.holdings.items() if each["employee"] in unread}
    for row in rows:
        person, position = _known_person(draft, people, row), places.position(row)
        if person is None or position is None:
            continue
        kind, starts_on = row.values[Field.KIND], row.values[Field.STARTS_ON]
        # A second row that says the same speaks of the same holding.
        key = known.setdefault((person, position, kind, starts_on), f"row {row.number}")
        if key not in draft.holdings:
            _check_acting(draft, row)
        fresh = {"employee": person, "position": position, "kind": kind, "decree": None, "scope": None, "until": None}
        draft.holdings[key] = {**draft.holdings.get(key, fresh), "from": starts_on, **given(row, HOLDING)}
        draft.touch("holdings", key, row)
        listed.add(key)
        check_order(draft, row, key)
    end_absent_holdings(draft, listed)
    _count_made_seats(draft)


def _known_person(draft: Draft, people: "People", row: TableRow) -> str | None:
    person = people.find(row)
    key = next((each for each in (Field.NIP, Field.EMAIL) if each in row.values), None)
    if person is None and key is not None:
        draft.refuse(row, key, "unknown", UNKNOWN, ref=row.values[key])
    return person


def _check_acting(draft: Draft, row: TableRow) -> None:
    columns = {"decree": Field.DECREE, "ends_on": Field.ENDS_ON}
    decree, until = row.values.get(Field.DECREE), row.values.get(Field.ENDS_ON)
    for problem in acting_problems(row.values[Field.KIND], decree, until):
        if problem is not None:
            draft.refuse(row, columns[problem.name], problem.code, problem.message)


_MERGE: Mapping[TableSubject, Callable[[Draft, Sequence[TableRow], Sequence[TableRow]], None]] = {
    TableSubject.EMPLOYEES: _merge_employees,
    TableSubject.HOLDINGS: _merge_holdings,
    TableSubject.POSITIONS: merge_positions,
    TableSubject.UNITS: merge_units,
}


class People:
    """Finds the person a row speaks of: by NIP, else by address among those who had no NIP so far."""

    def __init__(self, draft: Draft) -> None:
        self._by_nip = {each["nip"]: key for key, each in draft.employees.items() if each["nip"]}
        self._by_email = {
            each["email"].lower(): key for key, each in draft.employees.items() if each["email"] and not each["nip"]
        }
        self._by_name = by_name(draft.employees, "name")

    def find(self, row: TableRow) -> str | None:
        email = row.values.get(Field.EMAIL)
        by_nip = self._by_nip.get(row.values.get(Field.NIP))
        return by_nip or (self._by_email.get(email.lower()) if email else None)

    def whoever_may_be_meant(self, row: TableRow) -> Collection[str]:
        """By a row in error: where its NIP cannot be read, all who have its name. None of them is gone."""
        found = self.find(row)
        if found is not None:
            return (found,)
        is_unread = Field.NIP not in row.values and Field.NAME in row.values
        return self._by_name.get(plain(_whole_name(row)), ()) if is_unread else ()


def _whole_name(row: TableRow) -> str:
    """With the academic titles that SIMPEG keeps in columns of their own."""
    before, name, after = (row.values.get(key) for key in (Field.TITLE_BEFORE, Field.NAME, Field.TITLE_AFTER))
    named = f"{before} {name}" if before else str(name)
    return f"{named}, {after}" if after else named


def _count_made_seats(draft: Draft) -> None:
    """A position that the table itself brings has as many seats as people on it."""
    seats = Counter(
        each["position"]
        for each in draft.holdings.values()
        if each["kind"] is HoldingKind.DEFINITIVE and each["position"] in draft.made_positions
    )
    for code, count in seats.items():
        draft.positions[code] = {**draft.positions[code], "seats": count}
