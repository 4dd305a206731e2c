"""Positions for their pages and for choices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from engine.base.alphabet import in_alphabet
from engine.organisation.model import Holding, HoldingKind, Position, PositionKind, Unit
from engine.organisation.positions import PositionNotFound
from engine.organisation.queries import PositionLine
from engine.organisation.searching import says_every_word


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionDetail:
    id: int
    code: str
    title: str
    kind: PositionKind
    unit_id: int
    unit_name: str
    superior_id: int | None
    superior_title: str | None
    is_head_of_unit: bool
    seats: int
    job_class: int | None
    closed_on: date | None

    def is_closed(self, on: date) -> bool:
        return self.closed_on is not None and self.closed_on <= on


def position_detail(session: Session, position_id: int) -> PositionDetail:
    """Raises PositionNotFound."""
    superior = aliased(Position)
    query = (
        select(Position, Unit.name, superior.title)
        .join(Unit, Unit.id == Position.unit_id)
        .outerjoin(superior, superior.id == Position.superior_id)
        .where(Position.id == position_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise PositionNotFound
    row, unit_name, superior_title = found
    return PositionDetail(
        id=row.id,
        code=row.code,
        title=row.title,
        kind=PositionKind(row.kind),
        unit_id=row.unit_id,
        unit_name=unit_name,
        superior_id=row.superior_id,
        superior_title=superior_title,
        is_head_of_unit=row.is_head_of_unit,
        seats=row.seats,
        job_class=row.job_class,
        closed_on=row.closed_on,
    )


def superior_choices(session: Session, unit_ids: Collection[int]) -> tuple[PositionLine, ...]:
    """The positions of these units, and those that head any: a superior is found there."""
    query = _open().where(or_(Position.unit_id.in_(unit_ids), Position.is_head_of_unit))
    return _lines(
        session.execute(query.order_by(in_alphabet(Unit.name), in_alphabet(Position.title), Position.id)).all()
    )


def find_open_positions(session: Session, search: str, most: int) -> tuple[PositionLine, ...]:
    """Those whose title, code or unit says every word of the search."""
    query = _open().where(says_every_word(search, Position.title, Position.code, Unit.name))
    return _lines(
        session.execute(
            query.order_by(in_alphabet(Position.title), in_alphabet(Unit.name), Position.id).limit(most)
        ).all()
    )


def full_positions(session: Session, position_ids: Collection[int], on: date) -> frozenset[int]:
    """Of these, those where every seat is held for good on the day or later."""
    held = func.count(Holding.employee_id.distinct())
    query = (
        select(Position.id)
        .join(Holding, Holding.position_id == Position.id)
        .where(Position.id.in_(position_ids), Holding.kind == HoldingKind.DEFINITIVE)
        .where(or_(Holding.ends_on.is_(None), Holding.ends_on >= on))
        .group_by(Position.id, Position.seats)
        .having(held >= Position.seats)
    )
    return frozenset(session.scalars(query))


def _open() -> Select[int, str, str, int, str]:
    return (
        select(Position.id, Position.code, Position.title, Position.unit_id, Unit.name)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.closed_on.is_(None), Unit.closed_on.is_(None))
    )


def _lines(rows: Sequence[Row[int, str, str, int, str]]) -> tuple[PositionLine, ...]:
    return tuple(
        PositionLine(id=row.id, code=row.code, title=row.title, unit_id=row.unit_id, unit_name=row.name) for row in rows
    )
