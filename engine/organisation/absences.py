"""Who is away from which day to which. That somebody is away everyone may know; why, only those who need it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from engine.base.days import TOO_FAR, is_near
from engine.base.errors import FieldProblem, Invalid, NotFound
from engine.base.i18n import _, as_day
from engine.base.looking import forget_edition, once
from engine.base.paging import PAGE_SIZE, Page, moment_and_id_from_cursor, page_of
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Absence, AbsenceKind, Employee

LONGEST = timedelta(days=3 * 366)  # the longest leave without pay, PP 11/2017
NOTE_LENGTH = 300


class AbsenceNotFound(NotFound):
    code = "absence.not_found"
    message = _("There is no such absence, or not any more.")


class AbsenceRefused(Invalid):
    code = "absence.refused"
    message = _("The absence was not kept. Please look at the marked fields.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """She is not at her desk, and comes back after this day."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceFacts:
    employee_id: int
    kind: AbsenceKind | None
    starts_on: date | None
    ends_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceLine:
    absence_id: int
    employee_id: int
    name: str
    kind: AbsenceKind
    starts_on: date
    ends_on: date
    note: str | None
    recorded_by: str


def presence_of(session: Session, employee_ids: Collection[int], on: date) -> Mapping[int, Away]:
    """Those of them who are away on this day, with the last day of it; who is not among the keys is here."""
    wanted = frozenset(employee_ids)
    return once(session, (presence_of, wanted, on), lambda: _read_presence(session, wanted, on)) if wanted else {}


def keep(work: UnitOfWork, facts: AbsenceFacts) -> AbsenceLine:
    """Write an absence down. Raises AbsenceRefused with the fields."""
    row = Absence(recorded_at=work.now, recorded_by=work.actor.name)
    work.session.add(_filled(work, row, facts))
    return _kept(work, row)


def change(work: UnitOfWork, absence_id: int, facts: AbsenceFacts) -> AbsenceLine:
    """She comes back earlier or later, or it was another kind; it stays the absence of the same person."""
    return _kept(work, _filled(work, _row(work.session, absence_id), facts))


def withdraw(work: UnitOfWork, absence_id: int) -> AbsenceLine:
    """She was not away, or will not be; what it said, is the answer."""
    line = absence(work.session, absence_id)
    work.session.delete(_row(work.session, absence_id))
    work.session.flush()
    forget_edition(work.session)
    return line


def absence(session: Session, absence_id: int) -> AbsenceLine:
    """Raises AbsenceNotFound."""
    found = _lines(session, [Absence.id == absence_id], 1)
    if not found:
        raise AbsenceNotFound
    return found[0]


def absences_from(
    session: Session, day: date, about: ColumnElement[bool], cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[AbsenceLine]:
    """What ends on this day or later, in the order in which it ends."""
    conditions = [about, Absence.ends_on >= day]
    if cursor:
        moment, last = moment_and_id_from_cursor(cursor)
        last_day = moment.date()
        conditions.append(or_(Absence.ends_on > last_day, and_(Absence.ends_on == last_day, Absence.id > last)))
    lines = _lines(session, conditions, size + 1)
    return page_of(lines, size, lambda line: [_midnight(line.ends_on).isoformat(), line.absence_id])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _filled(work: UnitOfWork, row: Absence, facts: AbsenceFacts) -> Absence:
    problems = tuple(_problems(work.session, row.id, facts))
    if problems or facts.kind is None or facts.starts_on is None or facts.ends_on is None:
        raise AbsenceRefused(problems)
    row.employee_id = facts.employee_id
    row.kind = facts.kind
    row.starts_on = facts.starts_on
    row.ends_on = facts.ends_on
    row.note = facts.note or None
    return row


def _problems(session: Session, own_id: int | None, facts: AbsenceFacts) -> Iterator[FieldProblem]:
    if facts.kind is None:
        yield _problem("kind", "missing", _("Choose what kind of absence it is."))
    if facts.starts_on is None:
        yield _problem("starts_on", "missing", _("Give the first day, as in 24/12/2026."))
    if facts.ends_on is None:
        yield _problem("ends_on", "missing", _("Give the last day, as in 24/12/2026."))
    far = [(name, day) for name in ("starts_on", "ends_on") if (day := getattr(facts, name)) and not is_near(day)]
    yield from (_far(name, day) for name, day in far)
    if facts.starts_on is None or facts.ends_on is None or far:
        return
    if facts.ends_on < facts.starts_on:
        yield _problem("ends_on", "before_start", _("The last day lies before the first one."))
    elif facts.ends_on - facts.starts_on > LONGEST:
        yield _problem("ends_on", "too_long", _("That is more than three years. Check the year."))
    else:
        yield from _overlaps(session, own_id, facts, facts.starts_on, facts.ends_on)


def _overlaps(
    session: Session, own_id: int | None, facts: AbsenceFacts, first: date, last: date
) -> Iterator[FieldProblem]:
    others = select(Absence.starts_on, Absence.ends_on).where(
        Absence.employee_id == facts.employee_id, Absence.starts_on <= last, Absence.ends_on >= first
    )
    found = session.execute(others if own_id is None else others.where(Absence.id != own_id)).first()
    if found is not None:
        yield FieldProblem(
            name="starts_on",
            code="absence.overlaps",
            message=_("She is away from %(first)s to %(last)s already. Change that absence instead."),
            params={"first": as_day(found.starts_on), "last": as_day(found.ends_on)},
        )


def _far(field: str, day: date) -> FieldProblem:
    return FieldProblem(name=field, code="absence.far", message=TOO_FAR, params={"year": day.year})


def _problem(field: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(name=field, code=f"absence.{code}", message=message)


def _kept(work: UnitOfWork, row: Absence) -> AbsenceLine:
    work.session.flush()
    forget_edition(work.session)
    return absence(work.session, row.id)


def _row(session: Session, absence_id: int) -> Absence:
    row = session.get(Absence, absence_id)
    if row is None:
        raise AbsenceNotFound
    return row


def _read_presence(session: Session, employee_ids: Collection[int], on: date) -> Mapping[int, Away]:
    query = select(Absence.employee_id, Absence.ends_on).where(
        Absence.employee_id.in_(employee_ids), Absence.starts_on <= on, Absence.ends_on >= on
    )
    return {row.employee_id: Away(until=row.ends_on) for row in session.execute(query)}


def _lines(session: Session, conditions: Collection[ColumnElement[bool]], size: int) -> list[AbsenceLine]:
    query = (
        select(
            Absence.id.label("absence_id"),
            Absence.employee_id,
            Employee.name,
            Absence.kind,
            Absence.starts_on,
            Absence.ends_on,
            Absence.note,
            Absence.recorded_by,
        )
        .join(Employee, Employee.id == Absence.employee_id)
        .where(*conditions)
        .order_by(Absence.ends_on, Absence.id)
        .limit(size)
    )
    return [AbsenceLine(**{**row._mapping, "kind": AbsenceKind(row.kind)}) for row in session.execute(query)]
