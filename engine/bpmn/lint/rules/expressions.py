from collections.abc import Callable, Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.problems import Problem
from engine.bpmn.service_tasks import written_in
from engine.bpmn.vocabulary import BPMN, TK, Element, event_definitions, kind_of, text_of, trigger_of
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression
from engine.expressions.template import Template

_IN_ELEMENTS = tuple(
    BPMN + name
    for name in (
        "conditionExpression",
        "condition",
        "completionCondition",
        "activationCondition",
        "loopCondition",
        "loopCardinality",
        "loopDataInputRef",
    )
)
_NAMED = ("message", "signal")
_IN_ATTRIBUTES = tuple(TK + name for name in ("masukan", "hasil", "korelasi"))


def expressions(drawing: Drawing) -> Iterator[Problem]:
    """Every expression is in the language of expressions; a fault is told with its place in the text (S16, S29)."""
    for element in drawing.root.iter(*_IN_ELEMENTS):
        yield from _checked(element, text_of(element))
    for element in drawing.root.iter(*_IN_ATTRIBUTES):
        yield from _checked(element, element.get("nilai", "").strip())
    for parameter in drawing.root.iter(f"{TK}parameter"):
        written = written_in(parameter)
        yield from _checked(parameter, written.text, written.read)
    for element in drawing.root.iter(f"{TK}pelaksana"):
        reference = element.get("pegawai", "") or element.get("jabatan", "")
        if "${" in reference:
            yield from _checked(element, reference.strip())
    for element in _named_for_events(drawing):
        name = element.get("name", "")
        yield from _checked(element, name if "${" in name else "", Template)


def _named_for_events(drawing: Drawing) -> Iterator[Element]:
    """Messages, signals, and the events whose own names serve for one: what stands in their `${…}` is worked out."""
    yield from drawing.root.iter(f"{BPMN}message", f"{BPMN}signal")
    for node in drawing.nodes:
        definitions = event_definitions(node)
        if any(trigger_of(one) in _NAMED and not one.get(f"{trigger_of(one)}Ref") for one in definitions):
            yield node


def _checked(element: Element, text: str, read: Callable[[str], Expression] = Expression) -> Iterator[Problem]:
    if not text:
        return
    try:
        read(text)
    except ExpressionFault as fault:
        yield error(
            _owner(element),
            "expression.bad",
            _("The expression “%(text)s” cannot be understood at character %(place)s. %(reason)s"),
            text=text[:100],
            place=fault.offset + 1,
            reason={"message": fault.message, "params": fault.params},
        )


def _owner(element: Element) -> Element:
    """The element of the drawing that a designer selects to see the expression."""
    here = element
    while not (kind_of(here) and here.get("id")):
        parent = here.getparent()
        if parent is None:
            return here
        here = parent
    return here
