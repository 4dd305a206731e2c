"""Undoing completed work, newest first."""

from engine.base.i18n import _
from engine.bpmn.graph import EventKind, Node
from engine.runtime.activities import open_activity
from engine.runtime.flow import arrive_at
from engine.runtime.run import Run
from engine.runtime.state import Activity, Completed, Move, Stage, Stuck, Token
from engine.runtime.topology import compensation_start


def throw(run: Run, node: Node, scope: Activity) -> None:
    """The throwing event stays open until every handler has finished."""
    owner = _owner_of_log(run, scope)
    meant = next(event.name for event in node.events if event.kind is EventKind.COMPENSATE)
    undone = [entry for entry in owner.completed if meant is None or _is_meant(run, entry, meant)]
    owner.completed = [entry for entry in owner.completed if entry not in undone]
    thrower = open_activity(run, node, scope)
    thrower.stage = Stage.WORKING
    undo(run, thrower, undone)
    run.touch(thrower)


def _owner_of_log(run: Run, scope: Activity) -> Activity:
    """An event sub-process that completed nothing itself speaks for the scope around it."""
    if run.node(scope).is_triggered_by_event and not scope.completed:
        return run.parent(scope)
    return scope


def _is_meant(run: Run, entry: Completed, meant: str) -> bool:
    return meant in (entry.node, run.graph.nodes[entry.node].bpmn_id)


def undo(run: Run, under: Activity, log: list[Completed]) -> None:
    """Start the handlers of a log; what was inside an activity without a handler is undone piece by piece."""
    for entry in reversed(log):
        node = run.graph.nodes[entry.node]
        start = compensation_start(run.graph, node)
        if node.handler:
            arrive_at(run, run.graph.nodes[node.handler], under)
        elif start is not None:
            _begin_sub_process(run, under, entry, start)
        else:
            undo(run, under, entry.inner)


def _begin_sub_process(run: Run, under: Activity, entry: Completed, start: Node) -> None:
    if start.parent is None:
        raise Stuck("event.no_scope", _("The compensation does not stand in an event sub-process."))
    opened = open_activity(run, run.graph.nodes[start.parent], under)
    opened.completed = entry.inner
    opened.remaining = [start.id]
    run.put(Token(move=Move.BEGIN, node=opened.node, scope=under.id, activity=opened.id))
