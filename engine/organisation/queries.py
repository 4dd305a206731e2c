"""Who holds what on a day. Days are local: whoever asks says `on` which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.looking import once
from engine.organisation.holders import Held, effective, main_holding
from engine.organisation.holdings import held_from, held_in_fact, holdings_on, main_holding_of
from engine.organisation.model import Employee, Holding, HoldingKind, Position, Unit

HIGHEST = 50  # no office is that deep; it ends the climb should the rows form a circle


class EmployeeNotFound(NotFound):
    code = "organisation.employee_not_found"
    message = _("This employee is not known.")


class UnitNotFound(NotFound):
    code = "organisation.unit_not_found"
    message = _("This unit is not known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    id: int
    code: str
    name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLine:
    id: int
    code: str
    title: str
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeLine:
    id: int
    nip: str | None
    name: str
    email: str | None
    rank: str | None
    left_on: date | None

    def is_here(self, on: date) -> bool:
        return self.left_on is None or on < self.left_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    employee_id: int
    name: str
    position_id: int
    position_code: str
    position_title: str
    unit_id: int
    unit_name: str
    kind: HoldingKind
    decree: str | None = None

    @property
    def is_acting(self) -> bool:
        return self.kind is not HoldingKind.DEFINITIVE


def employee(session: Session, employee_id: int) -> EmployeeLine:
    """Raises EmployeeNotFound."""
    row = session.get(Employee, employee_id)
    if row is None:
        raise EmployeeNotFound
    return _employee_line(row)


def find_employee_by_nip(session: Session, nip: str) -> EmployeeLine | None:
    digits = "".join(nip.split())
    row = session.scalar(select(Employee).where(Employee.nip == digits)) if digits.isdigit() else None
    return None if row is None else _employee_line(row)


def unit(session: Session, unit_id: int) -> UnitLine:
    """Raises UnitNotFound."""
    row = session.get(Unit, unit_id)
    if row is None:
        raise UnitNotFound
    return UnitLine(id=row.id, code=row.code, name=row.name, parent_id=row.parent_id)


def unit_lines(session: Session, unit_ids: Collection[int]) -> tuple[UnitLine, ...]:
    """These units, by name."""
    if not unit_ids:
        return ()
    rows = session.scalars(select(Unit).where(Unit.id.in_(unit_ids)).order_by(in_alphabet(Unit.name), Unit.id))
    return tuple(UnitLine(id=row.id, code=row.code, name=row.name, parent_id=row.parent_id) for row in rows)


def holders_of(session: Session, position_ids: Collection[int], on: date) -> tuple[Holder, ...]:
    """Who holds these positions in fact: acting ones first; a Plh stands in for the holder who is away."""
    if not position_ids:
        return ()

    def read() -> tuple[Holder, ...]:
        query = holdings_on(on).where(Holding.position_id.in_(position_ids)).order_by(Holding.position_id)
        return tuple(_holder(held) for held in effective(held_from(session.execute(query).all())))

    return once(session, (holders_of, tuple(position_ids), on), read)


def positions_of(session: Session, employee_id: int, on: date) -> tuple[Holder, ...]:
    """What an employee holds in fact, her own position first; one where a Plh stands in for her is left out."""
    mine = held_in_fact(session, employee_id, on)
    main = main_holding(mine)
    return tuple(_holder(held) for held in sorted(mine, key=lambda held: held is not main))


def position_ids_held(session: Session, employee_id: int, on: date) -> frozenset[int]:
    return frozenset(held.position_id for held in held_in_fact(session, employee_id, on))


def main_unit_of(session: Session, employee_id: int, on: date) -> int | None:
    """The unit where an employee belongs; also while a Plh stands in for her."""
    main = main_holding_of(session, employee_id, on)
    return None if main is None else main.unit_id


def unit_subtree(session: Session, unit_id: int) -> frozenset[int]:
    """The unit and all below it."""
    return unit_subtrees(session, {unit_id})


def unit_subtrees(session: Session, unit_ids: Collection[int]) -> frozenset[int]:
    if not unit_ids:
        return frozenset()
    return once(session, (unit_subtrees, frozenset(unit_ids)), lambda: _unit_subtrees(session, unit_ids))


def _unit_subtrees(session: Session, unit_ids: Collection[int]) -> frozenset[int]:
    below = select(Unit.id).where(Unit.id.in_(unit_ids)).cte("below", recursive=True)
    # UNION, not UNION ALL: units met before end the walk, so even a circle would.
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    return frozenset(session.scalars(select(below.c.id)))


def units_headed_by(session: Session, employee_id: int, on: date) -> frozenset[int]:
    return frozenset(held.unit_id for held in held_in_fact(session, employee_id, on) if held.is_head_of_unit)


def superiors_of(session: Session, employee_id: int, on: date) -> tuple[Holder, ...]:
    """Who is above an employee's own position today; never she herself, also when she acts for her superior."""
    main = main_holding_of(session, employee_id, on)
    if main is None:
        return ()
    return _first_held(session, _way_up(session, main.position_id), on, besides=employee_id)


