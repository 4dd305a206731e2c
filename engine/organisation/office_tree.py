"""The whole office for a page: units, their positions, and who holds them on a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.organisation.holders import Held, in_order, is_away
from engine.organisation.holdings import held_from, holdings_on
from engine.organisation.model import HoldingKind, Position, PositionKind, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatHolder:
    """`is_away` when another acts for her as Plh today."""

    employee_id: int
    name: str
    kind: HoldingKind
    decree: str | None
    starts_on: date
    ends_on: date | None
    is_away: bool


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
    id: int
    code: str
    name: str
    depth: int
    positions: tuple[OfficePosition, ...]
    units: tuple["OfficeUnit", ...]


def office_tree(session: Session, on: date) -> tuple[OfficeUnit, ...]:
    """The units on top, each with all below it; heads of units come first among positions."""
    units = session.scalars(select(Unit).order_by(Unit.id)).all()
    positions = session.scalars(select(Position).order_by(Position.is_head_of_unit.desc(), Position.id)).all()
    holders: dict[int, list[Held]] = defaultdict(list)
    for held in held_from(session.execute(holdings_on(on)).all()):
        holders[held.position_id].append(held)
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    return _level(None, 0, children, _positions_by_unit(positions, holders))


def _level(
    parent_id: int | None,
    depth: int,
    children: dict[int | None, list[Unit]],
    positions: dict[int, list[OfficePosition]],
) -> tuple[OfficeUnit, ...]:
    return tuple(
        OfficeUnit(
            id=unit.id,
            code=unit.code,
            name=unit.name,
            depth=depth,
            positions=tuple(positions.get(unit.id, ())),
            units=_level(unit.id, depth + 1, children, positions),
        )
        for unit in children.get(parent_id, ())
    )


def _positions_by_unit(
    positions: Sequence[Position], holders: dict[int, list[Held]]
) -> dict[int, list[OfficePosition]]:
    titles = {position.id: position.title for position in positions}
    by_unit: dict[int, list[OfficePosition]] = defaultdict(list)
    for position in positions:
        by_unit[position.unit_id].append(
            OfficePosition(
                id=position.id,
                code=position.code,
                title=position.title,
                kind=PositionKind(position.kind),
                is_head_of_unit=position.is_head_of_unit,
                seats=position.seats,
                superior_title=titles.get(position.superior_id) if position.superior_id else None,
                holders=_seat_holders(holders.get(position.id, ())),
            )
        )
    return by_unit


def _seat_holders(holders: Iterable[Held]) -> tuple[SeatHolder, ...]:
    group = in_order(holders)
    return tuple(
        SeatHolder(
            employee_id=held.employee_id,
            name=held.name,
            kind=held.kind,
            decree=held.decree,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
            is_away=is_away(held, group),
        )
        for held in group
    )
