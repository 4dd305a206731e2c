"""A table of people and their days, as somebody sends it: one row a person, NIP and next day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.base.days import find_day
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _, as_day
from engine.base.spreadsheets import TableLine
from engine.organisation.nip import InvalidNip, parse_nip

NIP_HEADINGS = frozenset({"nip", "nip baru", "nomor induk pegawai", "nip pegawai"})
DAY_HEADINGS = frozenset(
    {"tanggal", "tanggal berikutnya", "hari berikutnya", "tmt", "tmt berikutnya", "tmt kgb", "tmt kgb berikutnya"}
    | {"next day", "day", "date"}
)
HEADINGS = ("NIP", "Nama", "Tanggal Berikutnya")
LOOKED_THROUGH, MOST_TOLD = 20, 20
FURTHEST_YEAR = 2100


class PeopleWrong(Invalid):
    code = "plan.people_wrong"
    message = _("The table was not taken, nothing has changed. Mend these rows and send it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An employee, as a NIP names her."""

    employee_id: int
    name: str
    left_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    employee_id: int
    next_on: date


def rows_of(lines: Sequence[TableLine], employees: Mapping[str, Named], today: date) -> tuple[Row, ...]:
    """Whom each row means, and her day; a row without a day is left out. Raises PeopleWrong, row by row."""
    place, nip_column, day_column = _columns(lines)
    seen: dict[int, int] = {}
    rows: list[Row] = []
    problems: list[FieldProblem] = []
    for line in (each for each in lines[place + 1 :] if each.cell(day_column)):
        found = _row(line, line.cell(nip_column), line.cell(day_column), employees, today)
        if isinstance(found, Row) and found.employee_id in seen:
            first = seen[found.employee_id]
            found = _problem(line, "twice", _("row %(row)s is about the same person as row %(first)s."), first=first)
        if isinstance(found, Row):
            seen[found.employee_id] = line.number
            rows.append(found)
        else:
            problems.append(found)
    if not rows and not problems:
        message = _("No row of the table has a day. Fill in the column “Tanggal Berikutnya”.")
        raise PeopleWrong([FieldProblem(name="file", code="plan.no_days", message=message)])
    if problems:
        raise PeopleWrong(problems[:MOST_TOLD])
    return tuple(rows)


def _columns(lines: Sequence[TableLine]) -> tuple[int, int, int]:
    """Where the headings stand, and the columns of NIP and day."""
    for place, line in enumerate(lines[:LOOKED_THROUGH]):
        headings = [_plain(cell) for cell in line.cells]
        nips, days = _places(headings, NIP_HEADINGS), _places(headings, DAY_HEADINGS)
        if nips and days:
            return place, nips[0], days[0]
    message = _("The table needs a row of headings with “NIP” and “Tanggal Berikutnya”. Take the one offered here.")
    raise PeopleWrong([FieldProblem(name="file", code="plan.no_headings", message=message)])


def _places(headings: Sequence[str], wanted: frozenset[str]) -> list[int]:
    return [column for column, heading in enumerate(headings) if heading in wanted]


def _row(
    line: TableLine, nip_text: str, day_text: str, employees: Mapping[str, Named], today: date
) -> Row | FieldProblem:
    try:
        nip = parse_nip(nip_text).digits
    except InvalidNip as refusal:
        return _problem(line, "bad_nip", _("row %(row)s, NIP: %(why)s"), why={**refusal.reason})
    employee = employees.get(nip)
    if employee is None:
        return _problem(line, "unknown", _("row %(row)s: nobody here has the NIP %(nip)s. Enter her first."), nip=nip)
    if employee.left_on is not None and employee.left_on <= today:
        return _problem(line, "left", _("row %(row)s: %(name)s has left. Take the row out."), name=employee.name)
    day = find_day(day_text)
    if day is None:
        message = _("row %(row)s: “%(text)s” is no day. Write it as in 24/12/2026.")
        return _problem(line, "bad_day", message, text=day_text[:40])
    if not today <= day or day.year > FURTHEST_YEAR:
        message = _("row %(row)s: %(day)s is not a day to come. Give the next one of %(name)s.")
        return _problem(line, "past", message, day=as_day(day), name=employee.name)
    return Row(employee_id=employee.employee_id, next_on=day)


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def _problem(line: TableLine, code: str, message: str, **params: object) -> FieldProblem:
    return FieldProblem(name="file", code=f"plan.{code}", message=message, params={"row": line.number, **params})
