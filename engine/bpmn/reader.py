"""From an uploaded file to what is wrong with it and, when nothing is, to the process graph."""

from dataclasses import dataclass

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.base.i18n import _
from engine.bpmn.build import build
from engine.bpmn.dmn.reading import NO_FILES, Decisions, Files, compile_decisions, read_decisions
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.graph import ProcessGraph
from engine.bpmn.lint import lint
from engine.bpmn.normalise import normalise
from engine.bpmn.problems import BadDiagram, Problem, Severity, Verdict, is_complete, verdict_of
from engine.bpmn.rule_tasks import asked_decisions, missing_decisions
from engine.bpmn.vocabulary import BPMN, Element, kind_of
from engine.bpmn.xml import parse
from engine.expressions.errors import ExpressionFault

MOST_PROBLEMS = 500
_WORST_FIRST = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProcess:
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramReading:
    """What a file says. `graph` is there when nothing is missing in it; `main` is the process that cases start.

    `calls` are the processes that it calls in other files, `decision_files` those whose decisions it asks.
    """

    graph: ProcessGraph | None
    problems: tuple[Problem, ...]
    processes: tuple[NamedProcess, ...] = ()
    main: NamedProcess | None = None
    lanes: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    decision_files: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems)


def read(source: bytes, decisions: Files = NO_FILES) -> DiagramReading:
    """Read a file as far as it can be read, with the DMN files that came with it, by their names.

    Whatever is wrong is among the problems, nothing is raised.
    """
    decided = read_decisions(decisions)
    try:
        root = parse(source)
    except BadDiagram as refusal:
        return DiagramReading(graph=None, problems=(*refusal.problems, *decided.problems))
    repaired = normalise(root)
    drawing = Drawing(root)
    problems = (*repaired, *lint(drawing), *missing_decisions(drawing, decided.known))
    graph: ProcessGraph | None = None
    if is_complete((*problems, *decided.problems)):
        try:
            graph = build(drawing, decided)
        except ValidationException as fault:
            problems = (*problems, _unread(drawing, fault))
    return DiagramReading(
        graph=graph,
        problems=(*_ordered(problems), *decided.problems),
        processes=tuple(_named(drawing, process) for process in _drawn(drawing)),
        main=_main(drawing),
        lanes=tuple(dict.fromkeys(name for lane in drawing.lanes if (name := (lane.get("name") or "").strip()))),
        calls=_calls(drawing),
        decision_files=_asked_files(drawing, decided),
    )


def compile_graph(source: bytes, decisions: Files = NO_FILES) -> ProcessGraph:
    """The graph of a version that was accepted once; raises BadDiagram when there is no way to build it.

    The linter is not asked: rules that it has learned since must not stop the cases of older versions.
    """
    root = parse(source)
    normalise(root)
    try:
        return build(Drawing(root), compile_decisions(decisions))
    except (ValidationException, ExpressionFault, LookupError, ValueError, TypeError, StopIteration) as fault:
        raise BadDiagram(*read(source, decisions).problems) from fault


def _unread(drawing: Drawing, fault: ValidationException) -> Problem:
    message = _("The element cannot be read (%(reason)s). Draw it again, or ask the administrator.")
    element = drawing.by_id.get(str(fault.id))
    return error(drawing.root if element is None else element, "element.unreadable", message, reason=str(fault))


def _drawn(drawing: Drawing) -> list[Element]:
    """Processes with something in them: an empty pool stands for somebody outside."""
    return [process for process in drawing.processes if not drawing.is_empty(process)]


def _main(drawing: Drawing) -> NamedProcess | None:
    """The first process that no other one calls; a file whose processes all call each other has its first."""
    called = {activity.get("calledElement") for activity in drawing.root.iter(f"{BPMN}callActivity")}
    drawn = _drawn(drawing)
    return next((_named(drawing, process) for process in drawn if process.get("id") not in called), None) or next(
        (_named(drawing, process) for process in drawn), None
    )


def _calls(drawing: Drawing) -> tuple[str, ...]:
    own = {process.get("id") for process in drawing.processes}
    called = (node.get("calledElement") for node in drawing.nodes if kind_of(node) == "callActivity")
    return tuple(dict.fromkeys(process for process in called if process and process not in own))


def _asked_files(drawing: Drawing, decided: Decisions) -> tuple[str, ...]:
    asked = asked_decisions(drawing)
    return tuple(name for name, ids in decided.ids.items() if ids & asked)


def _named(drawing: Drawing, process: Element) -> NamedProcess:
    """By its own name, else by that of its pool, else by its id."""
    identity = process.get("id") or ""
    pools = (pool for pool in drawing.root.iter(f"{BPMN}participant") if pool.get("processRef") == identity)
    names = (" ".join((element.get("name") or "").split()) for element in (process, *pools))
    return NamedProcess(id=identity, name=next(filter(None, names), identity))


def _ordered(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """In the order of the file; of far too many, the worst."""
    worst = sorted(problems, key=lambda problem: _WORST_FIRST[problem.severity])[:MOST_PROBLEMS]
    return tuple(sorted(worst, key=lambda problem: (problem.line or 0, _WORST_FIRST[problem.severity])))
