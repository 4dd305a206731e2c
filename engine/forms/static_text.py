"""The little of Markdown that instructions need, made into HTML; anything else stays the text it is."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BULLET = re.compile(r"[-*]\s+(.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(.*)")
_LINK = re.compile(r"\[([^\]\[]{1,300})\]\((https?://[^\s()<>\"']{1,1000}|mailto:[^\s()<>\"']{1,300})\)")
_STRONG = re.compile(r"\*\*([^*\n]{1,1000})\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])[*_]([^*_\n]{1,1000})[*_](?![\w*])")


def html_of(text: str) -> Markup:
    """Headings, lists, paragraphs, bold, emphasis and links to the web."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return Markup("").join(
        _block(kind, [_content(line) for line in block]) for kind, block in groupby(lines, key=_kind) if kind
    )


def _kind(line: str) -> str:
    if not line:
        return ""
    if _HEADING.fullmatch(line):
        return "heading"
    if _BULLET.fullmatch(line):
        return "ul"
    return "ol" if _NUMBERED.fullmatch(line) else "p"


def _content(line: str) -> Markup:
    for marked in (_HEADING, _BULLET, _NUMBERED):
        found = marked.fullmatch(line)
        if found:
            return _inline(found[1])
    return _inline(line)


def _block(kind: str, contents: list[Markup]) -> Markup:
    if kind == "heading":
        return Markup("").join(Markup('<p class="h4">{}</p>').format(content) for content in contents)
    if kind == "p":
        return Markup("<p>{}</p>").format(Markup("<br>").join(contents))
    items = Markup("").join(Markup("<li>{}</li>").format(content) for content in contents)
    return Markup("<ol>{}</ol>").format(items) if kind == "ol" else Markup("<ul>{}</ul>").format(items)


def _inline(line: str) -> Markup:
    return Markup("").join(_pieces(line))


def _pieces(line: str) -> Iterator[Markup]:
    position = 0
    for found in _LINK.finditer(line):
        yield _emphasised(line[position : found.start()])
        yield Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(found[2], found[1])
        position = found.end()
    yield _emphasised(line[position:])


def _emphasised(text: str) -> Markup:
    # Escaping comes first and leaves * and _ alone, so what is added here is the only markup there is.
    strong = _STRONG.sub(r"<strong>\1</strong>", str(escape(text)))
    return Markup(_EMPHASIS.sub(r"<em>\1</em>", strong))  # noqa: S704
