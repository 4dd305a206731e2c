"""SVG written with all text escaped; presentation attributes only, since pages allow no inline style."""

from markupsafe import Markup, escape

Svg = Markup


def tag(element_name: str, *content: str | Svg, **attributes: object) -> Svg:
    """An element; `stroke_width` becomes stroke-width, `class_` class; None leaves an attribute out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(escape(part) for part in content)
    end = f">{inner}</{element_name}>" if inner else "/>"
    return Markup(f"<{element_name}{written}{end}")  # noqa: S704 (every value and text above is escaped; names are ours)


def path(d: str, **attributes: object) -> Svg:
    return tag("path", d=d, **attributes)


def circle(x: float, y: float, radius: float, **attributes: object) -> Svg:
    return tag("circle", cx=x, cy=y, r=radius, **attributes)


def number(value: float) -> str:
    """At most one digit after the point: a tenth of a pixel is enough, and pictures stay small."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def points_path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _value(value: object) -> object:
    return number(value) if isinstance(value, float) else value
