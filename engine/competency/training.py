"""Usulan diklat: what the people of the office lack for the positions that they hold, as a list and as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from engine.base.i18n import _, translate
from engine.base.paging import LARGEST_ID, PAGE_SIZE, BadCursor, Page, from_cursor, page_of
from engine.competency.model import Competency, EmployeeCompetency, PositionCompetency
from engine.organisation.model import Employee, Holding, HoldingKind, Position, Unit

HEADINGS = (_("Unit"), _("Name"), _("NIP"), _("Position"), _("Training proposed"), _("Expired on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed:
    """`expired_on` is the last day on which she had it; empty when she never did."""

    unit_name: str
    employee_id: int
    employee_name: str
    nip: str | None
    position_id: int
    position_title: str
    competency_id: int
    competency: str
    expired_on: date | None


def training_needs(
    session: Session, on: date, within: ColumnElement[bool], cursor: str | None = None
) -> Page[TrainingNeed]:
    """By unit and person; `within` says of which positions."""
    query = _needs(on).where(within).limit(PAGE_SIZE + 1)
    if cursor:
        unit_name, holding = _place(cursor)
        after = tuple_(Holding.employee_id, Position.id, Competency.id) > tuple_(*holding)
        query = query.where(or_(Unit.name > unit_name, and_(Unit.name == unit_name, after)))
    rows = [TrainingNeed(**row._mapping) for row in session.execute(query)]
    return page_of(
        rows, PAGE_SIZE, lambda need: [need.unit_name, need.employee_id, need.position_id, need.competency_id]
    )


def all_training_needs(session: Session, on: date, within: ColumnElement[bool]) -> Iterator[TrainingNeed]:
    for row in session.execute(_needs(on).where(within)):
        yield TrainingNeed(**row._mapping)


def as_cells(needs: Iterable[TrainingNeed]) -> Iterator[tuple[str | date | None, ...]]:
    for need in needs:
        yield need.unit_name, need.employee_name, need.nip, need.position_title, need.competency, need.expired_on


def headings(language: str) -> list[str]:
    return [translate(heading, None, language) for heading in HEADINGS]


def _needs(on: date) -> Select[*tuple[Any, ...]]:
    """Acting ones are left out: whoever acts for a while is not sent to a training for it."""
    hers = and_(
        EmployeeCompetency.employee_id == Holding.employee_id,
        EmployeeCompetency.competency_id == PositionCompetency.competency_id,
    )
    has_it = exists().where(
        hers,
        EmployeeCompetency.obtained_on <= on,
        or_(EmployeeCompetency.valid_until.is_(None), EmployeeCompetency.valid_until >= on),
    )
    expired_on = select(func.max(EmployeeCompetency.valid_until)).where(hers, EmployeeCompetency.valid_until < on)
    return (
        select(
            Unit.name.label("unit_name"),
            Holding.employee_id,
            Employee.name.label("employee_name"),
            Employee.nip,
            Position.id.label("position_id"),
            Position.title.label("position_title"),
            Competency.id.label("competency_id"),
            Competency.name.label("competency"),
            expired_on.scalar_subquery().label("expired_on"),
        )
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Position, Position.id == Holding.position_id)
        .join(Unit, Unit.id == Position.unit_id)
        .join(PositionCompetency, PositionCompetency.position_id == Position.id)
        .join(Competency, Competency.id == PositionCompetency.competency_id)
        .where(
            Holding.kind == HoldingKind.DEFINITIVE,
            Holding.starts_on <= on,
            or_(Holding.ends_on.is_(None), Holding.ends_on >= on),
            or_(Employee.left_on.is_(None), Employee.left_on > on),
            ~has_it,
        )
        .order_by(Unit.name, Holding.employee_id, Position.id, Competency.id)
    )


def _place(cursor: str) -> tuple[str, list[int]]:
    unit_name, *ids = from_cursor(cursor, 4)
    if not isinstance(unit_name, str) or not unit_name.isprintable():
        raise BadCursor
    if any(type(each) is not int or not 0 <= each <= LARGEST_ID for each in ids):
        raise BadCursor
    return unit_name, ids
