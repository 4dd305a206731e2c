"""Entries of an imported file, looked at together: what is double, unknown, circular or too many."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.base.errors import FieldProblem
from engine.base.i18n import _, as_day
from engine.organisation.model import HoldingKind
from engine.organisation.office_file import (
    EmployeeEntry,
    HoldingEntry,
    OrganisationFile,
    PositionEntry,
    UnitEntry,
)
from engine.organisation.tree import leads_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an entry may refer to: codes of units, seats by code of position, NIPs and usernames of people."""

    units: frozenset[str]
    seats: Mapping[str, int]
    employees: frozenset[str]
    unreadable: frozenset[str] = frozenset()


def known_after(file: OrganisationFile, before: Known) -> Known:
    """A section of the file is the whole truth about its subject; without one, what is known already counts."""
    return Known(
        units=before.units if file.units is None else frozenset(unit.code for unit in file.units),
        seats=before.seats if file.positions is None else {each.code: each.seats for each in file.positions},
        employees=before.employees
        if file.employees is None
        else frozenset(ref for each in file.employees for ref in (each.nip, each.username) if ref is not None),
        unreadable=file.unreadable,
    )


def problems_together(file: OrganisationFile, known: Known) -> Iterator[FieldProblem]:
    yield from _problems_of_units(file.units or (), known)
    yield from _problems_of_positions(file.positions or (), known)
    yield from _problems_of_employees(file.employees or ())
    yield from _problems_of_holdings(file, known)


def _problems_of_units(units: tuple[UnitEntry, ...], known: Known) -> Iterator[FieldProblem]:
    yield from _doubles((unit.place, "code", unit.code) for unit in units)
    parents_known = known.units | known.unreadable
    for unit in units:
        yield from _unknown(unit.place, "parent", unit.parent, parents_known)
    parents = {unit.code: unit.parent for unit in units}
    for unit in units:
        if leads_back(unit.code, parents):
            yield _problem(
                unit.place, "parent", "circle", _("The units above %(code)s lead back to it."), code=unit.code
            )


def _problems_of_positions(positions: tuple[PositionEntry, ...], known: Known) -> Iterator[FieldProblem]:
    yield from _doubles((each.place, "code", each.code) for each in positions)
    yield from _doubles((each.place, "head", each.unit) for each in positions if each.is_head)
    superiors = {each.code: each.superior for each in positions}
    units_known, superiors_known = known.units | known.unreadable, known.seats.keys() | known.unreadable
    for each in positions:
        yield from _unknown(each.place, "unit", each.unit, units_known)
        yield from _unknown(each.place, "superior", each.superior, superiors_known)
        if leads_back(each.code, superiors):
            text = _("The superiors of %(code)s lead back to it.")
            yield _problem(each.place, "superior", "circle", text, code=each.code)


def _problems_of_employees(employees: tuple[EmployeeEntry, ...]) -> Iterator[FieldProblem]:
    yield from _doubles((each.place, "nip", each.nip) for each in employees if each.nip is not None)
    yield from _doubles((each.place, "username", each.username) for each in employees if each.username is not None)
    yield from _doubles((each.place, "email", each.email) for each in employees if each.nip is None and each.email)


def _problems_of_holdings(file: OrganisationFile, known: Known) -> Iterator[FieldProblem]:
    holdings = file.holdings or ()
    person = person_keys(file)
    people_known, positions_known = known.employees | known.unreadable, known.seats.keys() | known.unreadable
    for each in holdings:
        yield from _unknown(each.place, "employee", each.employee, people_known)
        yield from _unknown(each.place, "position", each.position, positions_known)
    yield from _doubles(
        (each.place, "from", f"{person(each.employee)} / {each.position} / {each.kind} / {each.starts_on}")
        for each in holdings
    )
    definitive: dict[str, list[HoldingEntry]] = defaultdict(list)
    for each in holdings:
        if each.kind is HoldingKind.DEFINITIVE:
            definitive[each.position].append(each)
    for position, group in definitive.items():
        yield from _too_many(group, known.seats.get(position, len(group)), person)


def person_keys(file: OrganisationFile) -> Callable[[str], str]:
    """From the name by which a holding refers to a person to one that is hers alone."""
    keys = {ref: each.key for each in file.employees or () for ref in (each.nip, each.username) if ref is not None}
    return lambda ref: keys.get(ref, ref)


def _too_many(group: list[HoldingEntry], seats: int, person: Callable[[str], str]) -> Iterator[FieldProblem]:
    """A holding that begins when all seats are taken; the one that begins last is named."""
    for place, each in enumerate(sorted(group, key=lambda holding: (holding.starts_on, holding.place))):
        others = [other for other in group if other.covers(each.starts_on)]
        names = sorted({person(other.employee) for other in others})
        if place >= seats and len(names) > seats:
            text = _(
                "More people hold %(position)s for good on %(day)s than it has seats (%(seats)s): %(names)s. "
                "End one of these holdings, or give the position more seats."
            )
            facts = {
                "position": each.position,
                "seats": seats,
                "day": as_day(each.starts_on),
                "names": ", ".join(sorted({other.employee for other in others})),
            }
            yield _problem(each.place, "from", "too_many", text, **facts)


def _doubles(values: Iterable[tuple[str, str, str]]) -> Iterator[FieldProblem]:
    first: dict[tuple[str, str], str] = {}
    for place, key, value in values:
        if (key, value) in first:
            text = _("%(value)s stands here a second time; the first is %(first)s.")
            yield _problem(place, key, "double", text, value=value, first=first[key, value])
        first.setdefault((key, value), place)


def _unknown(place: str, key: str, ref: str | None, known: Iterable[str]) -> Iterator[FieldProblem]:
    if ref is not None and ref not in known:
        text = _("%(ref)s is not known. Add it to the file, or correct the spelling.")
        yield _problem(place, key, "unknown", text, ref=ref)


def _problem(place: str, key: str, kind: str, message: str, **params: object) -> FieldProblem:
    return FieldProblem(name=f"{place}.{key}", code=kind, message=message, params=params)
