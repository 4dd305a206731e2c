"""Nodes of a diagram as SVG."""

from collections.abc import Callable, Mapping

from engine.bpmn.drawing import triggers
from engine.bpmn.geometry import Box, Shape
from engine.bpmn.lettering import LINE_HEIGHT, block, height_of, label_lines, lines_of
from engine.bpmn.marks import Look, Mark, badge, look_of
from engine.bpmn.svg import Svg, circle, number, path, points_path, tag
from engine.bpmn.symbols import event_sign, foot_sign, gateway_sign, task_sign
from engine.bpmn.vocabulary import ACTIVITIES, BPMN, EVENTS, GATEWAYS, SCOPES, Element, is_true, kind_of

INK = "#1d2422"
PAPER = "#ffffff"
LABEL_WIDTH = 82.0
PADDING = 8.0
_THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def css_class(kind: str) -> str:
    """The family of an element, as style sheets know it."""
    families = (("tk-event", EVENTS), ("tk-gateway", GATEWAYS), ("tk-subprocess", SCOPES), ("tk-task", ACTIVITIES))
    return next((name for name, kinds in families if kind in kinds), "tk-artifact")


def drawn_node(shape: Shape, mark: Mark | None) -> Svg:
    """The node's outline, sign, name and mark."""
    kind, look = kind_of(shape.element), look_of(mark)
    if kind in EVENTS:
        return _event(shape, look) + _outer_label(shape) + badge(mark, shape.box.right - 2, shape.box.y + 2)
    if kind in GATEWAYS:
        return _gateway(shape, look) + _outer_label(shape) + badge(mark, shape.box.right - 8, shape.box.y + 8)
    if kind in ACTIVITIES:
        return _activity(shape, look) + badge(mark, shape.box.right - 4, shape.box.y + 4)
    return _ARTIFACTS.get(kind, _plain)(shape)


def _event(shape: Shape, look: Look) -> Svg:
    element, kind, (x, y) = shape.element, kind_of(shape.element), shape.box.middle
    radius = min(shape.box.width, shape.box.height) / 2
    scale = radius / 18
    waits_beside = not is_true(element, "cancelActivity", "true") or not is_true(element, "isInterrupting", "true")
    line = {"fill": look.fill, "stroke_dasharray": "4 3" if waits_beside else None}
    outer = circle(x, y, radius, class_="tk-shape", stroke_width=3.5 if kind == "endEvent" else look.width, **line)
    inner = Svg("")
    if kind not in ("startEvent", "endEvent"):
        inner = circle(x, y, radius - 3.5, class_="tk-line", **line | {"fill": "none"})
    return outer + inner + event_sign(_trigger(element), x, y, scale * 0.95, filled=kind in _THROWING)


def _trigger(event: Element) -> str:
    found = triggers(event)
    if len(found) > 1:
        return "parallelMultiple" if is_true(event, "parallelMultiple") else "multiple"
    return found[0] if found else ""


def _gateway(shape: Shape, look: Look) -> Svg:
    box, (x, y) = shape.box, shape.box.middle
    corners = points_path([(x, box.y), (box.right, y), (x, box.bottom), (box.x, y)]) + "Z"
    outline = path(corners, class_="tk-shape", fill=look.fill, stroke_width=look.width, stroke_linejoin="round")
    return outline + gateway_sign(kind_of(shape.element), x, y, min(box.width, box.height) / 50)


def _activity(shape: Shape, look: Look) -> Svg:
    element, box, kind = shape.element, shape.box, kind_of(shape.element)
    is_open = kind in SCOPES and shape.is_expanded
    outline = _rounded(
        box,
        class_="tk-shape tk-open" if is_open else "tk-shape",
        fill="none" if is_open and look.fill == PAPER else look.fill,
        stroke_width=3.5 if kind == "callActivity" else look.width,
        stroke_dasharray="2 4" if is_true(element, "triggeredByEvent") else None,
    )
    if kind == "transaction":
        outline += _rounded(box.grown(-4), class_="tk-line", fill="none")
    feet = _feet(shape)
    return outline + task_sign(kind, box.x + 6, box.y + 6) + _feet_drawn(feet, box) + _inner_label(shape, bool(feet))


def _rounded(box: Box, **attributes: object) -> Svg:
    return tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=8, **attributes)


def _feet(shape: Shape) -> list[str]:
    element, kind = shape.element, kind_of(shape.element)
    repeated = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    signs = {
        "loop": element.find(f"{BPMN}standardLoopCharacteristics") is not None,
        "parallel": repeated is not None and not is_true(repeated, "isSequential"),
        "sequential": repeated is not None and is_true(repeated, "isSequential"),
        "compensate": is_true(element, "isForCompensation"),
        "collapsed": kind == "callActivity" or (kind in SCOPES and not shape.is_expanded),
        "adHoc": kind == "adHocSubProcess",
    }
    return [name for name, holds in signs.items() if holds]


