"""One process or sub-process laid out on its own, its corner at the origin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from engine.bpmn.geometry import Box, Edge, Shape
from engine.bpmn.layering import Cell, cells
from engine.bpmn.lettering import height_of, lines_of
from engine.bpmn.routing import Streets
from engine.bpmn.vocabulary import ACTIVITIES, BPMN, EVENTS, FLOW_NODES, GATEWAYS, SCOPES, Element, kind_of, text_of

MARGIN = 48.0
STREET = 72.0
ROW_GAP = 64.0
TASK = (120.0, 80.0)
EVENT = (36.0, 36.0)
GATEWAY = (50.0, 50.0)
DATA = (36.0, 50.0)
NOTE_WIDTH = 140.0
HEADING = 26.0
_NOTES = frozenset({"textAnnotation", "dataObjectReference", "dataStoreReference"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """`lanes` are the lane's element, its top and its height."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[tuple[Element, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """What stands in the scope: nodes by id, boundary events beside them, flows with both ends here."""

    nodes: Mapping[str, Element]
    boundary: Mapping[str, Element]
    flows: tuple[Element, ...]
    inner: Mapping[str, LaidOut]

    def host(self, node: str) -> str:
        """The node itself, or the activity whose boundary it sits on."""
        event = self.boundary.get(node)
        return node if event is None else event.get("attachedToRef") or ""

    def size(self, node: str) -> tuple[float, float]:
        kind = kind_of(self.nodes[node])
        if kind in EVENTS:
            return EVENT
        if kind in GATEWAYS:
            return GATEWAY
        inner = self.inner.get(node)
        return TASK if inner is None else (max(TASK[0], inner.width), max(TASK[1], inner.height + HEADING))


def laid_out(scope: Element) -> LaidOut:
    """Nodes in columns and lanes, flows between them, notes and data underneath."""
    contents = _contents(scope)
    lanes = _leaf_lanes(scope)
    lane_of = _lane_numbers(contents, lanes)
    arcs = [(contents.host(_source(flow)), _target(flow)) for flow in contents.flows]
    lower = frozenset(_target(flow) for flow in contents.flows if _source(flow) in contents.boundary)
    grid = cells(list(contents.nodes), arcs, lane_of, max(1, len(lanes)), lower)
    streets = _streets(contents, grid, _rows_of_lanes(grid, lane_of, max(1, len(lanes))))
    boundary = _boundary_boxes(contents, streets.boxes)
    shapes = [*_node_shapes(contents, streets.boxes), *_boundary_shapes(contents, boundary)]
    edges = [*_inner_edges(contents, streets.boxes), *_flow_edges(contents, streets, boundary)]
    width = max([2 * MARGIN, *(right + MARGIN for right in streets.column_rights)])
    notes = list(_note_shapes(scope, streets.row_bottoms[-1]))
    width = max([width, *(note.box.right + MARGIN for note in notes)])
    height = max([streets.row_bottoms[-1], *(note.box.bottom + MARGIN / 2 for note in notes)])
    edges += _associations(scope, [*shapes, *notes])
    return LaidOut(
        width=width,
        height=height,
        shapes=(*shapes, *notes),
        edges=tuple(edges),
        lanes=tuple(_lane_bands(lanes, grid, lane_of, streets, height)),
    )


def _contents(scope: Element) -> _Contents:
    found = {child.get("id") or "": child for child in scope if kind_of(child) in FLOW_NODES and child.get("id")}
    boundary = {
        node: element
        for node, element in found.items()
        if kind_of(element) == "boundaryEvent" and _sits_on_an_activity(element, found)
    }
    nodes = {node: element for node, element in found.items() if node not in boundary}
    flows = tuple(
        flow for flow in scope.iterchildren(f"{BPMN}sequenceFlow") if _source(flow) in found and _target(flow) in nodes
    )
    inner = {
        node: laid_out(element)
        for node, element in nodes.items()
        if kind_of(element) in SCOPES and any(kind_of(child) in FLOW_NODES for child in element)
    }
    return _Contents(nodes=nodes, boundary=boundary, flows=flows, inner=inner)


def _sits_on_an_activity(event: Element, found: Mapping[str, Element]) -> bool:
    host = found.get(event.get("attachedToRef") or "")
    return host is not None and kind_of(host) in ACTIVITIES


def _source(flow: Element) -> str:
    return flow.get("sourceRef") or ""


def _target(flow: Element) -> str:
    return flow.get("targetRef") or ""


def _leaf_lanes(scope: Element) -> list[Element]:
    lanes = (lane for lane_set in scope.iterchildren(f"{BPMN}laneSet") for lane in lane_set.iter(f"{BPMN}lane"))
    return [lane for lane in lanes if lane.find(f"{BPMN}childLaneSet") is None]


def _lane_numbers(contents: _Contents, lanes: list[Element]) -> dict[str, int]:
    named = {
        text_of(ref): number for number, lane in enumerate(lanes) for ref in lane.iterchildren(f"{BPMN}flowNodeRef")
    }
    return {node: named.get(node, 0) for node in contents.nodes}


def _rows_of_lanes(grid: Mapping[str, Cell], lane_of: Mapping[str, int], lane_count: int) -> int:
    """How many rows there are, those of empty lanes included."""
    used = {lane: {cell.row for node, cell in grid.items() if lane_of[node] == lane} for lane in range(lane_count)}
    return sum(max(rows) - min(rows) + 1 if rows else 1 for rows in used.values())


