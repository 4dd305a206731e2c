"""A unit closes or is transferred to another ministry: all that is in it goes where it was said, in one act.

People, positions and units change on their day by their dates; work, cases and procedures are handed on by a job
when the day has come, at once if it has.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Select, select

from engine.access.permissions import Permission, require
from engine.base.errors import Conflict, FieldProblem
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import schedule
from engine.organisation.appointments import Appointment, appoint, end_holding
from engine.organisation.employees import end_employment
from engine.organisation.keeping import OfficeRefused, problem, refuse
from engine.organisation.model import Holding, HoldingKind, Position, Unit
from engine.organisation.positions import close_position
from engine.organisation.tree import with_ancestors
from engine.organisation.unit_queries import unit_detail
from engine.organisation.units import UnitFacts, change_unit, close_unit
from engine.staffing.unit_contents import UnitContents, closing_units, people_there, unit_contents
from engine.staffing.unit_handover import HANDOVER_JOB, Successors, hand_over

MOST_PEOPLE = 500


class Fate(StrEnum):
    """What becomes of a person, besides another position here."""

    LEAVES = "leaves"  # goes with the unit
    STAYS = "stays"  # without a position for now


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosing:
    """`below_to` is the unit under which those below move; without it they close too.

    `people` says of each what becomes of her: a Fate, or the id of her new position.
    """

    unit_id: int
    day: date
    transferred_to: str | None
    basis: str | None
    below_to: int | None
    people: Mapping[int, int | Fate]
    successors: Successors


class SomethingCameIn(Conflict):
    code = "staffing.something_came_in"
    message = _("Somebody was appointed in %(name)s in the meantime. Nothing was changed; look through the list again.")


def check_closing(contents: UnitContents, wanted: UnitClosing) -> None:
    """Raises OfficeRefused where something in the unit has nowhere to go."""
    refuse(_problems(contents, wanted))


def carry_out(work: UnitOfWork, wanted: UnitClosing) -> None:
    """Raises OfficeRefused with what cannot be, and SomethingCameIn when the unit is not as it was looked at."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    unit_ids = closing_units(work.session, wanted.unit_id, wanted.below_to is None)
    unit = unit_detail(work.session, wanted.unit_id)
    if {person.employee_id for person in people_there(work.session, unit_ids, wanted.day)} != set(wanted.people):
        raise SomethingCameIn(name=unit.name)
    check_closing(unit_contents(work.session, unit_ids, wanted.day), wanted)
    _move_those_below(work, wanted)
    _send_people(work, unit_ids, wanted)
    for position_id in work.session.scalars(_open_positions(unit_ids)).all():
        close_position(work, position_id, wanted.day)
    for each in _deepest_first(work, unit_ids):
        close_unit(work, each, wanted.day, wanted.transferred_to, wanted.basis)
    _hand_over(work, unit_ids, wanted)


def _problems(contents: UnitContents, wanted: UnitClosing) -> list[FieldProblem | None]:
    closing = {unit.id for unit in contents.units}
    to = wanted.successors
    nobody = to.position_id is None and to.employee_id is None
    text = _("Choose who takes the open work: a position or a person.")
    case_text = _("Choose the unit that takes the running cases over.")
    many = _("More than %(most)s people are in it. Close the units below it first, one by one.")
    return [
        problem("work_to", "missing", text) if contents.work_count and nobody else None,
        problem("cases_to", "missing", case_text) if contents.case_count and to.cases_to is None else None,
        _within(closing, "cases_to", to.cases_to),
        _within(closing, "procedures_to", to.procedures_to),
        _within(closing, "below_to", wanted.below_to),
        problem("people", "too_many", many, most=MOST_PEOPLE) if len(contents.people) > MOST_PEOPLE else None,
    ]


def _within(closing: Collection[int], field: str, unit_id: int | None) -> FieldProblem | None:
    if unit_id not in closing:
        return None
    return problem(field, "closing", _("This unit closes too. Choose one that stays open."))


def _move_those_below(work: UnitOfWork, wanted: UnitClosing) -> None:
    if wanted.below_to is None:
        return
    below = work.session.scalars(select(Unit).where(Unit.parent_id == wanted.unit_id, Unit.closed_on.is_(None)))
    for unit in below.all():
        facts = UnitFacts(name=unit.name, parent_id=wanted.below_to, opened_on=unit.opened_on, basis=unit.basis)
        change_unit(work, unit.id, facts)


def _send_people(work: UnitOfWork, unit_ids: Collection[int], wanted: UnitClosing) -> None:
    """Old seats are left before new ones are taken."""
    last_day = wanted.day - timedelta(days=1)
    for holding_id in work.session.scalars(_holdings_there(unit_ids, wanted)).all():
        end_holding(work, holding_id, last_day)
    for employee_id, to in wanted.people.items():
        if to is Fate.LEAVES:
            end_employment(work, employee_id, wanted.day)
        elif not isinstance(to, Fate):
            _appoint(work, employee_id, to, wanted)


def _appoint(work: UnitOfWork, employee_id: int, position_id: int, wanted: UnitClosing) -> None:
    """What stands in the way is told beside the person: two may have been given the same seat."""
    seat = Appointment(
        employee_id=employee_id,
        position_id=position_id,
        kind=HoldingKind.DEFINITIVE,
        starts_on=wanted.day,
        decree=(wanted.basis or "")[:120] or None,
    )
    try:
        appoint(work, seat)
    except OfficeRefused as refusal:
        raise OfficeRefused([replace(each, name=f"person-{employee_id}") for each in refusal.fields]) from None


def _holdings_there(unit_ids: Collection[int], wanted: UnitClosing) -> Select[int]:
    return (
        select(Holding.id)
        .join(Position, Position.id == Holding.position_id)
        .where(Position.unit_id.in_(unit_ids), Holding.employee_id.in_(wanted.people))
        .order_by(Holding.id)
    )


def _open_positions(unit_ids: Collection[int]) -> Select[int]:
    return select(Position.id).where(Position.unit_id.in_(unit_ids), Position.closed_on.is_(None)).order_by(Position.id)


def _deepest_first(work: UnitOfWork, unit_ids: Collection[int]) -> list[int]:
    """A unit closes when nothing below it is open any more."""
    parents = {row.id: row.parent_id for row in work.session.execute(select(Unit.id, Unit.parent_id))}
    return sorted(unit_ids, key=lambda each: (-len(with_ancestors(each, parents)), each))


def _hand_over(work: UnitOfWork, unit_ids: Collection[int], wanted: UnitClosing) -> None:
    if wanted.day <= work.today:
        hand_over(work, wanted.successors.as_payload(unit_ids))
        return
    at = datetime.combine(wanted.day, time(), work.settings.zone).astimezone(UTC)
    key = f"{HANDOVER_JOB}:{wanted.unit_id}:{wanted.day.isoformat()}"
    schedule(work, HANDOVER_JOB, key, at, wanted.successors.as_payload(unit_ids))
