"""Pools and lanes as SVG."""

from engine.bpmn.geometry import Shape
from engine.bpmn.lettering import block, height_of, lines_of
from engine.bpmn.shape_drawing import INK, PAPER
from engine.bpmn.svg import Svg, number, tag
from engine.bpmn.vocabulary import kind_of

BAND = 30.0
BOLD = 1.12
"""How much wider bold letters are than the estimate."""

HEAD = "#f1f4f2"


def drawn_pool(shape: Shape) -> Svg:
    """A frame with its name in a band at the left, or at the top when it stands upright."""
    box, is_pool = shape.box, kind_of(shape.element) == "participant"
    frame = tag(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, class_="tk-shape", fill=PAPER, stroke_width=1
    )
    if is_pool and not shape.element.get("processRef"):
        return frame + _name(shape, box.middle, box.width - BAND, box.height)
    size = {"width": BAND, "height": box.height} if shape.is_horizontal else {"width": box.width, "height": BAND}
    fill = HEAD if is_pool else PAPER
    head = tag("rect", x=box.x, y=box.y, class_="tk-head" if is_pool else "tk-shape", fill=fill, stroke_width=1, **size)
    if shape.is_horizontal:
        return frame + head + _turned_name(shape)
    return frame + head + _name(shape, (box.middle[0], box.y + BAND / 2), box.width - 10, BAND)


def _name(shape: Shape, middle: tuple[float, float], width: float, height: float) -> Svg:
    lines = lines_of(shape.element.get("name") or "", width, max(1, int(height // 15)))
    return _written(lines, middle[0], middle[1] - height_of(lines) / 2)


def _turned_name(shape: Shape) -> Svg:
    box = shape.box
    lines = lines_of(shape.element.get("name") or "", (box.height - 10) / BOLD, 2)
    turn = f"translate({number(box.x + BAND / 2)} {number(box.middle[1])}) rotate(-90)"
    return tag("g", _written(lines, 0, -height_of(lines) / 2), transform=turn)


def _written(lines: list[str], x: float, top: float) -> Svg:
    return block(lines, x, top, class_="tk-text", fill=INK, stroke="none", font_weight=600) if lines else Svg("")
