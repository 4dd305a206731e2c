"""The office on its way to what a table says, and the ends of what it does not list any more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engine.base.errors import FieldProblem
from engine.organisation.tables.fields import Field
from engine.organisation.tables.office import Office, Values, is_current, is_here, name_of
from engine.organisation.tables.rows import TableRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What to do about people or holdings that are not listed, places that are not known, and rows in error."""

    gone_end: bool = False
    unknown_are_made: bool = False
    faulty_are_left_out: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """The office on its way to what the table says; `touched` tells which row spoke of what, in order."""

    units: dict[str, Values]
    positions: dict[str, Values]
    employees: dict[str, Values]
    holdings: dict[str, Values]
    today: date
    choices: Choices
    touched: list[tuple[str, str, TableRow]] = field(default_factory=list)
    made_positions: set[str] = field(default_factory=set)
    absent: list[str] = field(default_factory=list)
    problems: list[FieldProblem] = field(default_factory=list)

    def touch(self, section: str, key: str, row: TableRow) -> None:
        self.touched.append((section, key, row))

    def refuse(self, row: TableRow, key: Field, code: str, message: str, **params: Any) -> None:
        self.problems.append(FieldProblem(name=f"{row.place}.{key}", code=code, message=message, params=params))


def begin(office: Office, choices: Choices, today: date) -> Draft:
    return Draft(
        units=dict(office.units),
        positions=dict(office.positions),
        employees=dict(office.employees),
        holdings=dict(office.holdings),
        today=today,
        choices=choices,
    )


def given(row: TableRow, names: Mapping[Field, str]) -> dict[str, Any]:
    """What the row says of these values, by the names that the office has for them."""
    return {name: row.values[each] for each, name in names.items() if each in row.values}


def end_holding(draft: Draft, key: str, last_day: date) -> None:
    """One that would only begin after its last day never was."""
    holding = draft.holdings[key]
    if holding["from"] > last_day:
        del draft.holdings[key]
    else:
        draft.holdings[key] = {**holding, "until": last_day}


def end_absent_people(draft: Draft, listed: Collection[str]) -> None:
    """Whoever works here and is not listed: told, and gone from today when that is what was chosen."""
    gone = [key for key, each in draft.employees.items() if key not in listed and is_here(each, draft.today)]
    draft.absent += [name_of(draft.employees[key]) for key in gone]
    if draft.choices.gone_end:
        for key in gone:
            draft.employees[key] = {**draft.employees[key], "left_on": draft.today}
        end_holdings_of(draft, frozenset(gone))


def end_holdings_of(draft: Draft, people: Collection[str]) -> None:
    theirs = [key for key, each in draft.holdings.items() if each["employee"] in people]
    _end_all(draft, [key for key in theirs if is_current(draft.holdings[key], draft.today)])


def end_absent_holdings(draft: Draft, listed: Collection[str]) -> None:
    gone = [
        key
        for key, each in draft.holdings.items()
        if key not in listed
        and is_current(each, draft.today)
        and is_here(draft.employees[each["employee"]], draft.today)
    ]
    for each in (draft.holdings[key] for key in gone):
        person, position = draft.employees[each["employee"]], draft.positions[each["position"]]
        draft.absent.append(f"{name_of(person)} – {position['title']}")
    if draft.choices.gone_end:
        _end_all(draft, gone)


def _end_all(draft: Draft, keys: Sequence[str]) -> None:
    for key in keys:
        end_holding(draft, key, draft.today - timedelta(days=1))
