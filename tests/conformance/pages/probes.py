"""The smallest drawing with an event in a place, to ask the linter whether it may stand there."""

from engine.bpmn.graph import EventKind
from tests.conformance.cases.scope_shapes import undone
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    start,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    NAMED,
    by_condition,
    event_sub_process,
)

NONE = "none"
KINDS = (NONE, *EventKind)
DEFINITIONS = {
    NONE: "",
    EventKind.MESSAGE: BY_MESSAGE,
    EventKind.SIGNAL: BY_SIGNAL,
    EventKind.TIMER: timer(),
    EventKind.ERROR: BY_ERROR,
    EventKind.ESCALATION: BY_ESCALATION,
    EventKind.CONDITIONAL: by_condition("x > 1"),
    EventKind.COMPENSATE: event("compensate"),
    EventKind.CANCEL: event("cancel"),
    EventKind.TERMINATE: event("terminate"),
    EventKind.LINK: event("link", name="L"),
}
PLACES = {
    "start": "start of a case",
    "event sub-process": "event sub-process",
    "event sub-process, not interrupting": "… not interrupting",
    "catch": "catch",
    "throw": "throw",
    "boundary": "boundary",
    "boundary, not interrupting": "… not interrupting",
    "end": "end",
}
WORK = chain(start(), user_task("a"), end())


def probe(kind: str, place: str) -> bytes:
    drawn = BY_PLACE[place](kind, DEFINITIONS[kind], str("not interrupting" not in place).lower())
    return diagram(*drawn, outside=NAMED)


def _start(kind: str, definition: str, _interrupting: str) -> tuple[str, ...]:
    if kind == NONE:
        return WORK
    return (*WORK, start("e", definition), flow("e", "a"))


def _event_sub_process(kind: str, definition: str, interrupting: str) -> tuple[str, ...]:
    begin = start("e", definition, isInterrupting=interrupting)
    return (*WORK, event_sub_process("k", *chain(begin, user_task("b"), end("n"))))


def _catch(kind: str, definition: str, _interrupting: str) -> tuple[str, ...]:
    if kind == EventKind.LINK:
        return _link(definition)
    return chain(start(), catch("e", definition), end())


def _throw(kind: str, definition: str, _interrupting: str) -> tuple[str, ...]:
    if kind == EventKind.LINK:
        return _link(definition)
    return chain(start(), throw("e", definition), end())


def _link(definition: str) -> tuple[str, ...]:
    return (*chain(start(), throw("ke", definition)), *chain(catch("dari", definition), end()))


def _boundary(kind: str, definition: str, interrupting: str) -> tuple[str, ...]:
    """On a transaction, which is the host that allows most."""
    host = element("transaction", "t", *chain(start("m"), user_task("b"), end("n")))
    drawn = chain(start(), host, end())
    if kind == EventKind.COMPENSATE:
        return (*drawn, *undone("t"))
    return (*drawn, boundary("e", "t", definition, cancelActivity=interrupting), flow("e", "selesai"))


def _end(kind: str, definition: str, _interrupting: str) -> tuple[str, ...]:
    """Inside a transaction, where every end may stand."""
    inside = chain(start("m"), user_task("b"), end("n", definition))
    return chain(start(), element("transaction", "t", *inside), end())


BY_PLACE = {
    "start": _start,
    "event sub-process": _event_sub_process,
    "event sub-process, not interrupting": _event_sub_process,
    "catch": _catch,
    "throw": _throw,
    "boundary": _boundary,
    "boundary, not interrupting": _boundary,
    "end": _end,
}
