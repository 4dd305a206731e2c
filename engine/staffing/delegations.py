"""Who gives and ends delegations: herself, the head of her unit, or the secretariat; both people hear of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from engine.access.permissions import Permission, allows, require
from engine.audit.operations import record
from engine.base.alphabet import in_alphabet
from engine.base.paging import Page
from engine.base.text import one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.model import ProcessDefinition
from engine.organisation import delegations as kept
from engine.organisation.acting_for import ALL, Procedures
from engine.organisation.delegations import REASON_LENGTH, DelegationLine, NewDelegation
from engine.organisation.events import DelegationEnded, DelegationGiven
from engine.organisation.model import Delegation, Employee
from engine.staffing.people import person_access, within_her_care


def give_delegation(work: UnitOfWork, new: NewDelegation) -> DelegationLine:
    """Let a colleague see and do the work of `new.from_id` on her behalf; raises DelegationRefused with the fields."""
    require(work.actor, Permission.GIVE_DELEGATION, person_access(work, new.from_id))
    known = _known(work, new.definition_ids)
    line = kept.give(work, replace(new, definition_ids=known, reason=one_line(new.reason)[:REASON_LENGTH]))
    record(work, "delegation.given", "delegation", line.delegation_id, **_facts(line))
    work.tell(DelegationGiven(line=line))
    return line


def end_delegation(work: UnitOfWork, delegation_id: int) -> DelegationLine:
    """At once. Whoever received it may give it back."""
    line = kept.delegation(work.session, delegation_id)
    if line.to_id != work.actor.employee_id:
        require(work.actor, Permission.GIVE_DELEGATION, person_access(work, line.from_id))
    kept.end(work, delegation_id)
    record(work, "delegation.ended", "delegation", delegation_id, **_facts(line))
    work.tell(DelegationEnded(line=line))
    return line


def delegations_seen(reading: Reading, cursor: str | None = None) -> Page[DelegationLine]:
    """Those that the actor gave or received, and those of the people in her care; the one that ends last first."""
    return kept.delegations(reading.session, _concerns_her(reading), cursor)


def may_end(reading: Reading, line: DelegationLine) -> bool:
    if line.is_over(reading.now):
        return False
    return line.to_id == reading.actor.employee_id or allows(
        reading.actor, Permission.GIVE_DELEGATION, person_access(reading, line.from_id)
    )


def _concerns_her(reading: Reading) -> ColumnElement[bool]:
    cared_for = select(Employee.id).where(within_her_care(reading))
    return or_(Delegation.to_id == reading.actor.employee_id, Delegation.from_id.in_(cared_for))


def _known(work: UnitOfWork, definition_ids: Procedures) -> Procedures:
    if definition_ids is ALL:
        return ALL
    query = select(ProcessDefinition.id).where(ProcessDefinition.id.in_(definition_ids))
    return frozenset(work.session.scalars(query))


def _facts(line: DelegationLine) -> dict[str, Any]:
    return {
        "from": line.from_name,
        "to": line.to_name,
        "starts_at": line.starts_at.isoformat(),
        "ends_at": line.ends_at.isoformat(),
        "procedures": None if line.definition_ids is ALL else sorted(line.definition_ids),
    }


def procedures(reading: Reading) -> dict[int, str]:
    """What a delegation may be for, by name."""
    query = select(ProcessDefinition.id, ProcessDefinition.name).order_by(
        in_alphabet(ProcessDefinition.name), ProcessDefinition.id
    )
    return {row.id: row.name for row in reading.session.execute(query)}
