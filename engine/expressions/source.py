"""From the text a designer wrote to the Python notation that is parsed, with the way back to the place."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from engine.base.i18n import _
from engine.expressions.errors import ExpressionFault

TOKEN = re.compile(
    r"""(?P<text>'(?:[^'\\\n]|\\[\\'"nrt])*'|"(?:[^"\\\n]|\\[\\'"nrt])*")
      | (?P<number>\d+(?:\.(?!\.)\d*)?(?:[eE][+-]?\d+)?)
      | (?P<name>date[ ]and[ ]time(?=\()|[^\W\d]\w*)
      | (?P<tested>\?)
      | (?P<operator>===|!==|\*\*|//|==|!=|<>|<=|>=|&&|\|\||\.\.|[-+*/%]=|[-+*/%<>=!().,:;\[\]{}])
      | (?P<newline>\n)
      | (?P<space>[^\S\n]+)
      | (?P<comment>\#[^\n]*)""",
    re.VERBOSE,
)
WRAPPED = re.compile(r"\s*[$#]\{(?P<inside>.*)\}\s*", re.DOTALL)
FEEL = re.compile(r"\s*=(?![=])")

# `!` becomes `~`, not `not`: it binds to its neighbour, as those who write it expect of `!a == b`.
SUGAR = {
    "&&": "and",
    "||": "or",
    "!": "~",
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "..": ", ... ,",
    "date and time": "date",
}
OPENING, CLOSING = "([{", ")]}"

# Java's expression language has words for signs, which a name of the same letters is not: that stands alone.
WORDS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "div": "/", "mod": "%"}
CONNECTING = frozenset({"and", "or", "not", "in", "is", "if", "else"})


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Source:
    """`python` stands on one line; `places` pairs each token's place in it with its place in `text`."""

    text: str
    python: str
    places: tuple[tuple[int, int], ...]

    def original(self, offset: int) -> int:
        """The place in the designer's text of a place in the notation that was parsed."""
        index = bisect_right([place for place, _offset in self.places], offset) - 1
        return self.places[max(index, 0)][1] if self.places else 0


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """What the text consists of, without spaces and comments; anything else is refused where it stands."""
    found = []
    position, end = start, len(text) if end is None else end
    while position < end:
        match = TOKEN.match(text, position, end)
        if match is None:
            raise _misplaced(text, position)
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            found.append(Token(kind, match.group(), position))
        position = match.end()
    return found


def _misplaced(text: str, position: int) -> ExpressionFault:
    return ExpressionFault(
        text,
        position,
        "expression.character",
        _("“%(character)s” cannot stand here."),
        {"character": text[position]},
    )


def unwrapped(text: str) -> tuple[int, int]:
    """Where the expression proper begins and ends, inside `${…}`, `#{…}` or after a leading `=`."""
    wrapped = WRAPPED.fullmatch(text)
    if wrapped:
        return wrapped.span("inside")
    leading = FEEL.match(text)
    return (leading.end() if leading else 0), len(text)


def expression_source(text: str, found: list[Token]) -> Source:
    """Tokens joined by spaces, so that no prefix or suffix can glue two of them into something else."""
    _refuse_adjacent_texts(text, found)
    python, places, length = [], [], 0
    for token in _with_signs([token for token in found if token.kind != "newline"]):
        if token.kind == "tested":
            raise _misplaced(text, token.offset)  # only an input cell of a decision table has a tested value
        word = "==" if token.text == "=" else SUGAR.get(token.text, token.text)
        places.append((length, token.offset))
        python.append(word)
        length += len(word) + 1
    return Source(text, " ".join(python), tuple(places))


def _with_signs(found: list[Token]) -> list[Token]:
    """A word that stands between two values is the sign that it means."""
    ends = [token.kind in ("text", "number") or token.text in CLOSING or _is_name(token) for token in found]
    signed = list(found)
    for place in range(1, len(found) - 1):
        token, after = found[place], found[place + 1]
        if token.text in WORDS and _is_name(token) and ends[place - 1] and _begins_value(after):
            signed[place], ends[place] = Token("operator", WORDS[token.text], token.offset), False
    return signed


def _begins_value(token: Token) -> bool:
    return token.kind in ("text", "number", "name") or token.text in (*OPENING, "-", "!")


def _is_name(token: Token) -> bool:
    return token.kind == "name" and token.text not in CONNECTING


def _refuse_adjacent_texts(text: str, found: list[Token]) -> None:
    for left, right in pairwise(found):
        if left.kind == right.kind == "text":
            raise ExpressionFault(text, right.offset, "expression.syntax", _("Put + between two texts to join them."))
