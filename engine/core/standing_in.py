"""What people are told of delegations: the two whom it concerns, except whoever did it."""

from engine.base.unit_of_work import UnitOfWork
from engine.notifications.operations import notify
from engine.organisation.delegations import DelegationLine
from engine.organisation.events import DelegationEnded, DelegationGiven


def tell_of_delegation(work: UnitOfWork, event: DelegationGiven) -> None:
    _tell(work, event.line, "delegation.received", event.line.to_id)
    _tell(work, event.line, "delegation.given", event.line.from_id)


def tell_of_its_end(work: UnitOfWork, event: DelegationEnded) -> None:
    for employee_id in (event.line.to_id, event.line.from_id):
        _tell(work, event.line, "delegation.ended", employee_id)


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
