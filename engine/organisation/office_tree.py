"""The whole office for a page: units with what is vacant in them, their positions, and who holds them on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from engine.organisation.absences import Away, presence_of
from engine.organisation.holders import Held, in_order, is_away
from engine.organisation.holdings import held_from, holdings_on
from engine.organisation.model import Holding, HoldingKind, Position, PositionKind, Unit

# Of a larger office the tree shows the units only; the page of each shows its positions.
MOST_POSITIONS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHolder:
    """`away_until` is the last day of her absence, where one is recorded; `is_acted_for` when another acts as Plh."""

    employee_id: int
    name: str
    kind: HoldingKind
    decree: str | None
    starts_on: date
    ends_on: date | None
    away_until: date | None
    is_acted_for: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePosition:
    id: int
    code: str
    title: str
    kind: PositionKind
    is_head_of_unit: bool
    seats: int
    superior_title: str | None
    holders: tuple[SeatHolder, ...]

    @property
    def vacant_seats(self) -> int:
        return max(0, self.seats - len(self.holders))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeUnit:
    """`is_closed` and `is_to_come` as of the day of the tree; a closed unit stands there as history."""

    id: int
    code: str
    name: str
    depth: int
    opened_on: date | None
    closed_on: date | None
    transferred_to: str | None
    is_closed: bool
    is_to_come: bool
    position_count: int
    vacant_seats: int
    positions: tuple[OfficePosition, ...]
    units: tuple["OfficeUnit", ...]


def office_tree(session: Session, on: date) -> tuple[OfficeUnit, ...]:
    """The units on top, each with all below it; heads of units come first among positions."""
    units = session.scalars(select(Unit).order_by(Unit.id)).all()
    counts = _counts(session, on)
    shows_positions = sum(count for count, _vacant in counts.values()) <= MOST_POSITIONS
    positions = _by_unit(session, on, is_open(Position.closed_on, on)) if shows_positions else {}
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    return _level(None, 0, on, children, counts, positions)


def is_small(units: Iterable[OfficeUnit]) -> bool:
    """Whether the tree shows positions too."""
    return sum(_position_count(unit) for unit in units) <= MOST_POSITIONS


def _position_count(unit: OfficeUnit) -> int:
    return unit.position_count + sum(_position_count(below) for below in unit.units)


def positions_of_unit(session: Session, unit_id: int, on: date) -> tuple[OfficePosition, ...]:
    """The positions of one unit, the head's first."""
    return tuple(_by_unit(session, on, Position.unit_id == unit_id, is_open(Position.closed_on, on)).get(unit_id, ()))


def is_open(closed_on: InstrumentedAttribute[date | None], on: date) -> ColumnElement[bool]:
    """What closes on a day works until the day before."""
    return or_(closed_on.is_(None), closed_on > on)


def _level(
    parent_id: int | None,
    depth: int,
    on: date,
    children: dict[int | None, list[Unit]],
    counts: dict[int, tuple[int, int]],
    positions: dict[int, list[OfficePosition]],
) -> tuple[OfficeUnit, ...]:
    return tuple(
        OfficeUnit(
            id=unit.id,
            code=unit.code,
            name=unit.name,
            depth=depth,
            opened_on=unit.opened_on,
            closed_on=unit.closed_on,
            transferred_to=unit.transferred_to,
            is_closed=unit.closed_on is not None and unit.closed_on <= on,
            is_to_come=unit.opened_on is not None and unit.opened_on > on,
            position_count=counts.get(unit.id, (0, 0))[0],
            vacant_seats=counts.get(unit.id, (0, 0))[1],
            positions=tuple(positions.get(unit.id, ())),
            units=_level(unit.id, depth + 1, on, children, counts, positions),
        )
        for unit in children.get(parent_id, ())
    )


def _counts(session: Session, on: date) -> dict[int, tuple[int, int]]:
    """How many positions each unit has, and how many of their seats nobody holds."""
    held = (
        holdings_on(on)
        .with_only_columns(Holding.position_id, func.count(Holding.employee_id.distinct()).label("people"))
        .group_by(Holding.position_id)
        .subquery()
    )
    people = func.coalesce(held.c.people, 0)
    vacant = func.sum(case((Position.seats > people, Position.seats - people), else_=0))
    query = (
        select(Position.unit_id, func.count(Position.id), vacant)
        .outerjoin(held, held.c.position_id == Position.id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(and_(is_open(Position.closed_on, on), is_open(Unit.closed_on, on)))
        .group_by(Position.unit_id)
    )
    return {unit_id: (count, int(empty)) for unit_id, count, empty in session.execute(query)}


def _by_unit(session: Session, on: date, *which: ColumnElement[bool]) -> dict[int, list[OfficePosition]]:
    superior = aliased(Position)
    query = (
        select(Position, superior.title)
        .outerjoin(superior, superior.id == Position.superior_id)
        .where(*which)
        .order_by(Position.is_head_of_unit.desc(), Position.id)
    )
    rows = session.execute(query).all()
    holders: dict[int, list[Held]] = defaultdict(list)
    for held in held_from(session.execute(holdings_on(on).where(*which)).all()):
        holders[held.position_id].append(held)
    away = presence_of(session, {held.employee_id for group in holders.values() for held in group}, on)
    by_unit: dict[int, list[OfficePosition]] = defaultdict(list)
    for position, superior_title in rows:
        by_unit[position.unit_id].append(
            OfficePosition(
                id=position.id,
                code=position.code,
                title=position.title,
                kind=PositionKind(position.kind),
                is_head_of_unit=position.is_head_of_unit,
                seats=position.seats,
                superior_title=superior_title,
                holders=_seat_holders(holders.get(position.id, ()), away),
            )
        )
    return by_unit


def _seat_holders(holders: Iterable[Held], away: Mapping[int, Away]) -> tuple[SeatHolder, ...]:
    group = in_order(holders)
    return tuple(
        SeatHolder(
            employee_id=held.employee_id,
            name=held.name,
            kind=held.kind,
            decree=held.decree,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
            away_until=away[held.employee_id].until if held.employee_id in away else None,
            is_acted_for=is_away(held, group),
        )
        for held in group
    )
