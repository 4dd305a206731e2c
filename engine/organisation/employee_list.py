"""The people of the office as a list: searched, filtered, paged by name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet, stands_after
from engine.base.paging import PAGE_SIZE, Page, name_and_id_from_cursor, page_of
from engine.organisation.holders import Held, main_holding
from engine.organisation.holdings import held_from, holdings_on
from engine.organisation.model import Absence, Employee, Holding, HoldingKind, Position
from engine.organisation.queries import unit_subtree
from engine.organisation.searching import says_every_word


class EmployeeStatus(StrEnum):
    HERE = "here"
    AWAY = "away"
    ACTING = "acting"
    WITHOUT_POSITION = "without_position"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeFilter:
    """`unit_id` means the unit and all below it; `nip` how the number begins, for those who may see numbers."""

    search: str = ""
    nip: str = ""
    unit_id: int | None = None
    status: EmployeeStatus = EmployeeStatus.HERE


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeRow:
    """`acts_as` are positions that she holds as Plt or Plh; `away_until` the last day of an absence of today."""

    id: int
    name: str
    rank: str | None
    left_on: date | None
    position_title: str | None
    unit_name: str | None
    acts_as: tuple[str, ...]
    away_until: date | None


def employee_page(
    session: Session, wanted: EmployeeFilter, on: date, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[EmployeeRow]:
    """Three statements, and one for the units of the filter, however many work here."""
    query = select(Employee).where(_is(wanted.status, on), says_every_word(wanted.search, Employee.name))
    if wanted.nip:
        query = query.where(Employee.nip.startswith(wanted.nip, autoescape=True))
    if wanted.unit_id is not None:
        units = unit_subtree(session, wanted.unit_id)
        query = query.where(_holds(on, Position.unit_id.in_(units)))
    if cursor:
        query = query.where(stands_after(Employee.name, Employee.id, *name_and_id_from_cursor(cursor)))
    rows = session.scalars(query.order_by(in_alphabet(Employee.name), Employee.id).limit(size + 1)).all()
    page = page_of(rows, size, lambda row: (row.name, row.id))
    return Page(items=_with_positions(session, page.items, on), next_cursor=page.next_cursor)


def away_until(session: Session, employee_ids: Sequence[int], on: date) -> dict[int, date]:
    """The last day of the absences that cover this day."""
    query = select(Absence.employee_id, Absence.ends_on).where(
        Absence.employee_id.in_(employee_ids), Absence.starts_on <= on, Absence.ends_on >= on
    )
    return {row.employee_id: row.ends_on for row in session.execute(query.order_by(Absence.ends_on))}


def _with_positions(session: Session, rows: Sequence[Employee], on: date) -> tuple[EmployeeRow, ...]:
    ids = [row.id for row in rows]
    held: dict[int, list[Held]] = defaultdict(list)
    for each in held_from(session.execute(holdings_on(on).where(Holding.employee_id.in_(ids))).all()):
        held[each.employee_id].append(each)
    away = away_until(session, ids, on)
    return tuple(_row(row, held[row.id], away.get(row.id)) for row in rows)


def _row(row: Employee, held: Sequence[Held], away: date | None) -> EmployeeRow:
    main = main_holding(held)
    return EmployeeRow(
        id=row.id,
        name=row.name,
        rank=row.rank,
        left_on=row.left_on,
        position_title=main.position_title if main else None,
        unit_name=main.unit_name if main else None,
        acts_as=tuple(f"{each.kind.value.title()}. {each.position_title}" for each in held if _is_acting(each)),
        away_until=away,
    )


def _is_acting(held: Held) -> bool:
    return held.kind is not HoldingKind.DEFINITIVE


def _is(status: EmployeeStatus, on: date) -> ColumnElement[bool]:
    here = or_(Employee.left_on.is_(None), Employee.left_on > on)
    if status is EmployeeStatus.LEFT:
        return Employee.left_on <= on
    if status is EmployeeStatus.ACTING:
        return and_(here, _holds(on, Holding.kind != HoldingKind.DEFINITIVE))
    if status is EmployeeStatus.WITHOUT_POSITION:
        return and_(here, ~_holds(on))
    if status is EmployeeStatus.AWAY:
        covers = and_(Absence.starts_on <= on, Absence.ends_on >= on)
        return and_(here, exists().where(Absence.employee_id == Employee.id, covers))
    return here


def _holds(on: date, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    return Employee.id.in_(holdings_on(on).with_only_columns(Holding.employee_id).where(*which))
