from collections.abc import Iterator

from lxml import etree

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, warning
from engine.bpmn.problems import Problem
from engine.bpmn.vocabulary import (
    BPMN,
    CAMUNDA,
    EVENTS,
    SPIFF,
    ZEEBE,
    Element,
    event_definitions,
    extensions,
    kind_of,
    text_of,
)

_LISTENERS = (
    *(f"{CAMUNDA}executionListener", f"{CAMUNDA}taskListener"),
    *(f"{ZEEBE}executionListener", f"{ZEEBE}taskListener"),
)
_WORK_BESIDE = (
    *(f"{SPIFF}preScript", f"{SPIFF}postScript", f"{SPIFF}messagePayload", f"{SPIFF}messageVariable"),
    *(f"{ZEEBE}adHoc", f"{CAMUNDA}in"),
)
_KEPT_CODES = tuple(CAMUNDA + name for name in ("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable"))
_MAPPING_CODE = (f"{CAMUNDA}variableMappingClass", f"{CAMUNDA}variableMappingDelegateExpression")


def foreign_words(drawing: Drawing) -> Iterator[Problem]:
    """What another engine would do besides is not left out in silence."""
    for listener in drawing.root.iter(*_LISTENERS):
        yield from _listener(listener)
    for node in drawing.nodes:
        if any(node.get(name) for name in _MAPPING_CODE):
            message = _(
                "“%(name)s” leaves it to a program which variables go into the call and come back. "
                "Programs are not run here: list the variables in the call itself."
            )
            yield error(node, "foreign.mapping_code", message)
        if kind_of(node) in EVENTS and _maps_out(node):
            message = _(
                "“%(name)s” renames what its event brings, which is not done here: what is brought keeps its name. "
                "Take the mapping out and use the names as they come, or rename them in a script task behind it."
            )
            yield error(node, "foreign.event_mapping", message)
        for definition in event_definitions(node):
            yield from _kept_codes(node, definition)
    for word in drawing.root.iter(*_WORK_BESIDE):
        yield from _work_beside(word)
    for parameter in drawing.root.iter(f"{CAMUNDA}inputParameter", f"{CAMUNDA}outputParameter"):
        yield from _parameter(parameter)


def _listener(listener: Element) -> Iterator[Problem]:
    owner = next((outer for outer in listener.iterancestors() if _is_of_bpmn(outer)), None)
    if owner is not None:
        message = _(
            "“%(name)s” has a listener, a program that another engine would run beside the diagram. "
            "It is not run here: take it out, and draw what it does as a service or script task."
        )
        yield error(owner, "foreign.listener", message)


def _work_beside(word: Element) -> Iterator[Problem]:
    """What a call takes along is said by a word that means something else anywhere else, and that is read."""
    owner = next((outer for outer in word.iterancestors() if _is_of_bpmn(outer)), None)
    if owner is not None and kind_of(owner) != "callActivity" and (word.attrib or text_of(word)):
        message = _(
            "“%(name)s” has the extension “%(word)s”, which another engine would carry out. "
            "It is not done here: take it out, and draw what it does as a step of its own."
        )
        shown = next((outer for outer in (owner, *owner.iterancestors()) if outer.get("id")), owner)
        yield error(shown, "foreign.work_beside", message, word=etree.QName(word).localname)


def _kept_codes(node: Element, definition: Element) -> Iterator[Problem]:
    for attribute in _KEPT_CODES:
        if variable := definition.get(attribute):
            message = _(
                "“%(name)s” is to keep in “%(variable)s” what it catches, which is not done here. "
                "Draw an event of its own for each code that matters."
            )
            yield warning(node, "foreign.kept_code", message, variable=variable[:80])


def _is_of_bpmn(element: Element) -> bool:
    return str(element.tag).startswith(BPMN) and kind_of(element) != "extensionElements"


def _maps_out(node: Element) -> bool:
    mapped = (*extensions(node, f"{ZEEBE}ioMapping"), *extensions(node, f"{CAMUNDA}inputOutput"))
    names = (f"{ZEEBE}output", f"{CAMUNDA}outputParameter")
    return any(next(mapping.iter(*names), None) is not None for mapping in mapped)


def _parameter(parameter: Element) -> Iterator[Problem]:
    owner = next((outer for outer in parameter.iterancestors() if _is_of_bpmn(outer)), None)
    if owner is not None and len(parameter):
        message = _(
            "“%(name)s” gives “%(parameter)s” as a script, a list or a map of another engine, which is not read here. "
            "Write it as one expression, such as ${[a, b]}."
        )
        yield error(owner, "foreign.parameter", message, parameter=(parameter.get("name") or "")[:80])
