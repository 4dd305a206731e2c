"""To whom an open item may be handed: those for whom it was meant, and the people of its unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.base.i18n import _
from engine.organisation.absences import presence_of
from engine.organisation.model import Employee, Position
from engine.organisation.queries import Holder, holders_of, superiors_of_position, unit_subtree
from engine.worklist.errors import NotARecipient
from engine.worklist.four_eyes import forbidden, others_step
from engine.worklist.model import Candidate, WorkItem, WorkItemState


class DidTheOtherStep(NotARecipient):
    code = "work_item.did_the_other_step"
    message = _("%(name)s did “%(step)s” of this case, so another person must do this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """`was_meant` when the procedure names her or her position; `open_items` is what she has already.

    `away_until` is the last day of her absence, where she is away today.
    """

    employee_id: int
    name: str
    position_title: str
    unit_name: str
    was_meant: bool
    open_items: int
    away_until: date | None = None


def recipients(session: Session, item: WorkItem, on: date) -> tuple[Recipient, ...]:
    """Those who work here today, without the present holder and whoever did the other step of a pair.

    For whom it was meant come first. A strategic act may also go to those above.
    """
    positions, named = _candidates(session, item.id)
    units = unit_subtree(session, item.unit_id) if item.unit_id is not None else frozenset()
    of_unit = session.scalars(select(Position.id).where(Position.unit_id.in_(units)))
    holders = (*holders_of(session, positions | set(of_unit), on), *_above(session, item, positions, on))
    titles = {holder.employee_id: (holder.name, holder.position_title, holder.unit_name) for holder in holders}
    titles = {**_people(session, named, on), **titles}
    meant = named | {holder.employee_id for holder in holders if holder.position_id in positions}
    loads = _loads(session, titles)
    away = presence_of(session, titles, on)
    not_these = {item.assignee_id, *forbidden(session, item)}
    found = [
        Recipient(
            employee_id=employee_id,
            name=name,
            position_title=title,
            unit_name=unit_name,
            was_meant=employee_id in meant,
            open_items=loads.get(employee_id, 0),
            away_until=away[employee_id].until if employee_id in away else None,
        )
        for employee_id, (name, title, unit_name) in titles.items()
        if employee_id not in not_these
    ]
    return tuple(sorted(found, key=lambda each: (not each.was_meant, each.unit_name.lower(), each.name.lower())))


def chosen_recipient(session: Session, item: WorkItem, employee_id: int, on: date) -> Recipient:
    """One of them; raises NotARecipient, which says why where that is known."""
    found = next((each for each in recipients(session, item, on) if each.employee_id == employee_id), None)
    if found is not None:
        return found
    other = others_step(session, item, (employee_id,))
    raise DidTheOtherStep(name=other[0], step=other[1].title) if other else NotARecipient


def _above(session: Session, item: WorkItem, positions: Collection[int], on: date) -> tuple[Holder, ...]:
    if not item.is_strategic:
        return ()
    found = [superiors_of_position(session, position, on) for position in sorted(positions)]
    return tuple(holder for holders in found for holder in holders if not holder.is_acting)


def _candidates(session: Session, work_item_id: int) -> tuple[set[int], set[int]]:
    """The positions and the people who may claim it."""
    query = select(Candidate.position_id, Candidate.employee_id).where(Candidate.work_item_id == work_item_id)
    rows = session.execute(query).all()
    return {row[0] for row in rows if row[0] is not None}, {row[1] for row in rows if row[1] is not None}


def _people(session: Session, employee_ids: Collection[int], on: date) -> dict[int, tuple[str, str, str]]:
    """Named people who still work here, also without a position."""
    here = or_(Employee.left_on.is_(None), Employee.left_on > on)
    query = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids), here)
    return {row.id: (row.name, "", "") for row in session.execute(query)}


def _loads(session: Session, employee_ids: Collection[int]) -> dict[int, int]:
    query = (
        select(WorkItem.assignee_id, func.count())
        .where(WorkItem.assignee_id.in_(employee_ids), WorkItem.state == WorkItemState.OPEN)
        .group_by(WorkItem.assignee_id)
    )
    return {assignee_id: count for assignee_id, count in session.execute(query) if assignee_id is not None}
