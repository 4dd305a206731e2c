"""Text on a diagram: broken into lines by an estimate of its width, for the server has no fonts."""

from collections.abc import Iterator, Sequence

from engine.bpmn.svg import Svg, tag

FONT_SIZE = 12.0
LINE_HEIGHT = 14.0
MOST_TEXT = 400
MOST_WIDTH = 160.0
_NARROW, _WIDE = frozenset("ijltfrI1.,:;'|!()[] "), frozenset("mwMW@%")


def width_of(text: str) -> float:
    return FONT_SIZE * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.9
    return 0.7 if letter.isupper() else 0.585


def label_lines(text: str, width: float, most: int) -> list[str]:
    """Lines for a label in the open: it may grow wider than `width` rather than break a word."""
    longest_word = max((width_of(word) for word in text[:MOST_TEXT].split()), default=0.0)
    return lines_of(text, max(width, min(longest_word, MOST_WIDTH)), most)


def lines_of(text: str, width: float, most: int) -> list[str]:
    """At most `most` lines of about `width`; the last ends in … when something had to be left out."""
    lines = [line for part in text[:MOST_TEXT].splitlines() for line in _wrapped(part.split(), width)]
    if len(lines) > most:
        return [*lines[: most - 1], _shortened(lines[most - 1] + "…", width)] if most > 0 else []
    return lines


def _wrapped(words: Sequence[str], width: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width_of(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *pieces, line = _broken(word, width)
        yield from pieces
    if line:
        yield line


def _broken(word: str, width: float) -> list[str]:
    """A word too long for a line, cut where the line ends."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _shortened(line: str, width: float) -> str:
    while len(line) > 2 and width_of(line) > width:
        line = line[:-2] + "…"
    return line


def block(lines: Sequence[str], x: float, top: float, **attributes: object) -> Svg:
    """Lines centred on `x`, the first of them just under `top`; `anchor` may say otherwise."""
    anchor = attributes.pop("anchor", "middle")
    spans = (
        tag("tspan", line, x=x, y=top + LINE_HEIGHT * index + FONT_SIZE * 0.86) for index, line in enumerate(lines)
    )
    return tag("text", *spans, text_anchor=anchor, **attributes)


def height_of(lines: Sequence[str]) -> float:
    return LINE_HEIGHT * len(lines)
