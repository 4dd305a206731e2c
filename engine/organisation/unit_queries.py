"""Units for their pages and for choices."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.organisation.model import Unit
from engine.organisation.queries import UnitNotFound
from engine.organisation.tree import with_ancestors


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    id: int
    name: str
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetail:
    """`above` are the units over it, the highest first; `below` those directly under it."""

    id: int
    code: str
    name: str
    parent_id: int | None
    opened_on: date | None
    closed_on: date | None
    transferred_to: str | None
    basis: str | None
    above: tuple[UnitName, ...]
    below: tuple[UnitName, ...]

    def is_closed(self, on: date) -> bool:
        return self.closed_on is not None and self.closed_on <= on


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """A unit that stays open, with how deep it lies; in the order of the tree."""

    id: int
    name: str
    depth: int


def unit_detail(session: Session, unit_id: int) -> UnitDetail:
    """Raises UnitNotFound."""
    row = session.get(Unit, unit_id)
    if row is None:
        raise UnitNotFound
    columns = select(Unit.id, Unit.name, Unit.parent_id, Unit.closed_on).order_by(Unit.id)
    rows = session.execute(columns).all()
    names = {each.id: UnitName(id=each.id, name=each.name, closed_on=each.closed_on) for each in rows}
    way = with_ancestors(unit_id, {each.id: each.parent_id for each in rows})
    return UnitDetail(
        id=row.id,
        code=row.code,
        name=row.name,
        parent_id=row.parent_id,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        transferred_to=row.transferred_to,
        basis=row.basis,
        above=tuple(names[each] for each in reversed(way[1:])),
        below=tuple(names[each.id] for each in rows if each.parent_id == unit_id),
    )


def unit_choices(session: Session) -> tuple[UnitChoice, ...]:
    """Units that are not closed and will not close."""
    query = (
        select(Unit.id, Unit.name, Unit.parent_id)
        .where(Unit.closed_on.is_(None))
        .order_by(in_alphabet(Unit.name), Unit.id)
    )
    rows = session.execute(query).all()
    ids = {row.id for row in rows}
    children: dict[int | None, list[UnitChoice]] = defaultdict(list)
    for row in rows:
        above = row.parent_id if row.parent_id in ids else None
        children[above].append(UnitChoice(id=row.id, name=row.name, depth=0))
    return tuple(_down(children, None, 0))


def _down(children: dict[int | None, list[UnitChoice]], above: int | None, depth: int) -> list[UnitChoice]:
    found: list[UnitChoice] = []
    for each in children.get(above, ()):
        found.append(UnitChoice(id=each.id, name=each.name, depth=depth))
        found += _down(children, each.id, depth + 1)
    return found
