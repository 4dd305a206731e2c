"""Texts with places: `Yth. ${nama}, surat ${nomor} sudah jadi.` Each place is an expression of the one language."""

import re
from collections.abc import Iterator

from engine.base.i18n import _
from engine.expressions.bounds import MAX_SCRIPT, bounded_text
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression, compiled, refuse_length
from engine.expressions.functions import text_of_value
from engine.expressions.source import tokens
from engine.expressions.syntax import Calculation, Surroundings

PLACE = re.compile(r"\$\{(?P<inside>[^{}]*)\}")


class Template(Expression):
    """Vetted at upload like every expression; what a place gives is text and never looked at for places again.

    A text that is one place as a whole means the value itself: a list stays a list.
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        self.text = text
        refuse_length(text, MAX_SCRIPT)
        self._refuse_half_places(text)
        calculations: list[Calculation] = []
        names: frozenset[str] = frozenset()
        for match in PLACE.finditer(text):
            calculation, read = compiled(text, tokens(text, *match.span("inside")))
            calculations.append(calculation)
            names |= read
        self.names = names
        self._calculation = (
            calculations[0] if PLACE.fullmatch(text.strip()) else _joined(PLACE.split(text)[::2], calculations)
        )

    @staticmethod
    def _refuse_half_places(text: str) -> None:
        opened = PLACE.sub(lambda match: " " * len(match.group()), text).find("${")
        if opened >= 0:
            raise ExpressionFault(
                text, opened, "expression.half_place", _("A place that begins with ${ must end with }.")
            )


def _joined(between: list[str], calculations: list[Calculation]) -> Calculation:
    def join(surroundings: Surroundings) -> str:
        return bounded_text("".join(_pieces(between, calculations, surroundings)))

    return join


def _pieces(between: list[str], calculations: list[Calculation], surroundings: Surroundings) -> Iterator[str]:
    yield between[0]
    for calculation, following in zip(calculations, between[1:], strict=True):
        piece = text_of_value(calculation(surroundings))
        surroundings.effort.spend(len(piece))
        yield piece
        yield following
