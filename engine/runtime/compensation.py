"""Undoing completed work, what was done last first. See decision 0013."""

from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn.graph import EventKind, Node, ProcessGraph
from engine.runtime.activities import open_activity, open_loop
from engine.runtime.run import Run, size_of
from engine.runtime.state import Activity, Completed, Move, Stage, Token
from engine.runtime.topology import START, compensation_start
from engine.runtime.variables import recall, seclude

LOG_ENTRY_SIZE = 60


def throw(run: Run, node: Node, scope: Activity) -> None:
    """The throwing event stays open until every handler has finished."""
    thrower = open_activity(run, node, scope)
    thrower.stage = Stage.WORKING
    meant = next(event.name for event in node.events if event.kind is EventKind.COMPENSATE)
    undone: list[Completed] = []
    for owner in _owners_of_logs(run, scope):
        taken = [entry for entry in owner.completed if meant is None or _is_meant(run, entry, meant)]
        owner.completed = [entry for entry in owner.completed if not any(entry is one for one in taken)]
        undone = taken + undone
    undo(run, thrower, undone)
    run.touch(thrower)


def _owners_of_logs(run: Run, scope: Activity) -> list[Activity]:
    """An event sub-process speaks for the scope around it too; one that compensates has been given its log."""
    node = run.node(scope)
    starts = [child for child in run.graph.children(node) if child.kind == START]
    if node.is_triggered_by_event and not any(start.has(EventKind.COMPENSATE) for start in starts):
        return [scope, run.parent(scope)]
    return [scope]


def _is_meant(run: Run, entry: Completed, meant: str) -> bool:
    return meant in (entry.node, run.graph.nodes[entry.node].bpmn_id)


def undo(run: Run, under: Activity, log: list[Completed]) -> None:
    under.undoing = list(_pieces(run.graph, log))
    undo_next(run, under)


def undo_next(run: Run, under: Activity) -> None:
    """Begin the handlers of all that nothing still to be undone came after; side by side if it was done so."""
    latest = max((entry.opened for entry in under.undoing), default=0)
    ready = [entry for entry in under.undoing if entry.closed >= latest]
    under.undoing = [entry for entry in under.undoing if entry.closed < latest]
    for entry in reversed(ready):
        _undo_one(run, under, entry)


def _pieces(graph: ProcessGraph, log: list[Completed]) -> Iterator[Completed]:
    """What was inside an activity that has no way of being undone is undone piece by piece."""
    for entry in log:
        node = graph.nodes[entry.node]
        if node.handler or compensation_start(graph, node):
            yield entry
        else:
            yield from _pieces(graph, entry.inner)


def _undo_one(run: Run, under: Activity, entry: Completed) -> None:
    node = run.graph.nodes[entry.node]
    start = compensation_start(run.graph, node)
    if node.handler:
        _begin(run, under, entry, run.graph.nodes[node.handler])
    elif start is not None:
        opened = _begin(run, under, entry, run.graph.nodes[start.parent or ""])
        opened.completed = entry.inner
        opened.remaining = [start.id]


def _begin(run: Run, under: Activity, entry: Completed, handler: Node) -> Activity:
    opened = open_loop(run, handler, under) if handler.loop else open_activity(run, handler, under)
    if entry.is_apart:
        seclude(run, opened, entry.variables)
    else:
        recall(run, opened, entry.variables)
    run.put(Token(move=Move.BEGIN, node=handler.id, scope=under.id, activity=opened.id))
    return opened


def apart(entry: Completed) -> Completed:
    """With all inside it, it belongs to a called process that has ended."""
    return replace(entry, inner=[apart(one) for one in entry.inner], is_apart=True)


def remember(run: Run, log: list[Completed], entry: Completed) -> None:
    """Part of the log of what can be undone, with the variables as they are now."""
    before = log[-1].variables if log else {}
    news = {name: value for name, value in entry.variables.items() if name not in before or before[name] != value}
    run.grow(LOG_ENTRY_SIZE + size_of(news))
    log.append(entry)
