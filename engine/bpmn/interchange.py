"""The coordinates that an editor wrote into the file (BPMN diagram interchange)."""

import math
from collections.abc import Iterator, Mapping

from engine.bpmn.geometry import Box, Edge, Plan, Point, Shape
from engine.bpmn.vocabulary import FLOW_NODES, Element, kind_of

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
FARTHEST = 100_000.0
SMALLEST = 1.0


def drawn_plan(root: Element) -> Plan | None:
    """What the first diagram of the file shows; None when it places no flow node at all."""
    plane = root.find(f"{DI}BPMNDiagram/{DI}BPMNPlane")
    if plane is None:
        return None
    elements = elements_by_id(root)
    shapes = tuple(_shapes(plane, elements))
    if not any(kind_of(shape.element) in FLOW_NODES for shape in shapes):
        return None
    return Plan(shapes=shapes, edges=tuple(_edges(plane, elements)))


def elements_by_id(root: Element) -> Mapping[str, Element]:
    """Elements of the model by id, the first of those that share one."""
    found: dict[str, Element] = {}
    for element in root.iter():
        if kind_of(element) and element.get("id"):
            found.setdefault(element.get("id") or "", element)
    return found


def _shapes(plane: Element, elements: Mapping[str, Element]) -> Iterator[Shape]:
    for drawn in plane.iterchildren(f"{DI}BPMNShape"):
        element, box = elements.get(_local(drawn.get("bpmnElement"))), _bounds(drawn)
        if element is not None and box is not None:
            yield Shape(
                element=element,
                box=box,
                label=_label(drawn),
                is_expanded=drawn.get("isExpanded", "true") != "false",
                is_horizontal=drawn.get("isHorizontal", "true") != "false",
            )


def _edges(plane: Element, elements: Mapping[str, Element]) -> Iterator[Edge]:
    for drawn in plane.iterchildren(f"{DI}BPMNEdge"):
        element = elements.get(_local(drawn.get("bpmnElement")))
        points = tuple(_points(drawn))
        if element is not None and len(points) > 1:
            yield Edge(element=element, points=points, label=_label(drawn))


def _points(drawn: Element) -> Iterator[Point]:
    for waypoint in drawn.iterchildren(f"{DD}waypoint"):
        x, y = _number(waypoint, "x"), _number(waypoint, "y")
        if x is not None and y is not None:
            yield x, y


def _label(drawn: Element) -> Box | None:
    label = drawn.find(f"{DI}BPMNLabel")
    return None if label is None else _bounds(label)


def _bounds(holder: Element) -> Box | None:
    bounds = holder.find(f"{DC}Bounds")
    if bounds is None:
        return None
    x, y = _number(bounds, "x"), _number(bounds, "y")
    width, height = _number(bounds, "width"), _number(bounds, "height")
    if x is None or y is None or width is None or height is None or min(width, height) < SMALLEST:
        return None
    return Box(x, y, width, height)


def _number(holder: Element, name: str) -> float | None:
    try:
        number = float(holder.get(name) or "nan")
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= FARTHEST else None


def _local(reference: str | None) -> str:
    """Editors differ in whether a reference carries a prefix."""
    return (reference or "").rpartition(":")[2]
