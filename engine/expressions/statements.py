"""A script is a list of assignments; each right side is an expression of the one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.base.i18n import _
from engine.expressions.bounds import MAX_STATEMENTS
from engine.expressions.errors import ExpressionFault
from engine.expressions.source import CLOSING, OPENING, Token, tokens

AUGMENTED = {"+=": "+", "-=": "-", "*=": "*", "/=": "/", "%=": "%"}


class Verb(StrEnum):
    ASSIGN = "assign"
    THROW = "throw"


@dataclass(frozen=True, slots=True)
class Statement:
    """`value` are the tokens of the right side, or of the error code that is thrown."""

    verb: Verb
    name: str
    value: list[Token]


def statements(text: str) -> list[Statement]:
    found = [statement(text, line) for line in _lines(tokens(text)) if not _says_nothing(line)]
    if len(found) > MAX_STATEMENTS:
        raise ExpressionFault(
            text, 0, "script.too_long", _("A script has at most %(limit)s lines."), {"limit": MAX_STATEMENTS}
        )
    return found


def statement(text: str, line: list[Token]) -> Statement:
    words = [token.text for token in line]
    if words[0] == "raise":
        return _throw(text, line, words)
    if len(line) < 3 or line[0].kind != "name" or (words[1] != "=" and words[1] not in AUGMENTED):
        raise ExpressionFault(
            text, line[0].offset, "script.not_an_assignment", _("A line of a script has the form: name = expression.")
        )
    if words[0].startswith("_"):
        raise ExpressionFault(
            text, line[0].offset, "expression.private_name", _("A name cannot begin with an underscore.")
        )
    value = line[2:]
    if any(token.text == "=" for token in value):
        raise ExpressionFault(text, value[0].offset, "script.not_an_assignment", _("Compare with == inside a script."))
    if words[1] in AUGMENTED:
        sign = AUGMENTED[words[1]]
        value = [
            line[0],
            Token("operator", sign, line[1].offset),
            _bracket("(", value[0]),
            *value,
            _bracket(")", value[-1]),
        ]
    return Statement(Verb.ASSIGN, words[0], value)


def _throw(text: str, line: list[Token], words: list[str]) -> Statement:
    if len(line) < 5 or words[1] not in ("Error", "BpmnError") or words[2] != "(" or words[-1] != ")":
        raise ExpressionFault(text, line[0].offset, "script.throw", _("Write raise Error('CODE')."))
    return Statement(Verb.THROW, "", line[3:-1])


def _bracket(sign: str, beside: Token) -> Token:
    return Token("operator", sign, beside.offset)


def _says_nothing(line: list[Token]) -> bool:
    return [token.text for token in line] == ["pass"]


def _lines(found: list[Token]) -> Iterator[list[Token]]:
    """Lines end at a newline or a semicolon, except within brackets."""
    line: list[Token] = []
    depth = 0
    for token in found:
        if token.kind == "operator" and token.text in OPENING:
            depth += 1
        elif token.kind == "operator" and token.text in CLOSING:
            depth -= 1
        if depth <= 0 and (token.kind == "newline" or token.text == ";"):
            if line:
                yield line
            line, depth = [], 0
        elif token.kind != "newline":
            line.append(token)
    if line:
        yield line
