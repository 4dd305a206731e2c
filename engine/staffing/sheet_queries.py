"""Duty sheets as people look for them: to be issued, to be signed, to be acknowledged, and all of one person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.base.alphabet import in_alphabet
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.organisation.duty_queries import duties_on
from engine.organisation.model import DutySheet, Employee, Holding, HoldingKind, JobDescription, Position, Unit
from engine.staffing.sheet_content import GIVEN_FOR, is_said_already


class SheetNotFound(NotFound):
    code = "staffing.sheet_not_found"
    message = _("There is no such duty sheet.")


class SheetState(StrEnum):
    TO_SIGN = "to_sign"
    TO_ACKNOWLEDGE = "to_acknowledge"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    sheet_id: int
    holding_id: int
    employee_id: int
    employee_name: str
    position_id: int
    position_title: str
    unit_id: int
    unit_name: str
    kind: HoldingKind
    starts_on: date
    issued_at: datetime
    issued_by: str
    signed_at: datetime | None
    signed_by: str | None
    signed_copy: str | None
    signed_copy_name: str | None
    acknowledged_at: datetime | None

    @property
    def state(self) -> SheetState:
        if self.signed_at is None:
            return SheetState.TO_SIGN
        return SheetState.TO_ACKNOWLEDGE if self.acknowledged_at is None else SheetState.ACKNOWLEDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDetail:
    line: SheetLine
    content: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungiven:
    """A holding without a sheet of what its position has to do today."""

    holding_id: int
    employee_id: int
    employee_name: str
    position_id: int
    position_title: str
    unit_id: int
    unit_name: str
    starts_on: date


def sheet(session: Session, sheet_id: int) -> SheetDetail:
    """Raises SheetNotFound."""
    row = session.execute(
        _lines().add_columns(DutySheet.content, DutySheet.digest).where(DutySheet.id == sheet_id)
    ).one_or_none()
    if row is None:
        raise SheetNotFound
    *_columns, content, digest = row
    return SheetDetail(line=_line(row._mapping), content=content, digest=digest)


def is_outdated(session: Session, line: SheetLine, on: date) -> bool:
    """The position has other duties on this day than any sheet of hers gives."""
    duties = [each.duty for each in duties_on(session, [line.position_id], on).get(line.position_id, ())]
    given = contents_given(session, [line.employee_id], line.starts_on).get(line.employee_id, ())
    return bool(duties) and not is_said_already(given, duties)


def to_acknowledge(session: Session, employee_id: int) -> tuple[SheetLine, ...]:
    waits = (Holding.employee_id == employee_id, DutySheet.signed_at.is_not(None), DutySheet.acknowledged_at.is_(None))
    return _found(session, _lines().where(*waits).order_by(DutySheet.id))


def to_sign(session: Session, unit_ids: Collection[int], besides: int | None) -> tuple[SheetLine, ...]:
    """Those of these units that wait for the superior, without her own."""
    waits = (Position.unit_id.in_(unit_ids), DutySheet.signed_at.is_(None), Holding.employee_id != besides)
    return _found(session, _lines().where(*waits).order_by(DutySheet.id).limit(PAGE_SIZE))


def sheets(session: Session, within: ColumnElement[bool], cursor: str | None = None) -> Page[SheetLine]:
    """The newest first; `within` says whose."""
    query = _lines().where(within).order_by(DutySheet.id.desc()).limit(PAGE_SIZE + 1)
    if cursor:
        query = query.where(DutySheet.id < id_from_cursor(cursor))
    return page_of(_found(session, query), PAGE_SIZE, lambda line: [line.sheet_id])


def in_units(unit_ids: Collection[int]) -> ColumnElement[bool]:
    return Position.unit_id.in_(unit_ids)


def ungiven(session: Session, on: date, within: ColumnElement[bool]) -> tuple[Ungiven, ...]:
    """The first of those whose position has duties today that no sheet of theirs gives."""
    holds_today = and_(
        Holding.starts_on <= on,
        or_(Holding.ends_on.is_(None), Holding.ends_on >= on),
        or_(Employee.left_on.is_(None), Employee.left_on > on),
        Holding.kind.in_(GIVEN_FOR),
    )
    query = (
        select(
            Holding.id.label("holding_id"),
            Holding.employee_id,
            Employee.name.label("employee_name"),
            Holding.position_id,
            Position.title.label("position_title"),
            Position.unit_id,
            Unit.name.label("unit_name"),
            Holding.starts_on,
        )
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Position, Position.id == Holding.position_id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(holds_today, _has_untold_duties(on), within)
        .order_by(in_alphabet(Unit.name), in_alphabet(Employee.name), Holding.id)
        .limit(PAGE_SIZE)
    )
    lines = [Ungiven(**row._mapping) for row in session.execute(query)]
    return tuple(_not_said_elsewhere(session, on, lines))


def contents_given(session: Session, employee_ids: Collection[int], since: date) -> dict[int, list[Mapping[str, Any]]]:
    """What the sheets of these people say, of holdings that did not end before this day."""
    query = (
        select(Holding.employee_id, DutySheet.content)
        .join(DutySheet, DutySheet.holding_id == Holding.id)
        .where(Holding.employee_id.in_(employee_ids), or_(Holding.ends_on.is_(None), Holding.ends_on >= since))
        .order_by(DutySheet.id)
    )
    given: dict[int, list[Mapping[str, Any]]] = {}
    for employee_id, content in session.execute(query):
        given.setdefault(employee_id, []).append(content)
    return given


def _not_said_elsewhere(session: Session, on: date, lines: Collection[Ungiven]) -> list[Ungiven]:
    """Whoever brought the same duties along on a sheet needs no new one."""
    duties = duties_on(session, {line.position_id for line in lines}, on)
    earliest = min((line.starts_on for line in lines), default=on)
    given = contents_given(session, {line.employee_id for line in lines}, earliest)
    return [
        line
        for line in lines
        if line.position_id in duties
        and not is_said_already(given.get(line.employee_id, ()), [each.duty for each in duties[line.position_id]])
    ]


def _has_untold_duties(on: date) -> ColumnElement[bool]:
    """A duty began or ended, and no sheet of the holding was issued since. What changed on the day of a sheet is
    told on the page of that sheet."""
    of_position = JobDescription.position_id == Holding.position_id
    began = and_(JobDescription.starts_on <= on, ~_told_since(JobDescription.starts_on))
    ended = and_(
        JobDescription.ends_on < on,
        JobDescription.ends_on >= Holding.starts_on,
        ~_told_since(JobDescription.ends_on),
    )
    return exists().where(of_position, or_(began, ended)).correlate(Holding)


def _told_since(day: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    since = func.date(DutySheet.issued_at) >= day
    return exists().where(DutySheet.holding_id == Holding.id, since).correlate(Holding, JobDescription)


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DutySheet.id.label("sheet_id"),
            DutySheet.holding_id,
            Holding.employee_id,
            Employee.name.label("employee_name"),
            Holding.position_id,
            Position.title.label("position_title"),
            Position.unit_id,
            Unit.name.label("unit_name"),
            Holding.kind,
            Holding.starts_on,
            DutySheet.issued_at,
            DutySheet.issued_by,
            DutySheet.signed_at,
            DutySheet.signed_by,
            DutySheet.signed_copy,
            DutySheet.signed_copy_name,
            DutySheet.acknowledged_at,
        )
        .join(Holding, Holding.id == DutySheet.holding_id)
        .join(Employee, Employee.id == Holding.employee_id)
        .join(Position, Position.id == Holding.position_id)
        .join(Unit, Unit.id == Position.unit_id)
    )


def _found(session: Session, query: Select[*tuple[Any, ...]]) -> tuple[SheetLine, ...]:
    return tuple(_line(row._mapping) for row in session.execute(query))


def _line(columns: Mapping[Any, Any]) -> SheetLine:
    names = SheetLine.__dataclass_fields__
    return SheetLine(**{**{name: columns[name] for name in names}, "kind": HoldingKind(columns["kind"])})
