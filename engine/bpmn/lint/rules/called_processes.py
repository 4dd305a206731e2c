from collections.abc import Iterator, Mapping

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error, missing
from engine.bpmn.lint.reach import Steps, forward, reachable, starts_of
from engine.bpmn.problems import UNKNOWN_CALL, Problem
from engine.bpmn.vocabulary import BPMN, Element, kind_of

_WAITING = frozenset({"userTask", "receiveTask", "serviceTask", "intermediateCatchEvent", "eventBasedGateway"})


def called_processes(drawing: Drawing) -> Iterator[Problem]:
    """A called process is in this file, else in another; no process calls itself without a wait in between (S25)."""
    known = {process.get("id") for process in drawing.processes}
    for activity in (node for node in drawing.nodes if kind_of(node) == "callActivity"):
        called = activity.get("calledElement")
        if not called:
            message = _("“%(name)s” does not say which process it calls. Choose one.")
            yield missing(activity, "call.missing", message)
        elif called not in known:
            message = _(
                "“%(name)s” calls the process “%(called)s”, which is not in this file. "
                "Upload the procedure “%(called)s” first, or both together."
            )
            yield missing(activity, UNKNOWN_CALL, message, called=called)
    steps = forward(drawing)
    at_once = {process.get("id") or "": set(_called_at_once(drawing, steps, process)) for process in drawing.processes}
    for process in drawing.processes:
        if _calls_itself(process.get("id") or "", at_once):
            message = _("The process “%(name)s” calls itself without end. Let a person's step or an event come before.")
            yield error(process, "call.endless", message)


def _called_at_once(drawing: Drawing, steps: Steps, process: Element) -> Iterator[str]:
    """The processes that a start leads to before anybody or anything is waited for."""
    reached = reachable(starts_of(drawing, process), lambda node: () if kind_of(node) in _WAITING else steps(node))
    for node in reached:
        for activity in node.iter(f"{BPMN}callActivity"):
            yield activity.get("calledElement") or ""


def _calls_itself(process: str, calls: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = [process]
    while waiting:
        for called in calls.get(waiting.pop(), ()):
            if called == process:
                return True
            if called not in seen:
                seen.add(called)
                waiting.append(called)
    return False
