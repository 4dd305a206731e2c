"""Holdings through time, for the pages of a position and of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.organisation.appointments import HoldingNotFound
from engine.organisation.holdings import last_day
from engine.organisation.model import Employee, Holding, HoldingKind, Position, Unit

MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    id: int
    employee_id: int
    employee_name: str
    position_id: int
    position_title: str
    unit_id: int
    unit_name: str
    kind: HoldingKind
    decree: str | None
    scope: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """As they stand to a day; the earliest first, of those that are over the latest first."""

    now: tuple[HoldingLine, ...]
    to_come: tuple[HoldingLine, ...]
    over: tuple[HoldingLine, ...]


def holding(session: Session, holding_id: int) -> HoldingLine:
    """Raises HoldingNotFound."""
    found = _lines(session, Holding.id == holding_id)
    if not found:
        raise HoldingNotFound
    return found[0]


def holdings_of_position(session: Session, position_id: int, on: date) -> Holdings:
    return _by_time(_lines(session, Holding.position_id == position_id), on)


def holdings_of_employee(session: Session, employee_id: int, on: date) -> Holdings:
    return _by_time(_lines(session, Holding.employee_id == employee_id), on)


def _by_time(lines: Sequence[HoldingLine], on: date) -> Holdings:
    return Holdings(
        now=tuple(line for line in lines if line.starts_on <= on and (line.ends_on is None or line.ends_on >= on)),
        to_come=tuple(line for line in lines if line.starts_on > on),
        over=tuple(line for line in reversed(lines) if line.ends_on is not None and line.ends_on < on),
    )


def _lines(session: Session, which: ColumnElement[bool]) -> list[HoldingLine]:
    """The latest of them, the earliest first."""
    query = (
        select(Holding, Employee.name, Employee.left_on, Position.title, Unit.id, Unit.name)
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Position, Position.id == Holding.position_id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(which)
        .order_by(Holding.starts_on.desc(), Holding.id.desc())
        .limit(MOST_LINES)
    )
    lines = [
        HoldingLine(
            id=row.id,
            employee_id=row.employee_id,
            employee_name=name,
            position_id=row.position_id,
            position_title=title,
            unit_id=unit_id,
            unit_name=unit_name,
            kind=HoldingKind(row.kind),
            decree=row.decree,
            scope=row.scope,
            starts_on=row.starts_on,
            ends_on=last_day(row.ends_on, left_on),
        )
        for row, name, left_on, title, unit_id, unit_name in session.execute(query)
    ]
    return lines[::-1]
