"""What administrators do to a case that cannot go on by itself. Each act says why, and the trail keeps who and what."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.graphs import graph_of
from engine.execution.advance import locked_instance, move
from engine.execution.errors import CaseOver, IncidentNotFound, IncidentOver, NothingChanged, PersonsStep
from engine.execution.model import Incident, Instance
from engine.execution.reasons import given_reason
from engine.runtime import inspect
from engine.runtime.errors import AlreadyClosed
from engine.runtime.inspect import LivingActivity
from engine.runtime.state import Stage
from engine.runtime.stimuli import CompleteActivity, MoveToken, SetVariables, Stimulus, TriggerEvent

SHOWN_LENGTH = 500
PERSONS_STEP = "userTask"
NOTHING: Mapping[str, Any] = MappingProxyType({})

COMPLETED = "repair.completed"
MOVED = "repair.moved"
CHANGED = "repair.changed"
TRIGGERED = "repair.triggered"
ACTS = (COMPLETED, MOVED, CHANGED, TRIGGERED)


def complete_by_hand(work: UnitOfWork, incident_id: int, values: Mapping[str, Any], reason: str) -> int:
    """What failed was done otherwise: the case goes on with the values that the step should have given; its id.

    Never for a person's step: whoever signs must be its holder (PersonsStep).
    """
    require(work.actor, Permission.MEND_INCIDENTS)
    reason = given_reason(reason)
    incident = work.session.get(Incident, incident_id)
    if incident is None:
        raise IncidentNotFound
    instance = locked_instance(work, incident.instance_id)
    work.session.refresh(incident)  # only what holds under the lock counts
    if incident.resolved_at is not None:
        raise IncidentOver
    failed = living_step(work, instance, incident.activity_id)
    require_no_persons_step(work, instance, failed)
    facts = {"step": _name(work, instance, failed.node), "values": shown(values), "reason": reason}
    return _moved(work, instance, CompleteActivity(incident.activity_id, values), COMPLETED, facts)


def move_on(work: UnitOfWork, instance_id: int, activity_id: int, target: str, reason: str) -> int:
    """Let the case continue at another step instead of this one; the runtime refuses what would break a join."""
    require(work.actor, Permission.MEND_INCIDENTS)
    reason = given_reason(reason)
    instance = locked_instance(work, instance_id)
    source = living_step(work, instance, activity_id)
    names = {"step": _name(work, instance, source.node), "target": _name(work, instance, target)}
    facts = {**names, "reason": reason}
    return _moved(work, instance, MoveToken(activity_id, target), MOVED, facts)


def change_data(work: UnitOfWork, instance_id: int, values: Mapping[str, Any], reason: str) -> int:
    """Set variables of the case; the trail keeps what each was before."""
    require(work.actor, Permission.MEND_INCIDENTS)
    reason = given_reason(reason)
    if not values:
        raise NothingChanged
    instance = locked_instance(work, instance_id)
    before = {name: instance.variables.get(name) for name in values}
    facts = {
        "names": ", ".join(values)[:SHOWN_LENGTH],
        "before": shown(before),
        "after": shown(values),
        "reason": reason,
    }
    return _moved(work, instance, SetVariables(values), CHANGED, facts)


def let_happen(
    work: UnitOfWork, instance_id: int, activity_id: int, event: str, reason: str, values: Mapping[str, Any] = NOTHING
) -> int:
    """Let what a step waits for happen now: a timer before its moment, a message that came on paper with `values`."""
    require(work.actor, Permission.MEND_INCIDENTS)
    reason = given_reason(reason)
    instance = locked_instance(work, instance_id)
    living_step(work, instance, activity_id)
    facts = {"event": _name(work, instance, event), "values": shown(values), "reason": reason}
    return _moved(work, instance, TriggerEvent(activity_id, event, values), TRIGGERED, facts)


def living_step(work: UnitOfWork, instance: Instance, activity_id: int) -> LivingActivity:
    """Raises AlreadyClosed for one that the case has left."""
    graph = graph_of(work.session, instance.version_id)
    state = instance.state_text
    found = next((step for step in inspect.living(graph, state) if step.activity_id == activity_id), None)
    if found is None:
        raise AlreadyClosed(activity_id=activity_id)
    return found


def require_no_persons_step(work: UnitOfWork, instance: Instance, step: LivingActivity) -> None:
    """Once her work is done, the way out of her step may be mended like any other."""
    if step.kind == PERSONS_STEP and step.state is not Stage.DONE:
        node = graph_of(work.session, instance.version_id).nodes[step.node]
        raise PersonsStep(name=node.name or node.bpmn_id)


def shown(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as the trail keeps them: whole when short, else their beginning."""
    return {
        one_line(name)[:SHOWN_LENGTH]: _short(json.dumps(value, ensure_ascii=False)) for name, value in values.items()
    }


def _name(work: UnitOfWork, instance: Instance, node_id: str) -> str:
    """How people know an element; what is none is refused later, by the runtime."""
    node = graph_of(work.session, instance.version_id).nodes.get(node_id)
    return one_line(node_id)[:SHOWN_LENGTH] if node is None else node.name or node.bpmn_id


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def _moved(work: UnitOfWork, instance: Instance, stimulus: Stimulus, act: str, facts: Mapping[str, Any]) -> int:
    """The trail says what was done before it says what followed from it."""
    if instance.ended_at is not None:
        raise CaseOver(number=instance.number)
    record(work, act, "instance", instance.id, instance.id, **facts)
    move(work, instance, stimulus)
    return instance.id
