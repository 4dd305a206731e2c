"""The holdings of a day, read with all that a rule or a page must know of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.organisation.holders import Held, effective, main_holding
from engine.organisation.model import Absence, Employee, Holding, HoldingKind, Position, Unit
from engine.organisation.seating import Span


def holdings_on(on: date) -> Select[*tuple[Any, ...]]:
    """Every holding that covers the day, of people who have not left; read its rows with `held_from`."""
    return (
        select(
            Holding.employee_id,
            Employee.name,
            Holding.position_id,
            Position.code,
            Position.title.label("position_title"),
            Position.seats,
            Position.is_head_of_unit,
            Position.unit_id,
            Unit.name.label("unit_name"),
            Holding.kind,
            Holding.decree,
            Holding.starts_on,
            Holding.ends_on,
        )
        .join(Employee, Holding.employee_id == Employee.id)
        .join(Position, Holding.position_id == Position.id)
        .join(Unit, Position.unit_id == Unit.id)
        .where(covers(on))
    )


def held_from(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Held, ...]:
    return tuple(Held(**{**row._mapping, "kind": HoldingKind(row.kind)}) for row in rows)


def covers(on: date) -> ColumnElement[bool]:
    """Of a holding and its employee: she holds it that day."""
    return and_(
        Holding.starts_on <= on,
        or_(Holding.ends_on.is_(None), Holding.ends_on >= on),
        or_(Employee.left_on.is_(None), Employee.left_on > on),
    )


def held_in_fact(session: Session, employee_id: int, on: date) -> tuple[Held, ...]:
    return once(session, (held_in_fact, employee_id, on), lambda: _held_in_fact(session, employee_id, on))


def _held_in_fact(session: Session, employee_id: int, on: date) -> tuple[Held, ...]:
    hers = select(Holding.position_id).where(Holding.employee_id == employee_id)
    rows = session.execute(holdings_on(on).where(Holding.position_id.in_(hers))).all()
    return tuple(held for held in effective(held_from(rows)) if held.employee_id == employee_id)


def main_holding_of(session: Session, employee_id: int, on: date) -> Held | None:
    return once(session, (main_holding_of, employee_id, on), lambda: _main_holding_of(session, employee_id, on))


def _main_holding_of(session: Session, employee_id: int, on: date) -> Held | None:
    rows = session.execute(holdings_on(on).where(Holding.employee_id == employee_id)).all()
    return main_holding(held_from(rows))


def spans_of(session: Session, position_id: int, kind: HoldingKind) -> dict[int, Span]:
    """Every holding of a kind by its id, past and to come; whoever leaves holds nothing from that day on."""
    query = (
        select(Holding.id, Holding.employee_id, Employee.name, Holding.starts_on, Holding.ends_on, Employee.left_on)
        .join(Employee, Employee.id == Holding.employee_id)
        .where(Holding.position_id == position_id, Holding.kind == kind)
    )
    return {
        row.id: Span(
            employee_id=row.employee_id,
            name=row.name,
            starts_on=row.starts_on,
            ends_on=last_day(row.ends_on, row.left_on),
        )
        for row in session.execute(query)
    }


def last_day(ends_on: date | None, left_on: date | None) -> date | None:
    last = None if left_on is None else left_on - timedelta(days=1)
    return min((day for day in (ends_on, last) if day is not None), default=None)


def holders_away(session: Session, position_ids: Collection[int | None], on: date) -> Mapping[int | None, date]:
    """Till when the definitive holders of these positions are away, by position; the last of them counts."""
    wanted = frozenset(position_ids)
    return once(session, (holders_away, wanted, on), lambda: _read_holders_away(session, wanted, on))


def _read_holders_away(session: Session, position_ids: Collection[int | None], on: date) -> Mapping[int | None, date]:
    query = (
        select(Holding.position_id, func.max(Absence.ends_on))
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Absence, Absence.employee_id == Holding.employee_id)
        .where(covers(on), Absence.starts_on <= on, Absence.ends_on >= on)
        .where(Holding.position_id.in_(position_ids), Holding.kind == HoldingKind.DEFINITIVE)
        .group_by(Holding.position_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
