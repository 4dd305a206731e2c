import re
from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.loops import EVENT_OF, SILENT, behavior_of, told_event
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import BPMN, Element, child_text

_NOT_COUNTABLE = re.compile(r"-\s*\d+(\.\d+)?|\d+\.\d*[1-9]\d*")


def loops(drawing: Drawing) -> Iterator[Problem]:
    """A repeated step says how often, or over which list (S17)."""
    for node in drawing.nodes:
        for loop in node.iterchildren(f"{BPMN}multiInstanceLoopCharacteristics"):
            yield from _several(node, loop)
            yield from _telling(drawing, node, loop)
        for loop in node.iterchildren(f"{BPMN}standardLoopCharacteristics"):
            if not (loop.get("loopMaximum") or child_text(loop, "loopCondition")):
                yield _how_often(node)


def _several(node: Element, loop: Element) -> Iterator[Problem]:
    cardinality, collection = child_text(loop, "loopCardinality"), child_text(loop, "loopDataInputRef")
    if not (cardinality or collection):
        yield _how_often(node)
    if cardinality and collection:
        message = _("“%(name)s” repeats by a number and by a list. Keep one of them.")
        yield error(node, "loop.two_ways", message)
    if _NOT_COUNTABLE.fullmatch(cardinality):
        message = _("“%(name)s” repeats %(count)s times, which cannot be. Give a whole number from 0.")
        yield error(node, "loop.bad_count", message, count=cardinality)


def _telling(drawing: Drawing, node: Element, loop: Element) -> Iterator[Problem]:
    behavior = behavior_of(loop)
    if behavior not in (*EVENT_OF, SILENT):
        message = _("“%(name)s” throws events of several kinds while it repeats, which is not supported.")
        yield error(node, "element.unsupported", message, kind="multiInstanceLoopCharacteristics")
    elif behavior != SILENT and told_event(drawing, loop) is None:
        message = _(
            "“%(name)s” is to tell of its repetitions, but not by what. "
            "Name a signal, message or escalation, or let it tell nothing."
        )
        yield error(node, "loop.no_event", message)


def _how_often(node: Element) -> Problem:
    message = _("“%(name)s” repeats, but does not say how often. Give a number, a list or a condition.")
    return missing(node, "loop.missing", message)
