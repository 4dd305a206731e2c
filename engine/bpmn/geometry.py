"""Where the parts of a diagram stand on the paper."""

from dataclasses import dataclass, replace

from engine.bpmn.vocabulary import Element

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, margin: float) -> "Box":
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def moved(self, by_x: float, by_y: float) -> "Box":
        return Box(self.x + by_x, self.y + by_y, self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    element: Element
    box: Box
    label: Box | None = None
    is_expanded: bool = True
    is_horizontal: bool = True

    def moved(self, by_x: float, by_y: float) -> "Shape":
        return replace(self, box=self.box.moved(by_x, by_y))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    element: Element
    points: tuple[Point, ...]
    label: Box | None = None

    def moved(self, by_x: float, by_y: float) -> "Edge":
        return replace(self, points=tuple((x + by_x, y + by_y) for x, y in self.points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Shapes and edges in document order."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]

    def box(self) -> Box:
        """The smallest box around everything; a small empty one when there is nothing."""
        boxes = [shape.box for shape in self.shapes]
        boxes += [shape.label for shape in self.shapes if shape.label is not None]
        boxes += [edge.label for edge in self.edges if edge.label is not None]
        boxes += [Box(x, y, 0, 0) for edge in self.edges for x, y in edge.points]
        if not boxes:
            return Box(0, 0, 100, 60)
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)
