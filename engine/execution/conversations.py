"""For whom a message is: the rules of keys, and of cases that speak with each other without any.

A message with a key is for a wait with that key, else for a case that is known by it (the key that started it,
or its number), else for a wait that asks for none. A message without a key is for whoever has waited longest. A case
that speaks without a key speaks to those it is in conversation with, as long as one of them could listen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import EventKind, Node, ProcessGraph
from engine.definitions.graphs import graphs_of
from engine.execution.model import HeldMessage, Instance, Subscription
from engine.execution.standing import RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """On its way to one receiver; `conversation` is that of the case that speaks, for whatever case it may start."""

    key: str
    name: str
    correlation: str | None
    variables: Mapping[str, Any]
    expires_at: datetime
    sender_id: int | None = None
    conversation: str | None = None
    bound_to: str | None = None


def conversation_of(instance: Instance) -> str:
    """Cases in one conversation know each other by the key of the message that began it, or by who sent that."""
    return instance.correlation or instance.number


def bound(work: UnitOfWork, message: Message) -> Message:
    """The message of a case, kept within its conversation if it has no key and somebody there could listen."""
    if message.correlation is not None or message.conversation is None:
        return message
    listens = any(could_hear(graph, process, message.name) for graph, process in _partners(work, message))
    return replace(message, bound_to=message.conversation if listens else None)


def receivers(message: Message) -> Sequence[ColumnElement[bool]]:
    """Which waits a message is for, as criteria on subscriptions and their instances: the best first."""
    if message.bound_to is not None:
        return (_is_known_by(message.bound_to),)
    key = message.correlation or message.conversation
    if key is None:
        return (true(),)
    asked = Subscription.correlation == key
    known = and_(Subscription.correlation.is_(None), _is_known_by(key))
    asks_none = and_(Subscription.correlation.is_(None), Instance.correlation.is_(None))
    return (asked, known, true() if message.correlation is None else asks_none)


def held_for(instance: Instance, correlation: str | None) -> ColumnElement[bool]:
    """Which held messages a wait of an instance may take: the same rules, asked from the other side."""
    names = [name for name in (instance.number, instance.correlation) if name is not None]
    wanted = correlation or instance.correlation
    free = HeldMessage.bound_to.is_(None)
    if wanted is None:
        return or_(HeldMessage.bound_to.in_(names), free)
    keys = [wanted] if correlation else names
    fits = or_(HeldMessage.correlation.is_(None), HeldMessage.correlation.in_(keys))
    return or_(HeldMessage.bound_to.in_(names), and_(free, fits))


def could_hear(graph: ProcessGraph, process_id: str, name: str) -> bool:
    """Whether a running case of this process may come to wait for the message, there or in what it calls."""
    todo = [graph.nodes[graph.processes[process_id]]]
    seen: set[str] = set()
    while todo:
        node = todo.pop()
        if node.id in seen:
            continue
        seen.add(node.id)
        if _catches(graph, node) and any(e.kind is EventKind.MESSAGE and e.name == name for e in node.events):
            return True
        todo += graph.children(node)
        called = graph.processes.get(node.called or "")
        todo += [graph.nodes[called]] if called is not None else []
    return False


def _catches(graph: ProcessGraph, node: Node) -> bool:
    if node.kind == "startEvent":
        return graph.nodes[node.parent or ""].is_triggered_by_event
    return node.kind in ("intermediateCatchEvent", "boundaryEvent", "receiveTask")


def _is_known_by(key: str) -> ColumnElement[bool]:
    return or_(Instance.number == key, Instance.correlation == key)


def _partners(work: UnitOfWork, message: Message) -> list[tuple[ProcessGraph, str]]:
    """The running cases in the conversation of a message, besides the one that speaks."""
    query = select(Instance.version_id, Instance.process_id).where(
        _is_known_by(message.conversation or ""), Instance.id != message.sender_id, Instance.state.in_(RUNNING)
    )
    rows = work.session.execute(query.distinct()).all()
    graphs = graphs_of(work.session, {row.version_id for row in rows})
    return [
        (graphs[row.version_id], row.process_id) for row in rows if row.process_id in graphs[row.version_id].processes
    ]
