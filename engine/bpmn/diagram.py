"""A BPMN file as a picture: SVG from its own coordinates, or from a layout of ours when it has none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.base.i18n import _, translate
from engine.bpmn.edge_drawing import Ends, drawn_edge, edge_label
from engine.bpmn.geometry import Box, Edge, Plan, Shape
from engine.bpmn.interchange import drawn_plan, elements_by_id
from engine.bpmn.layout import laid_out_plan
from engine.bpmn.marks import WORDS, Mark, look_of
from engine.bpmn.pool_drawing import drawn_pool
from engine.bpmn.shape_drawing import css_class, drawn_node
from engine.bpmn.svg import Svg, number, tag
from engine.bpmn.tallies import NO_TALLIES, Tally, with_tally
from engine.bpmn.vocabulary import BPMN, SCOPES, Element, kind_of
from engine.bpmn.xml import parse

MARGIN = 16.0
CONTEXT_WIDTH, CONTEXT_HEIGHT = 720.0, 300.0
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
_POOLS = frozenset({"participant", "lane"})


def diagram_svg(
    source: bytes, marks: Mapping[str, Mark], language: str = "id", tallies: Mapping[str, Tally] | None = None
) -> str:
    """The whole diagram; `marks` and `tallies` by id of element. Raises BadDiagram for what is no BPMN file."""
    picture = _picture_of(source, marks, language, tallies or {})
    return picture.svg(picture.plan.box().grown(2 * MARGIN if tallies else MARGIN))


def step_svg(source: bytes, element_id: str, marks: Mapping[str, Mark], language: str = "id") -> str:
    """The same picture, seen close around one element; all of it when that element is not drawn."""
    picture = _picture_of(source, marks, language)
    whole = picture.plan.box().grown(MARGIN)
    found = next((shape.box for shape in picture.plan.shapes if shape.element.get("id") == element_id), None)
    return picture.svg(whole if found is None else _context(found, whole))


def _picture_of(
    source: bytes, marks: Mapping[str, Mark], language: str, tallies: Mapping[str, Tally] = NO_TALLIES
) -> "_Picture":
    root = parse(source)
    plan = drawn_plan(root) or laid_out_plan(root)
    return _Picture(root=root, plan=plan, marks=marks, language=language, tallies=tallies)


def _context(around: Box, whole: Box) -> Box:
    width, height = min(CONTEXT_WIDTH, whole.width), min(CONTEXT_HEIGHT, whole.height)
    width, height = max(width, around.width + 4 * MARGIN), max(height, around.height + 4 * MARGIN)
    x, y = around.middle[0] - width / 2, around.middle[1] - height / 2
    return Box(
        min(max(x, whole.x), max(whole.x, whole.right - width)),
        min(max(y, whole.y), max(whole.y, whole.bottom - height)),
        width,
        height,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    root: Element
    plan: Plan
    marks: Mapping[str, Mark]
    language: str
    tallies: Mapping[str, Tally]

    def svg(self, view: Box) -> str:
        title = self._text(_("Diagram of the process %(name)s"), {"name": self._process_name()})
        content = Svg("").join(self._layers())
        return str(
            tag(
                "svg",
                tag("title", title),
                tag("g", content, font_family=FONT, font_size=12, stroke_width=1.5),
                xmlns="http://www.w3.org/2000/svg",
                class_="tk-diagram",
                role="img",
                aria_label=title,
                viewBox=" ".join(number(side) for side in (view.x, view.y, view.width, view.height)),
                width=view.width,
                height=view.height,
            )
        )

    def _layers(self) -> Iterator[Svg]:
        """From the back to the front: pools, open sub-processes, flows, nodes, boundary events, names of flows."""
        shapes = self.plan.shapes
        pools = [shape for shape in shapes if kind_of(shape.element) in _POOLS]
        opened = [shape for shape in shapes if shape.is_expanded and kind_of(shape.element) in SCOPES]
        events = [shape for shape in shapes if kind_of(shape.element) == "boundaryEvent"]
        behind = {id(shape) for shape in (*pools, *opened, *events)}
        yield from (self._pool(shape) for shape in pools)
        yield from (self._node(shape) for shape in opened)
        yield from self._edges()
        yield from (self._node(shape) for shape in shapes if id(shape) not in behind)
        yield from (self._node(shape) for shape in events)
        yield from (edge_label(edge) for edge in self.plan.edges)

    def _pool(self, shape: Shape) -> Svg:
        content = self._title(shape.element) + drawn_pool(shape)
        kind = kind_of(shape.element)
        css = "tk-pool" if kind == "participant" else "tk-lane"
        return tag("g", content, class_=css, color="#8c9692", stroke="currentColor", **_named(shape.element))

    def _node(self, shape: Shape) -> Svg:
        mark, tally = self.marks.get(_id(shape.element)), self.tallies.get(_id(shape.element))
        drawn = drawn_node(shape, mark)
        css = f"tk-node {css_class(kind_of(shape.element))}" + (f" tk-{mark}" if mark else "")
        return tag(
            "g",
            self._title(shape.element),
            drawn if tally is None else with_tally(shape.box, drawn, tally),
            class_=css,
            color=look_of(mark).ink,
            stroke="currentColor",
            **_named(shape.element),
        )

    def _edges(self) -> Iterator[Svg]:
        elements = elements_by_id(self.root)
        for edge in self.plan.edges:
            mark = self.marks.get(_id(edge.element))
            yield tag(
                "g",
                self._title(edge.element),
                drawn_edge(edge, _ends(edge, elements), mark),
                class_="tk-flow" + (f" tk-{mark}" if mark else ""),
                color=look_of(mark).ink,
                stroke="currentColor",
                **_named(edge.element),
            )

    def _title(self, element: Element) -> Svg:
        name = (element.get("name") or element.findtext(f"{BPMN}text") or "").strip()[:300]
        mark = self.marks.get(_id(element))
        tally = self.tallies.get(_id(element))
        told = (name, self._text(WORDS[mark]) if mark else "", tally.words if tally else "")
        words = [word for word in told if word]
        return tag("title", " – ".join(words)) if words else Svg("")

    def _process_name(self) -> str:
        named = (*self.root.iter(f"{BPMN}process"), *self.root.iter(f"{BPMN}participant"))
        return next((element.get("name") or "" for element in named if element.get("name")), "–")[:300]

    def _text(self, text: str, params: Mapping[str, str] | None = None) -> str:
        return translate(text, params, self.language)


def _id(element: Element) -> str:
    return element.get("id") or ""


def _named(element: Element) -> dict[str, str]:
    """By the first a page links to an element (`#element-…`), by the second a script finds it."""
    identity = _id(element)
    return {"id": f"element-{identity}", "data_element": identity} if identity else {}


def _ends(edge: Edge, elements: Mapping[str, Element]) -> Ends:
    source = elements.get(edge.element.get("sourceRef") or "")
    is_default = source is not None and source.get("default") == _id(edge.element) != ""
    return Ends(source=source, is_default=is_default)
