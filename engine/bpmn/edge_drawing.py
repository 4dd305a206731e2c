"""Flows and associations of a diagram as SVG."""

import math
from dataclasses import dataclass
from itertools import pairwise

from engine.bpmn.geometry import Edge, Point
from engine.bpmn.lettering import LINE_HEIGHT, height_of, label_lines, width_of
from engine.bpmn.marks import Mark, look_of
from engine.bpmn.shape_drawing import PAPER, label
from engine.bpmn.svg import Svg, circle, number, path, points_path
from engine.bpmn.vocabulary import ACTIVITIES, BPMN, Element, is_true, kind_of

BEND = 6.0
ARROW = 9.0
LABEL_WIDTH = 90.0
_DOTTED = frozenset({"association", "dataInputAssociation", "dataOutputAssociation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What a flow leads from and to, as far as it decides how the flow is drawn."""

    source: Element | None = None
    is_default: bool = False


def drawn_edge(edge: Edge, ends: Ends, mark: Mark | None) -> Svg:
    kind = kind_of(edge.element)
    width = 1.5 if mark is None else min(look_of(mark).width, 2.5)
    if kind in _DOTTED:
        return _association(edge)
    dashes = "7 5" if kind == "messageFlow" else None
    line = path(rounded(edge.points), class_="tk-line", fill="none", stroke_width=width, stroke_dasharray=dashes)
    fill = PAPER if kind == "messageFlow" else "currentColor"
    return line + _start(edge, ends) + _arrow(edge.points, fill)


def edge_label(edge: Edge) -> Svg:
    name = edge.element.get("name") or ""
    if not name:
        return Svg("")
    if edge.label is not None:
        lines = label_lines(name, edge.label.width, 5)
        return label(lines, edge.label.middle[0], edge.label.y)
    lines = label_lines(name, LABEL_WIDTH, 3)
    x, y = _label_place(edge.points, max(width_of(line) for line in lines), height_of(lines))
    return label(lines, x, y)


def rounded(points: tuple[Point, ...]) -> str:
    """A path through the points, its corners eased so that the eye can follow a flow around them."""
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(BEND, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        (enter_x, enter_y), (leave_x, leave_y) = _towards(corner, before, bend), _towards(corner, after, bend)
        parts.append(f"L{number(enter_x)} {number(enter_y)}")
        parts.append(f"Q{number(corner[0])} {number(corner[1])} {number(leave_x)} {number(leave_y)}")
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(parts)


def _towards(start: Point, goal: Point, length: float) -> Point:
    distance = math.dist(start, goal) or 1.0
    return (
        start[0] + (goal[0] - start[0]) * length / distance,
        start[1] + (goal[1] - start[1]) * length / distance,
    )


def _aside(start: Point, goal: Point, along: float, aside: float) -> Point:
    """The point `along` the way from start to goal and `aside` of it."""
    distance = math.dist(start, goal) or 1.0
    unit_x, unit_y = (goal[0] - start[0]) / distance, (goal[1] - start[1]) / distance
    return start[0] + unit_x * along - unit_y * aside, start[1] + unit_y * along + unit_x * aside


def _arrow(points: tuple[Point, ...], fill: str) -> Svg:
    tip, before = points[-1], next((point for point in reversed(points) if point != points[-1]), points[0])
    wings = [_aside(tip, before, ARROW, side * ARROW * 0.45) for side in (1, -1)]
    return path(points_path([wings[0], tip, wings[1]]) + "Z", class_="tk-arrow", fill=fill, stroke_linejoin="round")


def _start(edge: Edge, ends: Ends) -> Svg:
    first, following = edge.points[0], edge.points[1]
    if kind_of(edge.element) == "messageFlow":
        return circle(first[0], first[1], 4.0, class_="tk-shape", fill=PAPER)
    if ends.is_default:
        slash = [_aside(first, following, 8, -5), _aside(first, following, 14, 5)]
        return path(points_path(slash), class_="tk-line", fill="none")
    is_conditional = edge.element.find(f"{BPMN}conditionExpression") is not None
    if is_conditional and ends.source is not None and kind_of(ends.source) in ACTIVITIES:
        places = ((0.0, 0.0), (8.0, 5.0), (16.0, 0.0), (8.0, -5.0))
        diamond = [_aside(first, following, along, aside) for along, aside in places]
        return path(points_path(diamond) + "Z", class_="tk-shape", fill=PAPER)
    return Svg("")


def _association(edge: Edge) -> Svg:
    line = path(
        points_path(list(edge.points)),
        class_="tk-line",
        fill="none",
        stroke_dasharray="1 4",
        stroke_linecap="round",
    )
    leads = kind_of(edge.element) != "association" or edge.element.get("associationDirection") in ("One", "Both")
    if not leads or is_true(edge.element, "isCollection"):
        return line
    tip, before = edge.points[-1], edge.points[-2]
    wings = [_aside(tip, before, ARROW, side * ARROW * 0.6) for side in (1, -1)]
    return line + path(points_path([wings[0], tip, wings[1]]), class_="tk-line", fill="none")


def _label_place(points: tuple[Point, ...], width: float, height: float) -> Point:
    """Over the beginning of the first level stretch that is long enough, else beside the longest one."""
    stretches = list(pairwise(points))
    level = [(start, end) for start, end in stretches if abs(start[1] - end[1]) < 1 and abs(start[0] - end[0]) > 30]
    start, end = level[0] if level else max(stretches, key=lambda stretch: math.dist(*stretch))
    if level:
        x, y = _towards(start, end, min(math.dist(start, end) / 2, width / 2 + LINE_HEIGHT))
        return x, y - height - 3
    return (start[0] + end[0] + width) / 2 + 5, (start[1] + end[1] - height) / 2
