"""The door of the runtime: from a state and a stimulus to a new state and the changes. Pure throughout.

A state is text, so that it cannot be shared by accident: load(dump(s)) is the only path there is.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Any

from engine.bpmn.graph import Node, ProcessGraph
from engine.expressions.functions import Function, at_moment
from engine.runtime.activities import open_activity
from engine.runtime.changes import Change
from engine.runtime.codec import dump, load, nothing_yet
from engine.runtime.elements.catalogue import ELEMENTS
from engine.runtime.errors import StartNotChosen, UnknownProcess
from engine.runtime.handling import handle, refusing_data
from engine.runtime.run import Run, Surroundings
from engine.runtime.settling import settle
from engine.runtime.state import Move, Token
from engine.runtime.stimuli import Stimulus
from engine.runtime.topology import START, is_named, may_begin, starts
from engine.runtime.variables import write

BUDGET = 20_000
NO_FUNCTIONS: Mapping[str, Function] = MappingProxyType({})

Outcome = tuple[str, tuple[Change, ...]]


def start(
    graph: ProcessGraph,
    process_id: str,
    variables: Mapping[str, Any],
    now: datetime,
    at: str | None = None,
    *,
    functions: Mapping[str, Function] = NO_FUNCTIONS,
    zone: tzinfo = UTC,
    budget: int = BUDGET,
) -> Outcome:
    """Begin an instance at its none start event, or at the event `at` that was caught."""
    process = graph.nodes[graph.processes[process_id]] if process_id in graph.processes else None
    if process is None:
        raise UnknownProcess(process=process_id)
    beginning = _beginning(graph, process, at)
    run = Run(graph, nothing_yet(), ELEMENTS, _surroundings(now, zone, functions), size=0, budget=budget)
    root = open_activity(run, process, None)
    root.variables = {}
    root.remaining = [beginning.id] if beginning else []
    with refusing_data():
        write(run, root, variables)
    run.put(Token(move=Move.BEGIN, node=process.id, scope=root.id, activity=root.id))
    return _settled(run)


def apply(
    graph: ProcessGraph,
    state: str,
    stimulus: Stimulus,
    now: datetime,
    *,
    functions: Mapping[str, Function] = NO_FUNCTIONS,
    zone: tzinfo = UTC,
    budget: int = BUDGET,
) -> Outcome:
    """Let the stimulus happen, and everything that follows from it; refused, it raises and changes nothing."""
    surroundings = _surroundings(now, zone, functions)
    run = Run(graph, load(state), ELEMENTS, surroundings, size=len(state), budget=budget)
    handle(run, stimulus)
    return _settled(run)


def _settled(run: Run) -> Outcome:
    settle(run)
    return dump(run.state()), tuple(run.changes)


def _surroundings(now: datetime, zone: tzinfo, functions: Mapping[str, Function]) -> Surroundings:
    return Surroundings(now=now, zone=zone, functions={**at_moment(now, zone), **functions})


def _beginning(graph: ProcessGraph, process: Node, at: str | None) -> Node | None:
    """The event that was caught; None when the process begins by itself, at its one none start event."""
    if at is not None:
        found = next((node for node in graph.children(process) if is_named(node, at)), None)
        if found is None or not may_begin(graph, found):
            raise StartNotChosen(process=process.bpmn_id)
        return found
    unasked = starts(graph, process)
    if not unasked or sum(node.kind == START for node in unasked) > 1:
        raise StartNotChosen(process=process.bpmn_id)
    return None
