"""The office as values by readable keys, so that what a table makes of it can be calculated before it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from engine.organisation.model import Employee, Holding, HoldingKind, Position, PositionKind, Unit

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Units and positions by code; people and holdings by their number here, or by the row that brings them."""

    units: Mapping[str, Values]
    positions: Mapping[str, Values]
    employees: Mapping[str, Values]
    holdings: Mapping[str, Values]


def office_now(session: Session) -> Office:
    """All of it, in four statements."""
    return Office(
        units=_units(session), positions=_positions(session), employees=_employees(session), holdings=_holdings(session)
    )


def is_here(person: Values, on: date) -> bool:
    return person["left_on"] is None or bool(on < person["left_on"])


def is_open(thing: Values, on: date) -> bool:
    return thing["closed_on"] is None or bool(on < thing["closed_on"])


def is_current(holding: Values, on: date) -> bool:
    """It has not ended; one that will only begin is among them."""
    return holding["until"] is None or bool(holding["until"] >= on)


def name_of(person: Values) -> str:
    """Hers alone: with the NIP, or the address of who has none."""
    key = person["nip"] or person["email"]
    return f"{person['name']} ({key})" if key else str(person["name"])


def _units(session: Session) -> dict[str, Values]:
    above = aliased(Unit)
    query = (
        select(Unit.code, Unit.name, Unit.closed_on, above.code.label("parent"))
        .join(above, Unit.parent_id == above.id, isouter=True)
        .order_by(Unit.id)
    )
    return {
        row.code: {"name": row.name, "parent": row.parent, "closed_on": row.closed_on} for row in session.execute(query)
    }


def _positions(session: Session) -> dict[str, Values]:
    above = aliased(Position)
    query = (
        select(Position, Unit.code.label("unit_code"), above.code.label("superior"))
        .join(Unit, Position.unit_id == Unit.id)
        .join(above, Position.superior_id == above.id, isouter=True)
        .order_by(Position.id)
    )
    return {
        position.code: {
            "title": position.title,
            "kind": PositionKind(position.kind),
            "unit": unit_code,
            "superior": superior,
            "head": position.is_head_of_unit,
            "seats": position.seats,
            "job_class": position.job_class,
            "closed_on": position.closed_on,
        }
        for position, unit_code, superior in session.execute(query)
    }


def _employees(session: Session) -> dict[str, Values]:
    columns = (Employee.nip, Employee.name, Employee.email, Employee.phone, Employee.rank, Employee.left_on)
    query = select(Employee.id, *columns).order_by(Employee.name, Employee.id)
    return {str(row.id): {name: getattr(row, name) for name in EMPLOYEE_NAMES} for row in session.execute(query)}


EMPLOYEE_NAMES = ("nip", "name", "email", "phone", "rank", "left_on")


def _holdings(session: Session) -> dict[str, Values]:
    columns = (Holding.employee_id, Holding.kind, Holding.decree, Holding.scope, Holding.starts_on, Holding.ends_on)
    query = select(Holding.id, Position.code, *columns).join(Position, Holding.position_id == Position.id)
    return {
        str(row.id): {
            "employee": str(row.employee_id),
            "position": row.code,
            "kind": HoldingKind(row.kind),
            "decree": row.decree,
            "scope": row.scope,
            "from": row.starts_on,
            "until": row.ends_on,
        }
        for row in session.execute(query.order_by(Holding.starts_on, Holding.id))
    }
