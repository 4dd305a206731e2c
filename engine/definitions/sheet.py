"""The SOP as a sheet of rows: the steps in the order in which they are done, and where each leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.base.i18n import _
from engine.bpmn.graph import Node, PerformerKind, ProcessGraph, Requirement, StandardTime, Step
from engine.definitions.ways import Way, Ways

SYSTEM_KINDS = frozenset(
    {"serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity", "task"}
)
ROLES = {
    PerformerKind.INITIATOR: _("Whoever started the case"),
    PerformerKind.SUPERIOR_OF_INITIATOR: _("The superior of whoever started the case"),
    PerformerKind.HEAD_OF_UNIT: _("The head of the unit of the case"),
    PerformerKind.SAME_AS: _("Whoever did an earlier step of the case"),
    PerformerKind.EXTERNAL: _("An applicant from outside: whoever started the case enters it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One numbered step. The plain way to the next row is not told.

    `performer` is empty when the system does it; else a lane, positions, or a catalogue text. `positions` are these
    positions as the diagram refers to them, by code or title.
    """

    number: int
    element: str
    title: str
    instruction: str
    performer: str
    positions: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    standard_time: StandardTime | None
    as_needed: str | None
    outputs: tuple[str, ...]
    form_key: str | None
    question: str
    ways: tuple[Way, ...]


def sheet_of(graph: ProcessGraph, process_id: str) -> tuple[SheetRow, ...]:
    """The rows of a process, with those of its sub-processes in their place."""
    steps = [node for node in _in_order(graph, process_id) if _is_step(node)]
    numbers = {node.id: place for place, node in enumerate(steps, start=1)}
    ways = Ways(graph, numbers)
    return tuple(_row(graph, node, numbers[node.id], ways) for node in steps)


def _row(graph: ProcessGraph, node: Node, number: int, ways: Ways) -> SheetRow:
    step = node.step or Step()
    return SheetRow(
        number=number,
        element=node.bpmn_id,
        title=node.name or node.bpmn_id,
        instruction=step.instruction,
        performer=_performer(step),
        positions=_positions(step),
        requirements=step.requirements,
        standard_time=step.standard_time,
        as_needed=step.as_needed,
        outputs=step.outputs,
        form_key=step.form_key,
        question=_question(graph, node),
        ways=_ways_told(ways.of(node), number),
    )


def _performer(step: Step) -> str:
    if step.lane or step.performer is None:
        return step.lane
    return ROLES.get(step.performer.kind, ", ".join(step.performer.refs))


def _positions(step: Step) -> tuple[str, ...]:
    is_by_position = step.performer is not None and step.performer.kind is PerformerKind.POSITION
    return step.performer.refs if step.performer and is_by_position and not step.lane else ()


def _is_step(node: Node) -> bool:
    return node.step is not None or node.kind in SYSTEM_KINDS


def _in_order(graph: ProcessGraph, process_id: str) -> list[Node]:
    """Each node after those that lead to it, loops aside; branches one after the other as they are drawn."""
    root = graph.nodes[graph.processes[process_id]]
    after: list[Node] = []
    seen: set[str] = set()
    # A walk to the end of every way; on the way back each node is noted after all that follows it.
    todo: list[tuple[Node, bool]] = [(child, False) for child in _starts_last_first(graph, root)]
    while todo:
        node, is_done = todo.pop()
        if is_done:
            after.append(node)
        elif node.id not in seen:
            seen.add(node.id)
            todo.append((node, True))
            todo += [(each, False) for each in _following(graph, node) if each.id not in seen]
    return after[::-1]


def _starts_last_first(graph: ProcessGraph, scope: Node) -> list[Node]:
    """What begins by itself, in such an order that the first one drawn comes to stand first."""
    return [node for node in graph.children(scope) if not node.incoming and node.host is None]


def _following(graph: ProcessGraph, node: Node) -> Iterator[Node]:
    """What comes after a node: the inside of a sub-process, its flows, then what may interrupt it."""
    if node.children:
        yield from _starts_last_first(graph, node)
    for flow in node.outgoing:
        yield graph.nodes[flow.target]
    yield from graph.boundary(node)


def _ways_told(ways: tuple[Way, ...], number: int) -> tuple[Way, ...]:
    is_plain = ways == (Way(words=(), number=number + 1, end=""),)
    return () if is_plain else ways


def _question(graph: ProcessGraph, node: Node) -> str:
    """What is asked right after the step, when its ways part there."""
    if len(node.outgoing) != 1:
        return ""
    target = graph.nodes[node.outgoing[0].target]
    return target.name if target.kind.endswith("Gateway") and len(target.outgoing) > 1 else ""
