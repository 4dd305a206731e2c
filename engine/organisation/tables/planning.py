"""A table against the office: the difference and the faults, with which the person who sent it decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.base.errors import FieldProblem
from engine.base.spreadsheets import TableLine
from engine.organisation.model import TableSubject
from engine.organisation.tables.checks import problems_of
from engine.organisation.tables.difference import Change, changes_between
from engine.organisation.tables.draft import Choices, Draft
from engine.organisation.tables.fields import Columns
from engine.organisation.tables.merging import merged, problems_of_faulty
from engine.organisation.tables.office import Office
from engine.organisation.tables.rows import TableRow, TableRows, rows_of

MOST_ROUNDS = 5  # a row left out may take away what others refer to


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`absent` names whom or what the table does not list any more; `rows` is how many it has."""

    changes: tuple[Change, ...]
    problems: tuple[FieldProblem, ...]
    absent: tuple[str, ...]
    rows: int
    may_go: bool


def plan_of(
    office: Office,
    lines: Iterable[TableLine],
    subject: TableSubject,
    columns: Columns,
    choices: Choices,
    today: date,
) -> Plan:
    table = rows_of(lines, subject, columns)
    draft, problems = _checked(office, table, table.sound, choices, today)
    all_problems = [*table.problems, *problems_of_faulty(office, table, choices, today), *problems]
    may_go = not all_problems
    if choices.faulty_are_left_out:
        rows = table.sound
        for _round in range(MOST_ROUNDS):
            if not problems:
                break
            bad = {problem.name.partition(".")[0] for problem in problems}
            rows = tuple(row for row in rows if row.place not in bad)
            draft, problems = _checked(office, _leaving_out(table, rows), rows, choices, today)
            all_problems += problems  # what else is left out, and why
        may_go = not problems and bool(rows)
    return Plan(
        changes=changes_between(office, draft),
        problems=tuple(sorted(all_problems, key=_row_number)),
        absent=tuple(draft.absent),
        rows=len(table.sound) + len(table.faulty),
        may_go=may_go,
    )


def _checked(
    office: Office, table: TableRows, rows: tuple[TableRow, ...], choices: Choices, today: date
) -> tuple[Draft, tuple[FieldProblem, ...]]:
    draft = merged(office, table, rows, choices, today)
    return draft, problems_of(draft, table.subject)


def _leaving_out(table: TableRows, rows: tuple[TableRow, ...]) -> TableRows:
    """Who stands in a row that is left out is listed all the same, and does not count as gone."""
    kept = {row.number for row in rows}
    left_out = tuple(row for row in table.sound if row.number not in kept)
    return TableRows(subject=table.subject, sound=rows, faulty=(*table.faulty, *left_out), problems=table.problems)


def _row_number(problem: FieldProblem) -> int:
    return int(problem.name.partition(".")[0])
