"""What follows when others stand in: who is told of delegations, and whose open work is asked again."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.core.days import DAY_JOB, begin_day
from engine.core.reactions import record_import
from engine.execution.routing import ASK_JOB, CASE_JOB, ask_again, ask_all_again, look_for_work, reroute_case
from engine.notifications.operations import notify
from engine.organisation.delegations import DelegationLine
from engine.organisation.events import DelegationEnded, DelegationGiven, HoldersChanged, OrganisationImported
from engine.worklist.events import WorkRerouted


def tell_of_delegation(work: UnitOfWork, event: DelegationGiven) -> None:
    _tell(work, event.line, "delegation.received", event.line.to_id)
    _tell(work, event.line, "delegation.given", event.line.from_id)


def tell_of_its_end(work: UnitOfWork, event: DelegationEnded) -> None:
    for employee_id in (event.line.to_id, event.line.from_id):
        _tell(work, event.line, "delegation.ended", employee_id)


def ask_for_work(work: UnitOfWork, event: HoldersChanged) -> None:
    ask_again(work, event.position_ids, event.employee_ids)


def ask_after_import(work: UnitOfWork, event: OrganisationImported) -> None:
    """Work may lie with others now, and units below others work by other hours."""
    record_import(work, event)
    ask_all_again(work)
    if event.moved_unit_ids:
        only = next(iter(event.moved_unit_ids)) if len(event.moved_unit_ids) == 1 else None
        work.tell(CalendarChanged(unit_id=only))


def tell_of_rerouting(work: UnitOfWork, event: WorkRerouted) -> None:
    """Whoever has it now, and whoever had it."""
    facts = {
        "number": event.case.number,
        "case": event.case.title,
        "title": event.title,
        "reason": dict(event.reason),
    }
    for kind, employee_id in (("work.rerouted", event.to_id), ("work.rerouted_away", event.from_id)):
        if employee_id is not None:
            key = f"{kind}:{event.work_item_id}:{work.now.isoformat()}"
            case_id = event.case.instance_id
            notify(work, (employee_id,), kind, key, facts, instance_id=case_id, work_item_id=event.work_item_id)


def _tell(work: UnitOfWork, line: DelegationLine, kind: str, employee_id: int) -> None:
    if employee_id == work.actor.employee_id:
        return
    facts = {
        "by": work.actor.name,
        "from": line.from_name,
        "to": line.to_name,
        "starts_at": line.starts_at.isoformat(),
        "ends_at": line.ends_at.isoformat(),
    }
    notify(work, (employee_id,), kind, f"{kind}:{line.delegation_id}:{work.now.isoformat()}", facts)


REACTIONS: Mapping[type[Any], Callable[[UnitOfWork, Any], None]] = {
    DelegationGiven: tell_of_delegation,
    DelegationEnded: tell_of_its_end,
    HoldersChanged: ask_for_work,
    OrganisationImported: ask_after_import,
    WorkRerouted: tell_of_rerouting,
}
JOBS: Mapping[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    ASK_JOB: look_for_work,
    CASE_JOB: reroute_case,
    DAY_JOB: begin_day,
}