def _streets(contents: _Contents, grid: Mapping[str, Cell], row_count: int) -> Streets:
    sizes = {node: contents.size(node) for node in contents.nodes}
    column_count = max((cell.column + 1 for cell in grid.values()), default=1)
    widths, heights = [EVENT[0]] * column_count, [TASK[1]] * row_count
    for node, cell in grid.items():
        widths[cell.column] = max(widths[cell.column], sizes[node][0])
        heights[cell.row] = max(heights[cell.row], sizes[node][1])
    lefts = list(accumulate((width + STREET for width in widths), initial=MARGIN))
    tops = list(accumulate((height + ROW_GAP for height in heights), initial=0.0))
    boxes = {}
    for node, cell in grid.items():
        width, height = sizes[node]
        x = lefts[cell.column] + (widths[cell.column] - width) / 2
        y = tops[cell.row] + (heights[cell.row] + ROW_GAP - height) / 2
        boxes[node] = Box(x, y, width, height)
    return Streets(
        boxes=boxes,
        cells=grid,
        column_lefts=lefts,
        column_rights=[left + width for left, width in zip(lefts, widths, strict=False)],
        row_tops=tops[:-1],
        row_bottoms=tops[1:],
        street=STREET,
    )


def _boundary_boxes(contents: _Contents, boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Along the lower edge of their hosts, from the left."""
    placed: dict[str, Box] = {}
    on_host: dict[str, list[str]] = {}
    for node in contents.boundary:
        on_host.setdefault(contents.host(node), []).append(node)
    for host, events in on_host.items():
        step = max(EVENT[0] + 8, boxes[host].width / len(events))
        for number, node in enumerate(events):
            x, y = boxes[host].x + 14 + number * step, boxes[host].bottom - EVENT[1] / 2
            placed[node] = Box(x, y, *EVENT)
    return placed


def _node_shapes(contents: _Contents, boxes: Mapping[str, Box]) -> Iterator[Shape]:
    for node, element in contents.nodes.items():
        inner = contents.inner.get(node)
        yield Shape(element=element, box=boxes[node], is_expanded=inner is not None)
        for shape in inner.shapes if inner else ():
            yield shape.moved(boxes[node].x, boxes[node].y + HEADING / 2)


def _boundary_shapes(contents: _Contents, boundary: Mapping[str, Box]) -> Iterator[Shape]:
    return (Shape(element=contents.boundary[node], box=box) for node, box in boundary.items())


def _inner_edges(contents: _Contents, boxes: Mapping[str, Box]) -> Iterator[Edge]:
    for node, inner in contents.inner.items():
        yield from (edge.moved(boxes[node].x, boxes[node].y + HEADING / 2) for edge in inner.edges)


def _flow_edges(contents: _Contents, streets: Streets, boundary: Mapping[str, Box]) -> Iterator[Edge]:
    for flow in contents.flows:
        source = _source(flow)
        way = streets.way(
            contents.host(source),
            _target(flow),
            leaves_from=boundary.get(source),
            turns_at_once=source in contents.nodes and kind_of(contents.nodes[source]) in GATEWAYS,
        )
        yield Edge(element=flow, points=way)


def _note_shapes(scope: Element, top: float) -> Iterator[Shape]:
    left = MARGIN
    for note in (child for child in scope if kind_of(child) in _NOTES):
        if kind_of(note) == "textAnnotation":
            lines = lines_of(note.findtext(f"{BPMN}text") or "", NOTE_WIDTH - 12, 8)
            size = (NOTE_WIDTH, max(30.0, height_of(lines) + 8))
        else:
            size = DATA
        yield Shape(element=note, box=Box(left, top + 10, *size))
        left += max(size[0], 96.0) + 24


def _associations(scope: Element, shapes: list[Shape]) -> Iterator[Edge]:
    boxes = {shape.element.get("id"): shape.box for shape in shapes}
    for element, source, target in _associated(scope):
        start, end = boxes.get(source), boxes.get(target)
        if start is not None and end is not None:
            is_down = start.y < end.y
            first = (start.middle[0], start.bottom if is_down else start.y)
            yield Edge(element=element, points=(first, (end.middle[0], end.y if is_down else end.bottom)))


def _associated(scope: Element) -> Iterator[tuple[Element, str, str]]:
    for association in scope.iterchildren(f"{BPMN}association"):
        yield association, _source(association), _target(association)
    for node in scope:
        for taken in node.iterchildren(f"{BPMN}dataInputAssociation"):
            yield taken, text_of(taken.find(f"{BPMN}sourceRef")), node.get("id") or ""
        for given in node.iterchildren(f"{BPMN}dataOutputAssociation"):
            yield given, node.get("id") or "", text_of(given.find(f"{BPMN}targetRef"))


def _lane_bands(
    lanes: list[Element], grid: Mapping[str, Cell], lane_of: Mapping[str, int], streets: Streets, height: float
) -> Iterator[tuple[Element, float, float]]:
    row = 0
    for number, lane in enumerate(lanes):
        rows = [cell.row for node, cell in grid.items() if lane_of[node] == number]
        after = max(rows, default=row) + 1
        top = streets.row_tops[row]
        bottom = height if number == len(lanes) - 1 else streets.row_bottoms[after - 1]
        yield lane, top, bottom - top
        row = after
