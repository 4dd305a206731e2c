"""Somebody moves to another position or leaves the office: all that she leaves behind is handed over in one act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import exists, select

from engine.access.permissions import Permission, require
from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.audit.queries import TrailLine, latest_about
from engine.base.errors import Conflict, FieldProblem, Invalid
from engine.base.i18n import _, as_day
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.appointments import Appointment, appoint, end_holding
from engine.organisation.employees import end_employment, locked_employee
from engine.organisation.model import Employee, Holding, HoldingKind
from engine.staffing.delegations import end_delegation
from engine.worklist.errors import NotARecipient
from engine.worklist.measuring import measure
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import give_to
from engine.worklist.queries import pool_names

LOOKED_BACK = timedelta(days=7)


class Hand(StrEnum):
    """What becomes of an open item, besides being handed to somebody."""

    KEEP = "keep"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """`to_position_id` is empty for whoever leaves: `day` is the first on which she does not work here any more.

    `items` says of each open item to whom it goes, by employee, or a `Hand`.
    """

    employee_id: int
    to_position_id: int | None
    day: date
    decree: str | None
    items: Mapping[int, int | Hand]
    ended_holdings: Collection[int] = ()
    ended_delegations: Collection[int] = ()

    @property
    def receivers(self) -> frozenset[int]:
        """Who gets something of hers."""
        return frozenset(to for to in self.items.values() if not isinstance(to, Hand))


class WorkCameIn(Conflict):
    code = "staffing.work_came_in"
    message = _("%(name)s has got other open work in the meantime. Nothing was changed; look through the list again.")


class TransferDone(Conflict):
    """Sent a second time, or from another tab; `done` is the line of the trail, while that is recent."""

    code = "staffing.transfer_done"
    message = _("This was done already for %(name)s. Nothing was changed a second time.")

    def __init__(self, name: str, done: TrailLine | None, **params: object) -> None:
        super().__init__(name=name, **params)
        self.done = done


class HasLeft(TransferDone):
    """On whatever day she should leave now: who left is taken back first."""

    code = "staffing.has_left"
    message = _("%(name)s has left already, since %(day)s. Nothing was changed a second time.")


class Leaves(TransferDone):
    code = "staffing.leaves"
    message = _("%(name)s leaves already, on %(day)s. Nothing was changed a second time.")


class InvalidTransfer(Invalid):
    code = "staffing.invalid_transfer"


def transfer(work: UnitOfWork, wanted: Transfer) -> None:
    """Hand the work over, end what ends, begin what begins; raises OfficeRefused where the seat is not free.

    The work goes over at once, the seats change on their day.
    """
    require(work.actor, Permission.MANAGE_ORGANISATION)
    person = locked_employee(work, wanted.employee_id)
    _refuse_twice(work, person, wanted)
    items = _items(work, wanted.employee_id)
    if {item.id for item in items} != set(wanted.items):
        raise WorkCameIn(name=person.name)
    _refuse_keeping(wanted, items)
    for item in items:
        _hand_over(work, item, wanted.items[item.id])
    for delegation_id in wanted.ended_delegations:
        end_delegation(work, delegation_id)
    _leave_seats(work, wanted)
    record(
        work,
        "employee.transferred" if wanted.to_position_id is not None else "employee.handed_over",
        "employee",
        wanted.employee_id,
        name=person.name,
        day=wanted.day.isoformat(),
        items=len(items),
        decree=wanted.decree,
    )


def _refuse_twice(work: UnitOfWork, person: Employee, wanted: Transfer) -> None:
    acts = ("employee.transferred", "employee.handed_over")
    done = latest_about(work.session, acts, person.id, work.now - LOOKED_BACK)
    if wanted.to_position_id is not None:
        if _has_seat(work, person, wanted):
            raise TransferDone(person.name, done)
    elif person.left_on is not None:
        refusal = HasLeft if person.left_on <= work.today else Leaves
        raise refusal(person.name, done, day=as_day(person.left_on))


def _has_seat(work: UnitOfWork, person: Employee, wanted: Transfer) -> bool:
    """From that day on."""
    same = exists().where(
        Holding.employee_id == person.id,
        Holding.position_id == wanted.to_position_id,
        Holding.kind == HoldingKind.DEFINITIVE,
        Holding.starts_on == wanted.day,
    )
    return bool(work.session.scalar(select(same)))


def _leave_seats(work: UnitOfWork, wanted: Transfer) -> None:
    """The old seat is free before the new one is taken, also where both are of one position."""
    if wanted.to_position_id is None:
        end_employment(work, wanted.employee_id, wanted.day)
        return
    hers = select(Holding.id).where(Holding.employee_id == wanted.employee_id, Holding.id.in_(wanted.ended_holdings))
    for holding_id in work.session.scalars(hers).all():
        end_holding(work, holding_id, wanted.day - timedelta(days=1))
    appoint(
        work,
        Appointment(
            employee_id=wanted.employee_id,
            position_id=wanted.to_position_id,
            kind=HoldingKind.DEFINITIVE,
            starts_on=wanted.day,
            decree=wanted.decree,
        ),
    )


def _items(work: UnitOfWork, employee_id: int) -> list[WorkItem]:
    """Her open items, locked in one order, so that two transfers never wait for each other."""
    query = select(WorkItem).where(WorkItem.assignee_id == employee_id, WorkItem.state == WorkItemState.OPEN)
    locked = query.order_by(WorkItem.id).with_for_update().execution_options(populate_existing=True)
    return list(work.session.scalars(locked))


def _refuse_keeping(wanted: Transfer, items: Collection[WorkItem]) -> None:
    if wanted.to_position_id is None:
        text = _("Whoever leaves keeps no work. Choose who gets “%(title)s”.")
        problems = [
            FieldProblem(name=f"item-{item.id}", code="keeps", message=text, params={"title": item.title})
            for item in items
            if wanted.items[item.id] == Hand.KEEP
        ]
        if problems:
            raise InvalidTransfer(problems)


def _hand_over(work: UnitOfWork, item: WorkItem, to: int | Hand) -> None:
    if to is Hand.KEEP:
        item.routed_to_id = None  # hers by decision now, whoever holds the position
    elif to is Hand.RELEASE:
        measure(work, item)
        item.assignee_id = item.claimed_at = item.routed_to_id = None
        text = _("%(name)s laid it back into the pool of %(position)s.")
        params = {"name": work.actor.name, "position": " / ".join(pool_names(work.session, item.id))}
        item.assignment_reason = Reason(message=text, params=params).as_json()
        record(work, "work_item.released", "work_item", item.id, item.instance_id, title=item.title)
    else:
        _give(work, item, to)


def _give(work: UnitOfWork, item: WorkItem, to: int) -> None:
    try:
        give_to(work, item, to)
    except NotARecipient as refusal:
        name = f"item-{item.id}"
        raise InvalidTransfer([FieldProblem(name=name, code=refusal.code, message=refusal.message)]) from None