def _feet_drawn(feet: list[str], box: Box) -> Svg:
    start = box.middle[0] - 9 * (len(feet) - 1)
    return Svg("").join(foot_sign(name, start + 18 * index, box.bottom - 11) for index, name in enumerate(feet))


def _inner_label(shape: Shape, has_feet: bool) -> Svg:
    box, name = shape.box, shape.element.get("name") or ""
    room = box.height - PADDING - (18 if has_feet else 0)
    lines = lines_of(name, box.width - 2 * PADDING, max(1, int(room // LINE_HEIGHT)))
    if kind_of(shape.element) in SCOPES and shape.is_expanded:
        return _text(lines, box.middle[0], box.y + 7)
    crowds_the_sign = height_of(lines) > box.height - 44
    top = box.y + (box.height - (14 if has_feet else 0) - height_of(lines)) / 2
    return _text(lines, box.middle[0], top + (3 if crowds_the_sign else 0))


def _outer_label(shape: Shape) -> Svg:
    """The name of an event or gateway: where the editor put it, else under an event and left over a gateway."""
    name = shape.element.get("name") or ""
    if not name:
        return Svg("")
    if shape.label is not None:
        lines = label_lines(name, shape.label.width, 6)
        return label(lines, shape.label.middle[0], shape.label.y)
    lines, (x, _y) = label_lines(name, LABEL_WIDTH, 3), shape.box.middle
    if kind_of(shape.element) in GATEWAYS:
        return label(lines, x - 7, shape.box.y + 8 - height_of(lines), anchor="end")
    if kind_of(shape.element) == "boundaryEvent":
        return label(lines, x + 19, shape.box.bottom - 13, anchor="start")
    return label(lines, shape.box.middle[0], shape.box.bottom + 5)


def label(lines: list[str], x: float, top: float, anchor: str = "middle") -> Svg:
    """Lines with a rim of paper around the letters, so that flows running under them do not cross them out."""
    rim = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round"}
    return block(lines, x, top, class_="tk-text tk-label", fill=INK, anchor=anchor, **rim) if lines else Svg("")


def _text(lines: list[str], x: float, top: float, **attributes: object) -> Svg:
    return block(lines, x, top, class_="tk-text", fill=INK, stroke="none", **attributes) if lines else Svg("")


def _annotation(shape: Shape) -> Svg:
    box = shape.box
    text = shape.element.findtext(f"{BPMN}text") or ""
    lines = lines_of(text, box.width - 12, max(1, int(box.height // LINE_HEIGHT)))
    bracket = f"M{number(box.x + 10)} {number(box.y)}H{number(box.x)}V{number(box.bottom)}H{number(box.x + 10)}"
    return path(bracket, class_="tk-line", fill="none") + _text(lines, box.x + 7, box.y + 4, anchor="start")


def _data_object(shape: Shape) -> Svg:
    box, fold = shape.box, min(shape.box.width, shape.box.height) / 3
    sheet = (
        f"M{number(box.x)} {number(box.y)}H{number(box.right - fold)}L{number(box.right)} {number(box.y + fold)}"
        f"V{number(box.bottom)}H{number(box.x)}ZM{number(box.right - fold)} {number(box.y)}V{number(box.y + fold)}"
        f"H{number(box.right)}"
    )
    return path(sheet, class_="tk-shape", fill=PAPER, stroke_linejoin="round") + _outer_label(shape)


def _data_store(shape: Shape) -> Svg:
    box = shape.box
    half, lid = box.width / 2, min(8.0, box.height / 4)
    arc = f"a{number(half)} {number(lid)} 0 0"
    body = (
        f"M{number(box.x)} {number(box.y + lid)}{arc} 1 {number(box.width)} 0V{number(box.bottom - lid)}"
        f"{arc} 1 {number(-box.width)} 0ZM{number(box.x)} {number(box.y + lid)}{arc} 0 {number(box.width)} 0"
    )
    return path(body, class_="tk-shape", fill=PAPER) + _outer_label(shape)


def _group(shape: Shape) -> Svg:
    return _rounded(shape.box, class_="tk-line", fill="none", stroke_dasharray="8 4 2 4")


def _plain(shape: Shape) -> Svg:
    return _rounded(shape.box, class_="tk-shape", fill=PAPER) + _inner_label(shape, has_feet=False)


_ARTIFACTS: Mapping[str, Callable[[Shape], Svg]] = {
    "textAnnotation": _annotation,
    "dataObjectReference": _data_object,
    "dataObject": _data_object,
    "dataInput": _data_object,
    "dataOutput": _data_object,
    "dataStoreReference": _data_store,
    "group": _group,
}
