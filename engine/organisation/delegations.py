"""Delegations: one employee sees and does on behalf of another, from instant to instant; the work stays the other's.

Nothing ends a delegation but its instant: whether it runs is computed from the instant of the look.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session, aliased

from engine.base.days import TOO_FAR, is_near
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.looking import forget_edition
from engine.base.paging import PAGE_SIZE, Page, moment_and_id_from_cursor, page_of
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.acting_for import ALL, Procedures
from engine.organisation.model import DelegatedProcess, Delegation, Employee
from engine.organisation.queries import employee

LONGEST = timedelta(days=366)
REASON_LENGTH = 300


class DelegationNotFound(NotFound):
    code = "delegation.not_found"
    message = _("There is no such delegation, or not any more.")


class DelegationRefused(Invalid):
    code = "delegation.refused"
    message = _("The delegation was not given. Please look at the marked fields.")


class DelegationOver(Conflict):
    code = "delegation.over"
    message = _("This delegation has ended already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """`definition_ids` is ALL for every procedure."""

    from_id: int
    to_id: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    definition_ids: Procedures = ALL
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationLine:
    delegation_id: int
    from_id: int
    from_name: str
    to_id: int
    to_name: str
    starts_at: datetime
    ends_at: datetime
    definition_ids: Procedures
    reason: str | None
    given_by: str

    def runs(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


def give(work: UnitOfWork, new: NewDelegation) -> DelegationLine:
    """Write it down; one that should have begun already begins now. Raises DelegationRefused with the fields."""
    starts_at = max(new.starts_at or work.now, work.now)
    problems = tuple(_problems(work, new, starts_at))
    if problems or new.to_id is None or new.ends_at is None:
        raise DelegationRefused(problems)
    row = Delegation(
        from_id=new.from_id,
        to_id=new.to_id,
        starts_at=starts_at,
        ends_at=new.ends_at,
        is_for_all=new.definition_ids is ALL,
        reason=new.reason or None,
        given_at=work.now,
        given_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()  # its procedures refer to it
    rows = [{"delegation_id": row.id, "definition_id": each} for each in sorted(new.definition_ids or ())]
    insert_rows(work.session, DelegatedProcess, rows)
    forget_edition(work.session)
    return delegation(work.session, row.id)


def end(work: UnitOfWork, delegation_id: int) -> DelegationLine:
    """From now on it counts no more; one that has not begun leaves no row. What it was, is the answer."""
    line = delegation(work.session, delegation_id)
    if line.is_over(work.now):
        raise DelegationOver
    row = work.session.get_one(Delegation, delegation_id)
    if row.starts_at < work.now:
        row.ends_at = work.now
    else:
        work.session.execute(delete(DelegatedProcess).where(DelegatedProcess.delegation_id == delegation_id))
        work.session.delete(row)
    work.session.flush()
    forget_edition(work.session)
    return line


def delegation(session: Session, delegation_id: int) -> DelegationLine:
    """Raises DelegationNotFound."""
    found = lines(session, [Delegation.id == delegation_id], 1)
    if not found:
        raise DelegationNotFound
    return found[0]


def delegations(
    session: Session, about: ColumnElement[bool], cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[DelegationLine]:
    """Those that `about` lets through, the one that ends last first."""
    conditions = [about]
    if cursor:
        moment, last = moment_and_id_from_cursor(cursor)
        conditions.append(or_(Delegation.ends_at < moment, and_(Delegation.ends_at == moment, Delegation.id < last)))
    return page_of(
        lines(session, conditions, size + 1),
        size,
        lambda line: [line.ends_at.astimezone(UTC).isoformat(), line.delegation_id],
    )


def concerns(employee_ids: Collection[int]) -> ColumnElement[bool]:
    """One of the two is among these."""
    return or_(Delegation.from_id.in_(employee_ids), Delegation.to_id.in_(employee_ids))


def _problems(work: UnitOfWork, new: NewDelegation, starts_at: datetime) -> Iterator[FieldProblem]:
    day = starts_at.astimezone(work.settings.zone).date()
    if new.to_id is None:
        yield _problem("to", "missing", _("Choose who acts on her behalf."))
    elif new.to_id == new.from_id:
        yield _problem("to", "to_oneself", _("Nobody acts on behalf of herself. Choose a colleague."))
    elif not employee(work.session, new.to_id).is_here(day):
        yield _problem("to", "not_here", _("This colleague does not work here on that day. Choose somebody else."))
    if not employee(work.session, new.from_id).is_here(day):
        yield _problem("from", "not_here", _("She does not work here any more. Hand her work over instead."))
    if new.starts_at is not None and not is_near(new.starts_at):
        yield _far("starts_at", new.starts_at)
    if new.ends_at is None:
        yield _problem("ends_at", "missing", _("Say until when, with day and time."))
    elif not is_near(new.ends_at):
        yield _far("ends_at", new.ends_at)
    elif new.ends_at <= starts_at:
        yield _problem("ends_at", "before_start", _("It must end after it begins, and later than now."))
    elif new.ends_at - starts_at > LONGEST:
        yield _problem("ends_at", "too_long", _("A delegation lasts a year at most. Give it anew when it has ended."))
    if new.definition_ids == frozenset():
        yield _problem("definitions", "missing", _("Choose at least one procedure, or give it for all."))


def _far(field: str, moment: datetime) -> FieldProblem:
    return FieldProblem(name=field, code="delegation.far", message=TOO_FAR, params={"year": moment.year})


def _problem(field: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(name=field, code=f"delegation.{code}", message=message)


def lines(
    session: Session, conditions: Collection[ColumnElement[bool]], size: int | None = None
) -> list[DelegationLine]:
    """The one that ends last first."""
    giver, receiver = aliased(Employee), aliased(Employee)
    query = (
        select(Delegation, giver.name, receiver.name)
        .join(giver, giver.id == Delegation.from_id)
        .join(receiver, receiver.id == Delegation.to_id)
        .where(*conditions)
        .order_by(Delegation.ends_at.desc(), Delegation.id.desc())
        .limit(size)
    )
    rows = session.execute(query).all()
    procedures = _procedures(session, [row.id for row, _giver, _receiver in rows if not row.is_for_all])
    return [
        DelegationLine(
            delegation_id=row.id,
            from_id=row.from_id,
            from_name=from_name,
            to_id=row.to_id,
            to_name=to_name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            definition_ids=ALL if row.is_for_all else procedures.get(row.id, frozenset()),
            reason=row.reason,
            given_by=row.given_by,
        )
        for row, from_name, to_name in rows
    ]


def _procedures(session: Session, delegation_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    if delegation_ids:
        query = select(DelegatedProcess.delegation_id, DelegatedProcess.definition_id)
        for delegation_id, definition_id in session.execute(
            query.where(DelegatedProcess.delegation_id.in_(delegation_ids))
        ):
            found[delegation_id] = found.get(delegation_id, frozenset()) | {definition_id}
    return found
