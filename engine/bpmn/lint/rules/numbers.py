import re
from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN

_POSITIVE = re.compile(r"0*[1-9][0-9]{0,5}")


def numbers(drawing: Drawing) -> Iterator[Problem]:
    """Quantities and maxima are whole numbers from 1."""
    for node in drawing.nodes:
        given = {name: node.get(name) for name in ("startQuantity", "completionQuantity")}
        for loop in node.iterchildren(f"{BPMN}standardLoopCharacteristics"):
            given["loopMaximum"] = loop.get("loopMaximum")
        for name, value in given.items():
            if value and not _POSITIVE.fullmatch(value):
                message = _("“%(attribute)s” of “%(name)s” must be a whole number from 1, not “%(value)s”.")
                yield error(node, "number.bad", message, attribute=name, value=value[:40])
