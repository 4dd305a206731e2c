"""Whom a late item concerns today: those who can do it, and those above them who are here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.organisation.absences import presence_of
from engine.organisation.holdings import main_holding_of
from engine.organisation.model import Employee
from engine.organisation.queries import Holder, head_of_unit, holders_of, positions_above
from engine.worklist.model import Candidate, WorkItem

Level = tuple[Holder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who answers for an item: its assignee alone, or positions and employees that may take it."""

    assignee_id: int | None
    position_ids: tuple[int, ...] = ()
    employee_ids: tuple[int, ...] = ()
    unit_id: int | None = None


def responsible_for(session: Session, item: WorkItem) -> Responsible:
    return responsible_for_all(session, [item])[item.id]


def responsible_for_all(session: Session, items: Collection[WorkItem]) -> Mapping[int, Responsible]:
    """By item; who may take those that nobody has is asked once for all of them."""
    pools = pools_of(session, [item.id for item in items if item.assignee_id is None])
    return {
        item.id: Responsible(assignee_id=item.assignee_id, unit_id=item.unit_id)
        if item.assignee_id is not None
        else Responsible(
            assignee_id=None,
            position_ids=tuple(position for position, _employee in pools[item.id] if position is not None),
            employee_ids=tuple(employee for _position, employee in pools[item.id] if employee is not None),
            unit_id=item.unit_id,
        )
        for item in items
    }


def pools_of(session: Session, item_ids: Collection[int]) -> Mapping[int, list[tuple[int | None, int | None]]]:
    """The positions and the employees that may claim each."""
    found: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    if item_ids:
        query = select(Candidate.work_item_id, Candidate.position_id, Candidate.employee_id)
        for row in session.execute(query.where(Candidate.work_item_id.in_(item_ids)).order_by(Candidate.id)):
            found[row.work_item_id].append((row.position_id, row.employee_id))
    return found


def holder_ids(session: Session, responsible: Responsible, on: date) -> frozenset[int]:
    if responsible.assignee_id is not None:
        return frozenset({responsible.assignee_id})
    return frozenset(responsible.employee_ids) | _ids(holders_of(session, responsible.position_ids, on))


def superiors(session: Session, responsible: Responsible, on: date) -> Level:
    """The nearest above each who answers for the item; the head of the unit for one that nobody can do."""
    return _together(levels[0] for levels in _all_levels(session, responsible, on))


def heads(session: Session, responsible: Responsible, on: date) -> Level:
    """Those above the superiors, or the superiors where nobody is above them."""
    return _together(levels[min(1, len(levels) - 1)] for levels in _all_levels(session, responsible, on))


def names(session: Session, employee_ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(names_by_id(session, employee_ids).values()))


def names_by_id(session: Session, employee_ids: Iterable[int]) -> Mapping[int, str]:
    query = select(Employee.id, Employee.name).where(Employee.id.in_(list(employee_ids)))
    return {row.id: row.name for row in session.execute(query)}


def _all_levels(session: Session, responsible: Responsible, on: date) -> list[list[Level]]:
    """For each who answers for it, those above, the nearest first; without those who have the work themselves."""
    besides = holder_ids(session, responsible, on)
    own = [_levels(session, way, on, besides) for way in dict.fromkeys(_ways(session, responsible, on))]
    found = [levels for levels in own if levels]
    of_unit = [] if found else _levels(session, _way_of_unit(session, responsible.unit_id, on), on, besides)
    return [*found, of_unit] if of_unit else found


def _ways(session: Session, responsible: Responsible, on: date) -> Iterable[tuple[int, ...]]:
    """The positions above each, nearest first."""
    yield from (positions_above(session, position) for position in responsible.position_ids)
    people = responsible.employee_ids if responsible.assignee_id is None else (responsible.assignee_id,)
    for person in people:
        main = main_holding_of(session, person, on)
        if main is not None:
            yield positions_above(session, main.position_id)


def _way_of_unit(session: Session, unit_id: int | None, on: date) -> tuple[int, ...]:
    head = head_of_unit(session, unit_id, on) if unit_id is not None else ()
    return (head[0].position_id, *positions_above(session, head[0].position_id)) if head else ()


def _levels(session: Session, way: Sequence[int], on: date, besides: Collection[int]) -> list[Level]:
    """Who is away and has nobody to act for her is passed over, unless nobody at all would be left."""
    holders = [each for each in holders_of(session, way, on) if each.employee_id not in besides]
    away = presence_of(session, {each.employee_id for each in holders}, on)
    here = [each for each in holders if each.employee_id not in away] or holders
    by_position = {position: tuple(each for each in here if each.position_id == position) for position in way}
    return [level for level in by_position.values() if level]


def _together(levels: Iterable[Level]) -> Level:
    found = {holder.employee_id: holder for level in levels for holder in level}
    return tuple(found.values())


def _ids(holders: Iterable[Holder]) -> frozenset[int]:
    return frozenset(holder.employee_id for holder in holders)
