"""A layout for models without coordinates: pools, lanes, columns from left to right."""

from collections.abc import Iterator

from engine.bpmn.geometry import Box, Edge, Plan, Point, Shape
from engine.bpmn.interchange import elements_by_id
from engine.bpmn.scope_layout import LaidOut, laid_out
from engine.bpmn.vocabulary import BPMN, Element

BAND = 30.0
POOL_GAP = 40.0
CLOSED_POOL = 60.0
LEAST_WIDTH = 300.0


def laid_out_plan(root: Element) -> Plan:
    """A place for everything: each process in its pool, one under the other."""
    placed = list(
        _pools(root, {process.get("id"): laid_out(process) for process in root.iterchildren(f"{BPMN}process")})
    )
    shapes = tuple(shape for shapes, _edges in placed for shape in shapes)
    edges = tuple(edge for _shapes, edges in placed for edge in edges)
    return Plan(shapes=shapes, edges=edges + tuple(_message_flows(root, shapes)))


def _pools(root: Element, layouts: dict[str | None, LaidOut]) -> Iterator[tuple[list[Shape], list[Edge]]]:
    participants = list(root.iter(f"{BPMN}participant"))
    width = max([LEAST_WIDTH, *(layout.width + 2 * BAND for layout in layouts.values())])
    top = 0.0
    for participant in participants:
        layout = layouts.pop((participant.get("processRef") or "").rpartition(":")[2], None)
        height = CLOSED_POOL if layout is None else layout.height
        frame = Shape(element=participant, box=Box(0, top, width, height))
        shapes, edges = ([], []) if layout is None else _process(layout, BAND, top, width - BAND)
        yield [frame, *shapes], edges
        top += height + POOL_GAP
    for layout in layouts.values():
        yield _process(layout, 0, top, width)
        top += layout.height + POOL_GAP


def _process(layout: LaidOut, left: float, top: float, width: float) -> tuple[list[Shape], list[Edge]]:
    """Its lanes across the whole width, and within them what the process holds."""
    inner = left + (BAND if layout.lanes else 0)
    lanes = [
        Shape(element=lane, box=Box(left, top + lane_top, width, height)) for lane, lane_top, height in layout.lanes
    ]
    return lanes + [shape.moved(inner, top) for shape in layout.shapes], [
        edge.moved(inner, top) for edge in layout.edges
    ]


def _message_flows(root: Element, shapes: tuple[Shape, ...]) -> Iterator[Edge]:
    elements = elements_by_id(root)
    boxes = {shape.element: shape.box for shape in shapes}
    for flow in root.iter(f"{BPMN}messageFlow"):
        source = boxes.get(elements.get(flow.get("sourceRef") or "", flow))
        target = boxes.get(elements.get(flow.get("targetRef") or "", flow))
        if source is not None and target is not None:
            yield Edge(element=flow, points=_between(source, target))


def _between(source: Box, target: Box) -> tuple[Point, ...]:
    """Upright where one end is a pool, else with one level stretch half way."""
    wide, narrow = max(source.width, target.width), min(source.width, target.width)
    start_x, end_x = source.middle[0], target.middle[0]
    if wide > 2 * narrow:
        start_x = end_x = end_x if source.width > target.width else start_x
    is_down = source.y < target.y
    start = (start_x, source.bottom if is_down else source.y)
    end = (end_x, target.y if is_down else target.bottom)
    half = (start[1] + end[1]) / 2
    return (start, end) if start_x == end_x else (start, (start_x, half), (end_x, half), end)
