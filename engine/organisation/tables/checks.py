"""A draft under the rules of every import: what is double, circular or too many is told at the row that brings it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.organisation.checking import Known, problems_together
from engine.organisation.model import TableSubject
from engine.organisation.office_file import EmployeeEntry, HoldingEntry, OrganisationFile, PositionEntry, UnitEntry
from engine.organisation.tables.draft import Draft
from engine.organisation.tables.fields import Field
from engine.organisation.tables.office import is_current, is_here, is_open, name_of
from engine.organisation.tables.rows import TableRow

DOUBLE = _("%(value)s stands here a second time; the first is in row %(first)s.")
DOUBLES = {
    "from": _("This appointment stands here a second time; the first is in row %(first)s."),
    "head": _("%(value)s has a head already, in row %(first)s."),
}
# The other one is no row of the table.
HERE_ALREADY = _("%(value)s is in the office already, and the table does not list it elsewhere.")
IN_OFFICE = {"from": _("This appointment is in the office already."), "head": _("%(value)s has a head already.")}


def problems_of(draft: Draft, subject: TableSubject) -> tuple[FieldProblem, ...]:
    """What stood so before, without a row of the table, is none of its problems."""
    holds = subject in (TableSubject.EMPLOYEES, TableSubject.HOLDINGS)
    units = tuple(_units(draft)) if subject is TableSubject.UNITS else None
    positions = tuple(_positions(draft)) if subject is TableSubject.POSITIONS else None
    employees = tuple(_employees(draft)) if subject is TableSubject.EMPLOYEES else None
    # A table of positions may take seats away from people who sit on them.
    holdings = tuple(_holdings(draft)) if holds or subject is TableSubject.POSITIONS else None
    file = OrganisationFile(units=units, positions=positions, employees=employees, holdings=holdings)
    known = Known(
        units=frozenset(draft.units),
        seats={code: each["seats"] for code, each in draft.positions.items()},
        employees=frozenset(name_of(each) for each in draft.employees.values()),
    )
    return (*draft.problems, *_at_rows(draft, problems_together(file, known)))


def _at_rows(draft: Draft, problems: Iterator[FieldProblem]) -> Iterator[FieldProblem]:
    rows = {row.place: row for _section, _key, row in draft.touched}
    of_position = _rows_of_positions(draft)
    for problem in problems:
        place, _point, _key = problem.name.rpartition(".")
        if problem.code == "too_many":
            # Whoever is appointed there is one too many, or a table of positions takes seats away.
            last = of_position.get(str(problem.params["position"]), ())[-1:]
            for each in [place] if place in rows else last:
                yield _in_words(draft, replace(problem, name=f"{each}.{_cell_of_position(rows[each])}"))
        elif place in rows:
            yield _in_words(draft, problem)


def _cell_of_position(row: TableRow) -> Field:
    cells = (Field.SEATS, Field.POSITION, Field.POSITION_CODE)
    return next((each for each in cells if each in row.values), Field.POSITION)


def _in_words(draft: Draft, problem: FieldProblem) -> FieldProblem:
    """In words of the table: names instead of the codes by which entries of an office's file refer to each other."""
    params, column = dict(problem.params), problem.name.rpartition(".")[2]
    for name in ("position", "code", "value", "ref"):
        params.update({name: _called(draft, params[name])} if name in params else {})
    if problem.code != "double":
        return replace(problem, params=params)
    message = DOUBLES.get(column, DOUBLE) if params["first"] else IN_OFFICE.get(column, HERE_ALREADY)
    return replace(problem, message=message, params=params)


def _called(draft: Draft, code: object) -> object:
    key = str(code)
    if key in draft.positions:
        return draft.positions[key]["title"]
    return draft.units[key]["name"] if key in draft.units else code


def _rows_of_positions(draft: Draft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for section, key, row in draft.touched:
        if section == "positions":
            found[key].append(row.place)
        elif section == "holdings" and key in draft.holdings:
            found[draft.holdings[key]["position"]].append(row.place)
    return found


def _places(draft: Draft, section: str, keys: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Each key with the row that speaks of it, one that two rows speak of twice; those of no row first, without."""
    touched = [(key, row.place) for part, key, row in draft.touched if part == section]
    named = {key for key, _place in touched}
    yield from ((key, "") for key in keys if key not in named)
    yield from touched


def _units(draft: Draft) -> Iterator[UnitEntry]:
    here = (code for code, each in draft.units.items() if is_open(each, draft.today))
    for code, place in _places(draft, "units", here):
        yield UnitEntry(place=place, code=code, name=draft.units[code]["name"], parent=draft.units[code]["parent"])


def _positions(draft: Draft) -> Iterator[PositionEntry]:
    here = (code for code, each in draft.positions.items() if is_open(each, draft.today))
    for code, place in _places(draft, "positions", here):
        each = draft.positions[code]
        yield PositionEntry(
            place=place,
            code=code,
            title=each["title"],
            kind=each["kind"],
            unit=each["unit"],
            superior=each["superior"],
            is_head=each["head"],
            seats=each["seats"],
        )


def _employees(draft: Draft) -> Iterator[EmployeeEntry]:
    here = (key for key, each in draft.employees.items() if is_here(each, draft.today))
    for key, place in _places(draft, "employees", here):
        each = draft.employees[key]
        yield EmployeeEntry(
            place=place,
            nip=each["nip"],
            username=None,
            name=each["name"],
            email=each["email"],
            rank=each["rank"],
        )


def _holdings(draft: Draft) -> Iterator[HoldingEntry]:
    """Those that have not ended; of whoever left none counts."""
    current = (
        key
        for key, each in draft.holdings.items()
        if is_current(each, draft.today) and is_here(draft.employees[each["employee"]], draft.today)
    )
    for key, place in _places(draft, "holdings", current):
        each = draft.holdings.get(key)
        if each is None:
            continue
        yield HoldingEntry(
            place=place,
            employee=name_of(draft.employees[each["employee"]]),
            position=each["position"],
            kind=each["kind"],
            decree=each["decree"],
            starts_on=each["from"],
            ends_on=each["until"],
        )
