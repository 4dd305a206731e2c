"""The organisation as the file that `importing` reads: imported again, it changes nothing."""

from collections.abc import Mapping
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.organisation.model import Employee, Holding, HoldingKind, Position, PositionKind, Unit

Entries = list[dict[str, Any]]


def organisation_document(session: Session) -> str:
    return yaml.safe_dump(dict(office_entries(session)), allow_unicode=True, sort_keys=False, width=120)


def office_entries(session: Session) -> Mapping[str, Entries]:
    """The entries of each section, in the order of their rows; what a row does not say is left out."""
    return {
        "units": _units(session),
        "positions": _positions(session),
        "employees": _employees(session),
        "holdings": _holdings(session),
    }


def _units(session: Session) -> Entries:
    rows = session.scalars(select(Unit).order_by(Unit.id)).all()
    codes = {row.id: row.code for row in rows}
    return [
        _said(
            code=row.code,
            name=row.name,
            parent=codes.get(row.parent_id or 0),
            opened=row.opened_on,
            closed=row.closed_on,
            transferred_to=row.transferred_to,
            basis=row.basis,
        )
        for row in rows
    ]


def _positions(session: Session) -> Entries:
    units = {row.id: row.code for row in session.execute(select(Unit.id, Unit.code))}
    rows = session.scalars(select(Position).order_by(Position.id)).all()
    codes = {row.id: row.code for row in rows}
    return [
        _said(
            code=row.code,
            title=row.title,
            kind=PositionKind(row.kind).value,
            unit=units[row.unit_id],
            superior=codes.get(row.superior_id or 0),
            head=row.is_head_of_unit or None,
            seats=row.seats if row.seats > 1 else None,
            **{"class": row.job_class},
            closed=row.closed_on,
        )
        for row in rows
    ]


def _employees(session: Session) -> Entries:
    return [
        _said(
            nip=row.nip,
            username=None if row.nip else _short_name(row.id),
            name=row.name,
            email=row.email,
            phone=row.phone,
            rank=row.rank,
            left=row.left_on,
        )
        for row in session.scalars(select(Employee).order_by(Employee.id))
    ]


def _holdings(session: Session) -> Entries:
    query = (
        select(Holding, Employee.id, Employee.nip, Position.code)
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Position, Position.id == Holding.position_id)
        .order_by(Holding.id)
    )
    return [
        _said(
            employee=nip or _short_name(employee_id),
            position=position,
            kind=HoldingKind(holding.kind).value,
            decree=holding.decree,
            scope=holding.scope,
            **{"from": holding.starts_on},
            until=holding.ends_on,
        )
        for holding, employee_id, nip, position in session.execute(query)
    ]


def _short_name(employee_id: int) -> str:
    """By this the holdings of the file name a person without NIP."""
    return f"pegawai-{employee_id}"


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
