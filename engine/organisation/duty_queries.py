"""The job descriptions of positions, as they hold on a day and as they were."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.paging import PAGE_SIZE, BadCursor, Page, from_cursor, page_of
from engine.base.text import one_line
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, JobDescription, Position, Unit


class PositionNotFound(NotFound):
    code = "organisation.position_not_found"
    message = _("This position is not known.")


class DutyNotFound(NotFound):
    code = "organisation.duty_not_found"
    message = _("This job description is not known, or not any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A job description with the days on which it holds, both included."""

    id: int
    position_id: int
    number: int
    duty: Duty
    starts_on: date
    ends_on: date | None

    def holds_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionDuties:
    """A position of the list, with how many job descriptions it has today and the work in them."""

    position_id: int
    title: str
    code: str
    unit_id: int
    unit_name: str
    seats: int
    duties: int
    unmeasured: int
    yearly_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGaps:
    positions: int
    without_duties: int


def duty(session: Session, duty_id: int) -> DutyLine:
    """Raises DutyNotFound."""
    row = session.get(JobDescription, duty_id)
    if row is None:
        raise DutyNotFound
    return line_of(row)


def duties_on(session: Session, position_ids: Collection[int], on: date) -> dict[int, tuple[DutyLine, ...]]:
    """What holds on a day, in the order of each position; positions without any are left out."""
    query = select(JobDescription).where(JobDescription.position_id.in_(position_ids), _holds(on))
    found: dict[int, list[DutyLine]] = defaultdict(list)
    for row in session.scalars(query.order_by(JobDescription.number, JobDescription.id)):
        found[row.position_id].append(line_of(row))
    return {position_id: tuple(lines) for position_id, lines in found.items()}


def all_duties_of(session: Session, position_id: int) -> tuple[DutyLine, ...]:
    """With those that are over and those to come, in their order."""
    query = select(JobDescription).where(JobDescription.position_id == position_id)
    rows = session.scalars(query.order_by(JobDescription.number, JobDescription.starts_on, JobDescription.id))
    return tuple(line_of(row) for row in rows)


def position_duties(
    session: Session, on: date, search: str = "", only_gaps: bool = False, cursor: str | None = None
) -> Page[PositionDuties]:
    """The positions of the office by unit; `search` looks in titles and names of units."""
    query = _positions(on).where(*_matching(search)).order_by(in_alphabet(Unit.name), Position.id).limit(PAGE_SIZE + 1)
    if only_gaps:
        query = query.having(func.count(JobDescription.id) == 0)
    if cursor:
        unit_name, position_id = from_cursor(cursor, 2)
        if not isinstance(unit_name, str) or type(position_id) is not int or not unit_name.isprintable():
            raise BadCursor
        query = query.where(or_(Unit.name > unit_name, and_(Unit.name == unit_name, Position.id > position_id)))
    lines = [PositionDuties(**row._mapping) for row in session.execute(query)]
    return page_of(lines, PAGE_SIZE, lambda line: [line.unit_name, line.position_id])


def duty_gaps(session: Session, on: date) -> DutyGaps:
    counts = _positions(on).subquery()
    is_gap = func.count().filter(counts.c.duties == 0)
    positions, gaps = session.execute(select(func.count(), is_gap).select_from(counts)).one()
    return DutyGaps(positions=positions, without_duties=gaps)


def position_with_duties(session: Session, position_id: int, on: date) -> PositionDuties:
    """Raises PositionNotFound, also for a position that is closed."""
    row = session.execute(_positions(on).where(Position.id == position_id)).one_or_none()
    if row is None:
        raise PositionNotFound
    return PositionDuties(**row._mapping)


def line_of(row: JobDescription) -> DutyLine:
    return DutyLine(
        id=row.id,
        position_id=row.position_id,
        number=row.number,
        duty=Duty(
            sentence=row.sentence,
            result_unit=row.result_unit,
            norm_minutes=row.norm_minutes,
            yearly_volume=row.yearly_volume,
            kind=DutyKind(row.kind),
        ),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _positions(on: date) -> Select[*tuple[Any, ...]]:
    minutes = JobDescription.norm_minutes * JobDescription.yearly_volume
    return (
        select(
            Position.id.label("position_id"),
            Position.title,
            Position.code,
            Position.unit_id,
            Unit.name.label("unit_name"),
            Position.seats,
            func.count(JobDescription.id).label("duties"),
            (func.count(JobDescription.id) - func.count(minutes)).label("unmeasured"),
            func.coalesce(func.sum(minutes), 0).label("yearly_minutes"),
        )
        .join(Unit, Unit.id == Position.unit_id)
        .outerjoin(JobDescription, and_(JobDescription.position_id == Position.id, _holds(on)))
        .where(or_(Position.closed_on.is_(None), Position.closed_on > on))
        .group_by(Position.id, Unit.name)
    )


def _matching(search: str) -> list[ColumnElement[bool]]:
    """Each word in the title or in the name of the unit."""
    words = one_line(search)[:100].lower().split()
    return [
        or_(
            func.lower(Position.title).contains(word, autoescape=True),
            func.lower(Unit.name).contains(word, autoescape=True),
        )
        for word in words
    ]


def _holds(on: date) -> ColumnElement[bool]:
    is_not_over = or_(JobDescription.ends_on.is_(None), JobDescription.ends_on >= on)
    return and_(JobDescription.starts_on <= on, is_not_over)