def superiors_of_position(session: Session, position_id: int, on: date) -> tuple[Holder, ...]:
    """Who is above a position today, whether it is held or vacant."""
    return _first_held(session, _way_up(session, position_id), on, besides=None)


def head_of_unit(session: Session, unit_id: int, on: date) -> tuple[Holder, ...]:
    """Who heads a unit today, or the nearest one above it whose head is there."""
    return _first_held(session, _heads_from(session, unit_id), on, besides=None)


def positions_above(session: Session, position_id: int) -> tuple[int, ...]:
    """Nearest first: those to whom its work goes while nobody holds it."""
    return _way_up(session, position_id)


def _way_up(session: Session, position_id: int) -> tuple[int, ...]:
    """The positions above, nearest first: superiors, then heads of units; the position itself is none of them."""
    return once(session, (_way_up, position_id), lambda: _climbed(session, position_id))


def _climbed(session: Session, position_id: int) -> tuple[int, ...]:
    chain = (
        select(Position.id, Position.superior_id, Position.unit_id, literal(0).label("height"))
        .where(Position.id == position_id)
        .cte("chain", recursive=True)
    )
    chain = chain.union_all(
        select(Position.id, Position.superior_id, Position.unit_id, chain.c.height + 1)
        .join(chain, Position.id == chain.c.superior_id)
        .where(chain.c.height < HIGHEST)
    )
    positions = session.execute(select(chain.c.id, chain.c.unit_id).order_by(chain.c.height)).all()
    if not positions:
        return ()
    superiors = [position.id for position in positions[1:]]
    way = [*superiors, *_heads_from(session, positions[0].unit_id)]
    return tuple(each for each in dict.fromkeys(way) if each != position_id)


def _heads_from(session: Session, unit_id: int) -> tuple[int, ...]:
    """The positions that head the unit, its parent, and so on."""
    return once(session, (_heads_from, unit_id), lambda: _heads_above(session, unit_id))


def _heads_above(session: Session, unit_id: int) -> tuple[int, ...]:
    way = select(Unit.id, Unit.parent_id, literal(0).label("height")).where(Unit.id == unit_id)
    above = way.cte("above", recursive=True)
    above = above.union_all(
        select(Unit.id, Unit.parent_id, above.c.height + 1)
        .join(above, Unit.id == above.c.parent_id)
        .where(above.c.height < HIGHEST)
    )
    heads = (
        select(Position.id)
        .join(above, Position.unit_id == above.c.id)
        .where(Position.is_head_of_unit)
        .order_by(above.c.height, Position.id)
    )
    return tuple(dict.fromkeys(session.scalars(heads)))


def _first_held(session: Session, way: Sequence[int], on: date, besides: int | None) -> tuple[Holder, ...]:
    """The holders of the first position on the way that someone else holds."""
    holders = [holder for holder in holders_of(session, way, on) if holder.employee_id != besides]
    held = {holder.position_id for holder in holders}
    first = next((position for position in way if position in held), None)
    return tuple(holder for holder in holders if holder.position_id == first)


def _holder(held: Held) -> Holder:
    return Holder(
        employee_id=held.employee_id,
        name=held.name,
        position_id=held.position_id,
        position_code=held.code,
        position_title=held.position_title,
        unit_id=held.unit_id,
        unit_name=held.unit_name,
        kind=held.kind,
        decree=held.decree,
    )


def _employee_line(row: Employee) -> EmployeeLine:
    return EmployeeLine(id=row.id, nip=row.nip, name=row.name, email=row.email, rank=row.rank, left_on=row.left_on)
