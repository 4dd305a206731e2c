"""Filters of the inbox kept under a name: for oneself, or for all who work in a unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.alphabet import in_alphabet
from engine.base.errors import Conflict, FieldProblem, Invalid, NotAllowed, NotFound
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee, Unit
from engine.organisation.queries import positions_of
from engine.worklist.model import SavedFilter

NAME_LENGTH = 80
MOST_FILTERS = 30


class FilterNotFound(NotFound):
    code = "saved_filter.not_found"
    message = _("There is no such filter of yours. Perhaps you removed it in another window.")


class NoInbox(NotAllowed):
    code = "saved_filter.no_inbox"
    message = _("Only employees have an inbox. Ask an administrator to link this account to an employee.")


class FilterNeedsName(Invalid):
    code = "saved_filter.no_name"
    message = _("Give the filter a name of at most %(limit)s characters.")


class FilterNameTaken(Conflict):
    code = "saved_filter.name_taken"
    message = _("You keep another filter under the name “%(name)s”. Choose another name, or remove that one first.")


class NotYourUnit(Invalid):
    code = "saved_filter.not_your_unit"
    message = _("A filter can be shared only with a unit in which you work.")


class TooManyFilters(Conflict):
    code = "saved_filter.too_many"
    message = _("You keep %(limit)s filters already. Remove one that you do not need any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLine:
    """`shared_by` is who shares it, for a filter of somebody else; `opens_inbox` is of hers alone."""

    filter_id: int
    name: str
    terms: Mapping[str, Any]
    unit_name: str | None
    shared_by: str | None
    opens_inbox: bool


def saved_filters(session: Session, employee_id: int, unit_ids: Collection[int]) -> tuple[SavedLine, ...]:
    """Her own, then those shared with the units in which she works."""
    query = (
        select(SavedFilter, Unit.name, Employee.name)
        .join(Employee, Employee.id == SavedFilter.employee_id)
        .outerjoin(Unit, Unit.id == SavedFilter.unit_id)
        .where(or_(SavedFilter.employee_id == employee_id, SavedFilter.unit_id.in_(unit_ids)))
        .order_by(SavedFilter.employee_id != employee_id, in_alphabet(SavedFilter.name), SavedFilter.id)
    )
    return tuple(
        SavedLine(
            filter_id=row.id,
            name=row.name,
            terms=row.terms,
            unit_name=unit_name,
            shared_by=None if row.employee_id == employee_id else owner,
            opens_inbox=row.opens_inbox and row.employee_id == employee_id,
        )
        for row, unit_name, owner in session.execute(query)
    )


def opening_terms(session: Session, employee_id: int) -> Mapping[str, Any] | None:
    """The terms with which her inbox opens, if she chose some."""
    query = select(SavedFilter.terms).where(SavedFilter.employee_id == employee_id, SavedFilter.opens_inbox)
    found: Mapping[str, Any] | None = session.scalar(query)
    return found


def save_filter(work: UnitOfWork, name: str, terms: Mapping[str, Any], unit_id: int | None) -> None:
    """Keep a filter; one of hers with that name is replaced."""
    employee_id, name = _owner(work), _name(name)
    if unit_id is not None and unit_id not in _units_of(work, employee_id):
        raise NotYourUnit
    row = _of_that_name(work, employee_id, name)
    if row is None:
        _require_room(work, employee_id)
        row = SavedFilter(employee_id=employee_id, name=name)
        work.session.add(row)
    row.terms, row.unit_id = dict(terms), unit_id
    work.session.flush()  # the entry names it by its id
    record(work, "inbox.filter_saved", "saved_filter", row.id, name=name, unit=unit_id)


def rename_filter(work: UnitOfWork, filter_id: int, name: str) -> None:
    """Call one of her own otherwise, also for those with whom it is shared."""
    row, name = _hers(work, filter_id), _name(name)
    before = row.name
    if name == before:
        return
    if _of_that_name(work, row.employee_id, name):
        raise FilterNameTaken(name=name)
    row.name = name
    record(work, "inbox.filter_renamed", "saved_filter", filter_id, name=before, to=name)


def open_inbox_with(work: UnitOfWork, filter_id: int) -> None:
    """From now on her inbox opens with this one of her filters, and with no other."""
    row = _hers(work, filter_id)
    _open_plainly(work, row.employee_id)
    row.opens_inbox = True
    record(work, "inbox.filter_opens", "saved_filter", filter_id, name=row.name)


def open_inbox_plainly(work: UnitOfWork, filter_id: int) -> None:
    """Her inbox opens with all that is hers again."""
    row = _hers(work, filter_id)
    if row.opens_inbox:
        row.opens_inbox = False
        record(work, "inbox.filter_opens_no_more", "saved_filter", filter_id, name=row.name)


def drop_filter(work: UnitOfWork, filter_id: int) -> None:
    """Remove one of her own; for those with whom it was shared it is gone too."""
    row = _hers(work, filter_id)
    work.session.delete(row)
    record(work, "inbox.filter_dropped", "saved_filter", filter_id, name=row.name)


def _owner(work: UnitOfWork) -> int:
    if work.actor.employee_id is None:
        raise NoInbox
    return work.actor.employee_id


def _hers(work: UnitOfWork, filter_id: int) -> SavedFilter:
    row = work.session.get(SavedFilter, filter_id)
    if row is None or row.employee_id != work.actor.employee_id:
        raise FilterNotFound
    return row


def _of_that_name(work: UnitOfWork, employee_id: int, name: str) -> SavedFilter | None:
    query = select(SavedFilter).where(SavedFilter.employee_id == employee_id, SavedFilter.name == name)
    return work.session.scalar(query)


def _name(given: str) -> str:
    """As it is kept; raises FilterNeedsName."""
    name = one_line(given)
    if 0 < len(name) <= NAME_LENGTH:
        return name
    limit = {"limit": NAME_LENGTH}
    problem = FieldProblem(name="filter-name", code=FilterNeedsName.code, message=FilterNeedsName.message, params=limit)
    raise FilterNeedsName(fields=[problem], limit=NAME_LENGTH)


def _open_plainly(work: UnitOfWork, employee_id: int) -> None:
    """At once, before another is chosen: the database allows one."""
    chosen = (SavedFilter.employee_id == employee_id, SavedFilter.opens_inbox)
    work.session.execute(update(SavedFilter).where(*chosen).values(opens_inbox=False))


def _units_of(work: UnitOfWork, employee_id: int) -> frozenset[int]:
    on = work.today
    return frozenset(holder.unit_id for holder in positions_of(work.session, employee_id, on))


def _require_room(work: UnitOfWork, employee_id: int) -> None:
    count = select(func.count()).select_from(SavedFilter).where(SavedFilter.employee_id == employee_id)
    if (work.session.scalar(count) or 0) >= MOST_FILTERS:
        raise TooManyFilters(limit=MOST_FILTERS)
