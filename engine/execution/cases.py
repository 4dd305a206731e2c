"""Cases are started and cancelled here."""

from collections.abc import Mapping
from typing import Any

from engine.access.permissions import CaseStart, Permission, require
from engine.assignment.candidates import CaseFacts
from engine.assignment.operations import assign
from engine.audit.operations import record
from engine.base.edition import read_edition
from engine.base.text import one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import PerformerKind, Step
from engine.definitions.graphs import graph_of
from engine.definitions.queries import InForce, in_force
from engine.execution.advance import advance
from engine.execution.ahead import begins_by_hand, first_steps
from engine.execution.beginning import TITLE, TITLE_LENGTH, Started, begin_case
from engine.execution.errors import BeginsByItself, CaseNotFound, NothingInForce, NoTitle
from engine.execution.model import Instance
from engine.execution.queries import CANCEL_REASON
from engine.execution.reasons import given_reason
from engine.execution.visibility import instance_access
from engine.organisation.queries import main_unit_of, position_ids_held
from engine.runtime.stimuli import Cancel


def start_case(
    work: UnitOfWork,
    definition_key: str,
    title: str,
    variables: Mapping[str, Any] | None = None,
    at: str | None = None,
) -> Started:
    """Start a case of the version in force, for the unit of whoever starts it.

    `at` chooses among several start events. Raises NothingInForce, NoTitle, StartNotChosen, or NotAllowed for
    someone who does not hold the first step.
    """
    title = one_line(title)
    if not title:
        raise NoTitle
    read_edition(work.session)
    version = in_force(work.session, definition_key)
    if version.version_id is None:
        raise NothingInForce(name=version.name)
    if not is_begun_by_hand(work, version):
        raise BeginsByItself
    require(work.actor, Permission.START_CASE, CaseStart(actor_performs_first_step=may_start(work, version)))
    known = {**(variables or {}), TITLE: title[:TITLE_LENGTH]}
    return begin_case(work, version.version_id, version.key, title, known, at)


def cancel_case(work: UnitOfWork, instance_id: int, reason: str) -> None:
    """End a case before its time; what was done stays on record, with the reason."""
    if work.session.get(Instance, instance_id) is None:
        raise CaseNotFound
    require(work.actor, Permission.CANCEL_CASE, instance_access(work, instance_id))
    reason = given_reason(reason)
    advance(work, instance_id, Cancel())
    record(work, CANCEL_REASON, "instance", instance_id, instance_id, reason=reason)


def may_start(work: UnitOfWork | Reading, version: InForce) -> bool:
    """Whoever can perform the first step may start: the lane of the start says who that is."""
    if version.version_id is None or work.actor.employee_id is None or not is_begun_by_hand(work, version):
        return False
    graph = graph_of(work.session, version.version_id)
    steps = first_steps(graph, version.key)
    return not steps or any(performs(work, step) for step in steps)


def is_begun_by_hand(work: UnitOfWork | Reading, version: InForce) -> bool:
    """Else a message, a signal or a set time begins its cases, and people only wait for that."""
    return version.version_id is None or begins_by_hand(graph_of(work.session, version.version_id), version.key)


def performs(work: UnitOfWork | Reading, step: Step) -> bool:
    """Whether the actor would get this step of a case that she starts."""
    kind = step.performer.kind if step.performer else PerformerKind.INITIATOR
    if kind in (PerformerKind.INITIATOR, PerformerKind.EXTERNAL):
        return True
    employee_id, on = work.actor.employee_id, work.today
    if employee_id is None:
        return False
    facts = CaseFacts(unit_id=main_unit_of(work.session, employee_id, on), starter_id=employee_id)
    assignment = assign(work, step, facts, {})
    held = position_ids_held(work.session, employee_id, on)
    return employee_id in (assignment.assignee_id, *assignment.employee_ids) or bool(held & {*assignment.position_ids})
