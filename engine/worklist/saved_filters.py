"""Filters of the inbox kept under a name: for oneself, or for all who work in a unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
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


class NotYourUnit(Invalid):
    code = "saved_filter.not_your_unit"
    message = _("A filter can be shared only with a unit in which you work.")


class TooManyFilters(Conflict):
    code = "saved_filter.too_many"
    message = _("You keep %(limit)s filters already. Remove one that you do not need any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLine:
    """`shared_by` is who shares it, for a filter of somebody else."""

    filter_id: int
    name: str
    terms: Mapping[str, Any]
    unit_name: str | None
    shared_by: str | None


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
        )
        for row, unit_name, owner in session.execute(query)
    )


def save_filter(work: UnitOfWork, name: str, terms: Mapping[str, Any], unit_id: int | None) -> None:
    """Keep a filter; one of hers with that name is replaced."""
    employee_id = _owner(work)
    name = one_line(name)
    if not 0 < len(name) <= NAME_LENGTH:
        problem = FieldProblem(
            name="filter-name",
            code=FilterNeedsName.code,
            message=FilterNeedsName.message,
            params={"limit": NAME_LENGTH},
        )
        raise FilterNeedsName(fields=[problem], limit=NAME_LENGTH)
    if unit_id is not None and unit_id not in _units_of(work, employee_id):
        raise NotYourUnit
    row = work.session.scalar(
        select(SavedFilter).where(SavedFilter.employee_id == employee_id, SavedFilter.name == name)
    )
    if row is None:
        _require_room(work, employee_id)
        row = SavedFilter(employee_id=employee_id, name=name)
        work.session.add(row)
    row.terms, row.unit_id = dict(terms), unit_id
    work.session.flush()  # the entry names it by its id
    record(work, "inbox.filter_saved", "saved_filter", row.id, name=name, unit=unit_id)


def drop_filter(work: UnitOfWork, filter_id: int) -> None:
    """Remove one of her own; for those with whom it was shared it is gone too."""
    row = work.session.get(SavedFilter, filter_id)
    if row is None or row.employee_id != work.actor.employee_id:
        raise FilterNotFound
    work.session.delete(row)
    record(work, "inbox.filter_dropped", "saved_filter", filter_id, name=row.name)


def _owner(work: UnitOfWork) -> int:
    if work.actor.employee_id is None:
        raise NoInbox
    return work.actor.employee_id


def _units_of(work: UnitOfWork, employee_id: int) -> frozenset[int]:
    on = work.today
    return frozenset(holder.unit_id for holder in positions_of(work.session, employee_id, on))


def _require_room(work: UnitOfWork, employee_id: int) -> None:
    count = select(func.count()).select_from(SavedFilter).where(SavedFilter.employee_id == employee_id)
    if (work.session.scalar(count) or 0) >= MOST_FILTERS:
        raise TooManyFilters(limit=MOST_FILTERS)
