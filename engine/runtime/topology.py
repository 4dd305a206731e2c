"""Questions to the process graph that only moving tokens asks."""

from engine.bpmn.graph import EventKind, Flow, Node, ProcessGraph

START = "startEvent"
BOUNDARY = "boundaryEvent"
THROWING = ("intermediateThrowEvent", "endEvent")
GATEWAY = "Gateway"
AD_HOC = "adHocSubProcess"
WORK = ("task", "Task", "subProcess", "SubProcess", "transaction", "callActivity")


def is_named(node: Node, name: str) -> bool:
    """By its id in the graph or by the one in the file as uploaded."""
    return name in (node.id, node.bpmn_id)


def starts(graph: ProcessGraph, scope: Node) -> tuple[Node, ...]:
    """Where a scope begins: its none start events, else every node to which nothing leads."""
    children = graph.children(scope)
    none_starts = tuple(node for node in children if node.kind == START and not node.events)
    return none_starts or tuple(node for node in children if _begins_unasked(node))


def chosen_starts(graph: ProcessGraph, process_id: str) -> tuple[Node, ...]:
    """The none start events of a process among which whoever starts it must choose; empty when there is no choice."""
    none_starts = [node for node in starts(graph, graph.nodes[graph.processes[process_id]]) if node.kind == START]
    return tuple(none_starts) if len(none_starts) > 1 else ()


def start_events(graph: ProcessGraph, process_id: str) -> tuple[Node, ...]:
    """All events by which a process can begin, in the order of the file."""
    return tuple(node for node in graph.children(graph.nodes[graph.processes[process_id]]) if node.kind == START)


def may_begin(graph: ProcessGraph, node: Node) -> bool:
    """Whether a case may begin at this element of a process: a start event, or what BPMN lets begin in its place."""
    return (
        node.kind == START or node.instantiates or any(graph.nodes[flow.source].instantiates for flow in node.incoming)
    )


def _begins_unasked(node: Node) -> bool:
    return not (
        node.incoming
        or node.kind in (START, BOUNDARY)
        or node.is_triggered_by_event
        or node.is_for_compensation
        or node.has(EventKind.LINK)
    )


def ad_hoc_beginnings(graph: ProcessGraph, ad_hoc: Node) -> tuple[Node, ...]:
    """Everything in an ad-hoc sub-process that waits for nothing before it."""
    children = graph.children(ad_hoc)
    return tuple(node for node in children if _begins_unasked(node) or (node.kind == START and not node.events))


def offered_activities(graph: ProcessGraph, ad_hoc: Node) -> tuple[Node, ...]:
    """What may be chosen in an ad-hoc sub-process, as often as one likes: the activities to which nothing leads."""
    if ad_hoc.kind != AD_HOC:
        return ()
    return tuple(node for node in graph.children(ad_hoc) if node.kind.endswith(WORK) and _begins_unasked(node))


def event_starts(graph: ProcessGraph, scope: Node) -> tuple[Node, ...]:
    """The start events of a scope's event sub-processes."""
    return tuple(
        start
        for sub_process in graph.children(scope)
        if sub_process.is_triggered_by_event
        for start in graph.children(sub_process)
        if start.kind == START
    )


def asks_for_undoing(graph: ProcessGraph) -> bool:
    """Whether anything in these processes compensates or cancels; if not, nothing has to be kept for it."""
    return any(
        node.kind in THROWING and (node.has(EventKind.COMPENSATE) or node.has(EventKind.CANCEL))
        for node in graph.nodes.values()
    )


def compensation_start(graph: ProcessGraph, node: Node) -> Node | None:
    """Where an activity is undone that has an event sub-process of its own for it, or whose called process has."""
    called = graph.processes.get(node.called or "")
    starts_inside = event_starts(graph, graph.nodes[called] if called else node)
    return next((start for start in starts_inside if start.has(EventKind.COMPENSATE)), None)


def behind(graph: ProcessGraph, join: Node, flow: Flow) -> frozenset[str]:
    """Nodes from which a token can still reach `flow` without passing `join`."""
    seen: set[str] = set()
    ahead = [flow.source]
    while ahead:
        node_id = ahead.pop()
        if node_id in seen or node_id == join.id:
            continue
        seen.add(node_id)
        node = graph.nodes[node_id]
        ahead += [incoming.source for incoming in node.incoming]
        if node.host:
            ahead.append(node.host)
    return frozenset(seen)
