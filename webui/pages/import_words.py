"""Tables of the office in words: what their columns mean, what changes, what is wrong and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.base.errors import FieldProblem
from engine.organisation.model import TableSubject
from engine.organisation.tables.difference import Change, ChangeKind
from engine.organisation.tables.fields import Field
from engine.organisation.tables.leaning import LEANS
from webui.language import language
from webui.pages.office_words import holding_kinds, position_kinds
from webui.texts import _
from webui.wording import day

# What a row of the difference does not repeat: its first line says it.
SAID_ALREADY = frozenset({"employee", "position"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    kind: ChangeKind
    subject: str
    label: str
    row: int | None
    lines: tuple[tuple[str, str, str], ...]
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    row: int
    column: str
    text: str
    remedy: str


def subjects() -> dict[TableSubject, str]:
    return {
        TableSubject.EMPLOYEES: _("Employees, with their position if the table says it"),
        TableSubject.HOLDINGS: _("Appointments: definitive, Plt., Plh."),
        TableSubject.POSITIONS: _("Positions"),
        TableSubject.UNITS: _("Units"),
    }


def short_subjects() -> dict[TableSubject, str]:
    return {
        TableSubject.EMPLOYEES: _("Employees"),
        TableSubject.HOLDINGS: _("Appointments"),
        TableSubject.POSITIONS: _("Positions"),
        TableSubject.UNITS: _("Units"),
    }


def field_names() -> dict[Field, str]:
    return {
        Field.NIP: _("NIP"),
        Field.NAME: _("Name"),
        Field.TITLE_BEFORE: _("Title before the name"),
        Field.TITLE_AFTER: _("Title after the name"),
        Field.EMAIL: _("E-mail"),
        Field.PHONE: _("Telephone"),
        Field.RANK: _("Rank"),
        Field.POSITION_CODE: _("Code of the position"),
        Field.POSITION: _("Position"),
        Field.UNIT_CODE: _("Code of the unit"),
        Field.UNIT: _("Unit"),
        Field.KIND: _("Kind"),
        Field.STARTS_ON: _("From"),
        Field.ENDS_ON: _("Until"),
        Field.DECREE: _("Decree"),
        Field.SCOPE: _("Scope"),
        Field.SUPERIOR: _("Superior position"),
        Field.IS_HEAD: _("Head of the unit"),
        Field.SEATS: _("Seats"),
        Field.JOB_CLASS: _("Job class"),
        Field.PARENT: _("Unit above"),
    }


def change_row(change: Change) -> ChangeRow:
    names = _value_names()
    shown = [each for each in change.differences if each.name not in SAID_ALREADY or change.kind is ChangeKind.CHANGED]
    return ChangeRow(
        kind=change.kind,
        subject=short_subjects()[TableSubject(change.section)],
        label=change.label,
        row=change.row,
        lines=tuple((names.get(each.name, each.name), _said(each.old), _said(each.new)) for each in shown),
        warning=_("The name is wholly different. Is the NIP somebody else's?")
        if change.looks_like_somebody_else
        else "",
    )


def fault_columns(subject: TableSubject, headings: Mapping[Field, str]) -> Mapping[str, str]:
    """What a fault calls its column: as the file heads it, else as the page names it."""
    names = {**_value_names(), **{str(field): heading for field, heading in headings.items()}}
    stands_for = {
        "code": Field.UNIT_CODE if subject is TableSubject.UNITS else Field.POSITION_CODE,
        "employee": Field.NIP if Field.NIP in headings else Field.EMAIL,
        "title": Field.POSITION,
    }
    return {**names, **{name: headings[field] for name, field in stands_for.items() if field in headings}}


def fault_rows(problems: Iterable[FieldProblem], names: Mapping[str, str]) -> list[FaultRow]:
    remedies = _remedies()
    rows = []
    for problem in problems:
        row, _point, column = problem.name.partition(".")
        rows.append(
            FaultRow(
                row=int(row),
                column=names.get(column, column),
                text=problem.text(language()),
                remedy=remedies.get(problem.code, _("Correct this cell, then choose the file again.")),
            )
        )
    return rows


def _value_names() -> dict[str, str]:
    """The office's own names of values, where a column is called otherwise."""
    return {
        **{str(field): name for field, name in field_names().items()},
        "title": _("Title"),
        "code": _("Code"),
        "left_on": _("Left on"),
        "employee": _("Employee"),
    }


def _remedies() -> Mapping[str, str]:
    return {
        "organisation.nip_invalid": _("Compare the NIP with the decree: 18 digits, written as text."),
        "shortened": _("Format the column as text, then enter the NIP anew."),
        "missing": _("Fill in this cell."),
        "double": _("Keep one of the rows."),
        LEANS: _("It needs no change of its own."),
        "unknown": _("Correct the spelling, add it first, or choose below that it is made."),
        "ambiguous": _("Add a column with the code."),
        "closed": _("Give another position, or open this one again."),
        "too_many": _("End one of these appointments, or give the position more seats."),
        "order": _("Correct one of the days."),
        "circle": _("Give another one above it."),
        "day": _("Write the day like 22/11/2026."),
        "email": _("Correct the address, or leave the cell empty."),
        "head": _("A unit has one head: say no at the others."),
    }


def _said(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    kinds: Mapping[Any, str] = {**position_kinds(), **holding_kinds()}
    return kinds.get(str(value)) or _day(str(value)) or str(value)


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2026-11-22") else ""
    except ValueError:
        return ""
