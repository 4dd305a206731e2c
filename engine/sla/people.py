"""Whom a late item concerns today: those who can do it, and those above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.organisation.model import Employee
from engine.organisation.queries import (
    Holder,
    head_of_unit,
    holders_of,
    superiors_of,
    superiors_of_position,
)
from engine.worklist.model import Candidate, WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who answers for an item: its assignee alone, or positions and employees that may take it."""

    assignee_id: int | None
    position_ids: tuple[int, ...] = ()
    employee_ids: tuple[int, ...] = ()
    unit_id: int | None = None


def responsible_for(session: Session, item: WorkItem) -> Responsible:
    if item.assignee_id is not None:
        return Responsible(assignee_id=item.assignee_id, unit_id=item.unit_id)
    candidates = session.execute(
        select(Candidate.position_id, Candidate.employee_id)
        .where(Candidate.work_item_id == item.id)
        .order_by(Candidate.id)
    ).all()
    return Responsible(
        assignee_id=None,
        position_ids=tuple(row.position_id for row in candidates if row.position_id is not None),
        employee_ids=tuple(row.employee_id for row in candidates if row.employee_id is not None),
        unit_id=item.unit_id,
    )


def holder_ids(session: Session, responsible: Responsible, on: date) -> frozenset[int]:
    if responsible.assignee_id is not None:
        return frozenset({responsible.assignee_id})
    return frozenset(responsible.employee_ids) | _ids(holders_of(session, responsible.position_ids, on))


def superior_ids(session: Session, responsible: Responsible, on: date) -> frozenset[int]:
    """The superiors of each who answers for the item; the head of the unit for one that nobody can do."""
    people = responsible.employee_ids if responsible.assignee_id is None else (responsible.assignee_id,)
    above_people = (superiors_of(session, person, on) for person in people)
    above_positions = (superiors_of_position(session, position, on) for position in responsible.position_ids)
    found = frozenset[int]().union(*map(_ids, above_people), *map(_ids, above_positions))
    if not found and responsible.unit_id is not None:
        return _ids(head_of_unit(session, responsible.unit_id, on))
    return found


def names(session: Session, employee_ids: Iterable[int]) -> tuple[str, ...]:
    query = select(Employee.name).where(Employee.id.in_(list(employee_ids))).order_by(Employee.name)
    return tuple(session.scalars(query))


def _ids(holders: Iterable[Holder]) -> frozenset[int]:
    return frozenset(holder.employee_id for holder in holders)
