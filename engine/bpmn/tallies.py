"""How much lies at an element, drawn on it: the more, the wider and deeper its glow, with the number beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.bpmn.geometry import Box
from engine.bpmn.lettering import block
from engine.bpmn.svg import Svg, tag

HOTTEST = 3
INK = "#1d2422"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`below` is a short text under the element, `words` all of it for those who hear the picture."""

    count: int
    heat: int
    below: str
    words: str


NO_TALLIES: Mapping[str, Tally] = MappingProxyType({})


def heat_of(count: int, most: int) -> int:
    """From 0 for nothing to 3 for what comes near the most."""
    return 0 if not count or not most else min(HOTTEST, 1 + count * HOTTEST // (most + 1))


def with_tally(box: Box, node: Svg, tally: Tally) -> Svg:
    """The glow behind the node, its count on the upper edge, the text under it; in the colour of the node."""
    return _glow(box, tally.heat) + node + _count(box, tally.count) + _below(box, tally.below)


def _glow(box: Box, heat: int) -> Svg:
    if not heat:
        return Svg("")
    grown = box.grown(3.0 + 3.0 * heat)
    return tag(
        "rect",
        x=grown.x,
        y=grown.y,
        width=grown.width,
        height=grown.height,
        rx=10 + 2 * heat,
        class_="tk-glow",
        fill="currentColor",
        fill_opacity=0.14 + 0.16 * heat,
        stroke="none",
    )


def _count(box: Box, count: int) -> Svg:
    if not count:
        return Svg("")
    text = str(count)
    width = 14.0 + 7.5 * len(text)
    x, y = box.middle[0], box.y - 11
    pill = tag(
        "rect", x=x - width / 2, y=y, width=width, height=21.0, rx=10.5, class_="tk-badge", fill="currentColor",
        stroke="#ffffff", stroke_width=2,
    )  # fmt: skip
    label = block([text], x, y + 3, class_="tk-tally", fill="#ffffff", stroke="none", font_weight="700")
    return pill + label


def _below(box: Box, text: str) -> Svg:
    if not text:
        return Svg("")
    rim = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round"}
    return block([text], box.middle[0], box.bottom + 6, class_="tk-text tk-label tk-median", fill=INK, **rim)
