"""Units open, are renamed and moved, and close; a closed one stays as history."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.keeping import give, note, problem, refuse
from engine.organisation.model import Employee, Holding, Position, Unit
from engine.organisation.queries import UnitNotFound
from engine.organisation.tree import leads_back


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    name: str
    parent_id: int | None = None
    opened_on: date | None = None
    basis: str | None = None


def open_unit(work: UnitOfWork, code: str, facts: UnitFacts) -> int:
    """A new unit, and its id; raises OfficeRefused with all that is wrong."""
    units = _all_units(work)
    taken = any(unit.code == code for unit in units.values())
    text = _("Another unit has this code. Give this one a code of its own.")
    refuse([problem("code", "double", text) if taken else None, _parent_problem(units, facts)])
    unit = Unit(code=code, name=facts.name, parent_id=facts.parent_id, opened_on=facts.opened_on, basis=facts.basis)
    work.session.add(unit)
    work.session.flush()  # its id is the answer
    note(work, "unit.opened", "unit", unit.id, name=unit.name, code=code, opened_on=_iso(facts.opened_on))
    return unit.id


def change_unit(work: UnitOfWork, unit_id: int, facts: UnitFacts) -> None:
    """Rename or move a unit; raises OfficeRefused where the tree would form a circle."""
    units = _all_units(work)
    unit = _of(units, unit_id)
    refuse([_parent_problem(units, facts, unit) or _circle_problem(units, unit, facts)])
    before = unit.name
    names = {("parent_id", each.id): each.name for each in units.values()}
    values = {"name": facts.name, "parent_id": facts.parent_id, "opened_on": facts.opened_on, "basis": facts.basis}
    changes = give(unit, names, **values)
    if changes:
        note(work, "unit.changed", "unit", unit.id, name=before, changes=changes)


def close_unit(
    work: UnitOfWork, unit_id: int, closed_on: date, transferred_to: str | None = None, basis: str | None = None
) -> None:
    """The unit works until the day before; raises OfficeRefused while somebody or something is still there then."""
    unit = _of(_all_units(work), unit_id)
    refuse([_too_early(unit, closed_on), _in_use(work, unit, closed_on)])
    changes = give(unit, closed_on=closed_on, transferred_to=transferred_to, basis=basis or unit.basis)
    facts = {"name": unit.name, "closed_on": closed_on.isoformat(), "changes": changes}
    if transferred_to:
        note(work, "unit.transferred", "unit", unit.id, to=transferred_to, **facts)
    else:
        note(work, "unit.closed", "unit", unit.id, **facts)


def reopen_unit(work: UnitOfWork, unit_id: int) -> None:
    """It was closed by mistake: the unit alone is open again, without what was handed on."""
    units = _all_units(work)
    unit = _of(units, unit_id)
    refuse([_parent_problem(units, UnitFacts(name=unit.name, parent_id=unit.parent_id))])
    changes = give(unit, closed_on=None, transferred_to=None)
    note(work, "unit.reopened", "unit", unit.id, name=unit.name, changes=changes)


def _all_units(work: UnitOfWork) -> dict[int, Unit]:
    """Locked, so that two moves at once cannot form a circle together."""
    query = select(Unit).order_by(Unit.id).with_for_update().execution_options(populate_existing=True)
    return {unit.id: unit for unit in work.session.scalars(query)}


def _of(units: dict[int, Unit], unit_id: int) -> Unit:
    if unit_id not in units:
        raise UnitNotFound
    return units[unit_id]


def _parent_problem(units: dict[int, Unit], facts: UnitFacts, unit: Unit | None = None) -> FieldProblem | None:
    """A unit may stay below a closed one, as history, but not come there."""
    if facts.parent_id is None or (unit is not None and unit.parent_id == facts.parent_id):
        return None
    parent = units.get(facts.parent_id)
    if parent is None:
        return problem("parent_id", "unknown", _("This unit is not known. Choose one of the list."))
    if parent.closed_on is not None:
        text = _("%(name)s closes on %(day)s. Choose a unit that stays open.")
        return problem("parent_id", "closed", text, name=parent.name, day=parent.closed_on)
    return None


def _circle_problem(units: dict[int, Unit], unit: Unit, facts: UnitFacts) -> FieldProblem | None:
    above = {each.id: each.parent_id for each in units.values()} | {unit.id: facts.parent_id}
    if not leads_back(unit.id, above) or facts.parent_id is None:
        return None
    if facts.parent_id == unit.id:
        return problem("parent_id", "circle", _("A unit cannot stand below itself. Choose another one."))
    text = _("%(parent)s lies below %(name)s, so it cannot stand above it. Move %(parent)s away first.")
    return problem("parent_id", "circle", text, parent=units[facts.parent_id].name, name=unit.name)


def _too_early(unit: Unit, closed_on: date) -> FieldProblem | None:
    if unit.opened_on is None or closed_on > unit.opened_on:
        return None
    text = _("The unit opened on %(day)s. Give a day after it.")
    return problem("closed_on", "order", text, day=unit.opened_on)


def _in_use(work: UnitOfWork, unit: Unit, closed_on: date) -> FieldProblem | None:
    open_then = or_(Unit.closed_on.is_(None), Unit.closed_on > closed_on)
    if work.session.scalar(select(exists().where(Unit.parent_id == unit.id, open_then))):
        return problem("closed_on", "in_use", _("Units below it are open then. Close them or move them first."))
    held = (
        exists()
        .where(Position.id == Holding.position_id, Position.unit_id == unit.id)
        .where(or_(Holding.ends_on.is_(None), Holding.ends_on >= closed_on))
        .where(Employee.id == Holding.employee_id, or_(Employee.left_on.is_(None), Employee.left_on > closed_on))
    )
    if work.session.scalar(select(held)):
        return problem("closed_on", "in_use", _("People hold positions in it then. End these holdings first."))
    return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
