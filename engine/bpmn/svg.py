"""SVG written with all text escaped; presentation attributes only, since pages allow no inline style."""

from markupsafe import Markup, escape

Svg = Markup


def tag(element_name: str, *content: str | Svg, **attributes: object) -> Svg:
    """An element; `stroke_width` becomes stroke-width, `class_` class; None leaves an attribute out."""
    written = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _value(value))
        for name, value in attributes.items()
        if value is not None
    )
    inner = Markup("").join(escape(part) for part in content)
    if not inner:
        return Markup("<{}{}/>").format(element_name, written)
    return Markup("<{}{}>{}</{}>").format(element_name, written, inner, element_name)


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
