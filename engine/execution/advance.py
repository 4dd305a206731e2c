"""The one road: lock the instance, let the runtime apply a stimulus, write what it changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.base.edition import MARK
from engine.base.locking import find_rows
from engine.base.looking import remember_edition
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import ProcessGraph
from engine.calendar.functions import calendar_functions
from engine.definitions.graphs import graph_of
from engine.execution.errors import CaseNotFound, CaseOver
from engine.execution.events import CaseMoved
from engine.execution.gathering import Recording
from engine.execution.model import Instance, InstanceState
from engine.execution.recording import write
from engine.runtime import kernel
from engine.runtime.changes import Change
from engine.runtime.stimuli import Stimulus

OVER = (InstanceState.COMPLETED, InstanceState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one stimulus did, for whoever sent it."""

    changes: tuple[Change, ...]
    at: datetime


def locked_instance(work: UnitOfWork, instance_id: int) -> Instance:
    """The instance, locked until the commit (lock order: instance, job, work item)."""
    if instance_id not in _held(work) and not _locked(work, "FROM instance WHERE id = ? FOR UPDATE", instance_id):
        raise CaseNotFound
    return _held(work)[instance_id]


def lock_those_free(work: UnitOfWork, *instance_ids: int) -> Collection[int]:
    """Lock these instances; not one on which somebody works just now, or that is no more. Which are locked."""
    places = ", ".join("?" * len(instance_ids))
    return _locked(work, f"FROM instance WHERE id IN ({places}) ORDER BY id FOR UPDATE SKIP LOCKED", *instance_ids)


def hold(work: UnitOfWork, instance: Instance, mark: str | None) -> None:
    """Whoever has locked an instance keeps it: until the commit nobody else can change it."""
    _held(work)[instance.id] = instance
    remember_edition(work.session, mark)


def _locked(work: UnitOfWork, where: str, *instance_ids: int) -> Collection[int]:
    found = find_rows(work.session, (Instance,), MARK, where, *instance_ids)
    for instance, mark in found:
        hold(work, instance, mark)
    return [instance.id for instance, _mark in found]


def _held(work: UnitOfWork) -> dict[int, Instance]:
    held: dict[int, Instance] = work.session.info.setdefault(_held, {})
    return held


def advance(work: UnitOfWork, instance_id: int, stimulus: Stimulus) -> Step:
    """Lock an instance, apply a stimulus to it and write everything that came of it.

    Raises CaseOver for one that has ended, and the runtime's own refusals; nothing is written then.
    """
    return move(work, locked_instance(work, instance_id), stimulus)


def move(work: UnitOfWork, instance: Instance, stimulus: Stimulus) -> Step:
    """The same for whoever has locked the instance already, to look at it first."""
    if instance.state in OVER:
        raise CaseOver(number=instance.number)
    graph = graph_of(work.session, instance.version_id)
    functions = calendar_functions(work.session, work.settings.zone, work.now, instance.unit_id)
    state, changes = kernel.apply(
        graph, instance.state_text, stimulus, work.now, functions=functions, zone=work.settings.zone
    )
    _write(work, instance, graph, state, changes)
    return Step(changes=changes, at=work.now)


def begin(work: UnitOfWork, instance: Instance, graph: ProcessGraph, process_id: str, at: str | None) -> Step:
    """Start an instance whose row has just been written."""
    functions = calendar_functions(work.session, work.settings.zone, work.now, instance.unit_id)
    state, changes = kernel.start(
        graph, process_id, instance.variables, work.now, at, functions=functions, zone=work.settings.zone
    )
    _write(work, instance, graph, state, changes)
    return Step(changes=changes, at=work.now)


def _write(work: UnitOfWork, instance: Instance, graph: ProcessGraph, state: str, changes: Sequence[Change]) -> None:
    write(Recording(work=work, instance=instance, graph=graph, state=state), changes)
    clock_stands = instance.clock_stopped_at is not None
    work.tell(CaseMoved(instance_id=instance.id, changes=tuple(changes), clock_stands=clock_stands))
