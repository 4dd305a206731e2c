"""The trail of a table that was brought in: a line for whatever was there before, and for each new person."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.keeping import note
from engine.organisation.model import Employee, Position, Unit
from engine.organisation.tables.difference import Change, ChangeKind

SUBJECTS = {"units": "unit", "positions": "position", "employees": "employee", "holdings": "holding"}
# Where the columns of the tables hold codes, or the numbers of people.
UNITS = frozenset({"unit", "parent"})
POSITIONS = frozenset({"position", "superior"})
Names = Mapping[tuple[str, Any], str]


def note_changes(work: UnitOfWork, changes: Iterable[Change]) -> None:
    noted = [change for change in changes if change.kind is not ChangeKind.NEW]
    names = _names(work, noted)
    for change in noted:
        act = "import.gone" if change.kind is ChangeKind.GONE else "import.changed"
        subject_id = int(change.key) if change.key.isdecimal() else None
        said = [
            f"{each.name}: {_said(each.name, each.old, names)} → {_said(each.name, each.new, names)}"
            for each in change.differences
        ]
        note(work, act, SUBJECTS[change.section], subject_id, name=change.label, changes=said)


def note_new_people(work: UnitOfWork, changes: Iterable[Change], people: Mapping[str, int]) -> None:
    """`people` are the ids of those who are new, by the keys of their changes."""
    for change in changes:
        if change.section == "employees" and change.key in people:
            record(work, "import.new", "employee", people[change.key], name=change.label)


def moved_units(work: UnitOfWork, changes: Iterable[Change]) -> frozenset[int]:
    """Those that were here and lie below others now."""
    codes = [
        change.key
        for change in changes
        if change.section == "units" and change.kind is ChangeKind.CHANGED and "parent" in change.values
    ]
    return frozenset(work.session.scalars(select(Unit.id).where(Unit.code.in_(codes)))) if codes else frozenset()


def _names(work: UnitOfWork, changes: Iterable[Change]) -> Names:
    """The trail says units, positions and people as they are called; only what a change speaks of is looked up."""
    spoken_of = {each.name for change in changes for each in change.differences}
    found: dict[tuple[str, Any], str] = {}
    for columns, key, name in (
        (UNITS, Unit.code, Unit.name),
        (POSITIONS, Position.code, Position.title),
        (frozenset({"employee"}), Employee.id, Employee.name),
    ):
        if spoken_of & columns:
            called = {str(row[0]): row[1] for row in work.session.execute(select(key, name))}
            found.update({(column, each): words for column in columns for each, words in called.items()})
    return found


def _said(column: str, value: Any, names: Names) -> str:
    return "–" if value is None else names.get((column, value), str(value))
