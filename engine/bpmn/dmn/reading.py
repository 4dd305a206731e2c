"""DMN files beside a diagram: what is wrong with them, and the decisions that its tasks may ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.base.i18n import _
from engine.bpmn.decision import Decision
from engine.bpmn.dmn.cells import Cells
from engine.bpmn.dmn.normalise import normalise
from engine.bpmn.dmn.rules import faults
from engine.bpmn.dmn.rules.coverage import coverage
from engine.bpmn.dmn.tables import decisions_of
from engine.bpmn.dmn.vocabulary import children
from engine.bpmn.problems import BadDiagram, Problem, Severity, Verdict, verdict_of
from engine.bpmn.vocabulary import Element
from engine.bpmn.xml import parse_dmn
from engine.expressions.errors import ExpressionFault

MOST_PROBLEMS = 200
Files = Mapping[str, bytes]
NO_FILES: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """`ids` are those of each file, also of a faulty one, whose decisions are not among `by_id`."""

    by_id: Mapping[str, Decision] = field(default_factory=dict)
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        return frozenset().union(*self.ids.values())

    def needed_for(self, identity: str) -> tuple[Decision, ...]:
        """The decision after all that it requires; nothing for one that is not there."""
        order: dict[str, Decision] = {}
        waiting = [identity]
        while waiting:
            decision = self.by_id.get(waiting[-1])
            before = (
                [each for each in decision.requires if each not in order and each in self.by_id] if decision else []
            )
            if before:
                waiting += before
                continue
            waiting.pop()
            if decision is not None:
                order[decision.id] = decision
        return tuple(order.values())


NO_DECISIONS = Decisions()


def read_decisions(files: Files) -> Decisions:
    """Read them as far as they can be read; whatever is wrong is among the problems, nothing is raised."""
    by_id: dict[str, Decision] = {}
    ids: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []
    for name, source in files.items():
        reading = _read(source)
        twice = reading.ids & frozenset().union(*ids.values())
        problems += [_in_file(name, problem) for problem in (*reading.problems, *map(_twice, sorted(twice)))]
        by_id |= reading.by_id
        ids[name] = reading.ids
    return Decisions(by_id=by_id, ids=ids, problems=tuple(problems))


def compile_decisions(files: Files) -> Decisions:
    """The decisions of a version that was accepted once; raises BadDiagram when there is no way to make them."""
    by_id: dict[str, Decision] = {}
    try:
        for source in files.values():
            root = parse_dmn(source)
            normalise(root)
            by_id |= decisions_of(root, Cells())
    except (ValidationException, ExpressionFault, LookupError, ValueError, TypeError) as fault:
        raise BadDiagram(*read_decisions(files).problems) from fault
    return Decisions(by_id=by_id)


def decision_ids(source: bytes) -> frozenset[str]:
    """Those of one file, faulty or not; raises BadDiagram for what is no DMN file."""
    root = parse_dmn(source)
    normalise(root)
    return _ids(root)


def _ids(root: Element) -> frozenset[str]:
    return frozenset(filter(None, (decision.get("id") for decision in children(root, "decision"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileReading:
    problems: tuple[Problem, ...]
    ids: frozenset[str] = frozenset()
    by_id: Mapping[str, Decision] = field(default_factory=dict)


def _read(source: bytes) -> _FileReading:
    try:
        root = parse_dmn(source)
    except BadDiagram as refusal:
        return _FileReading(problems=refusal.problems)
    normalise(root)
    ids, cells = _ids(root), Cells()
    problems = faults(root, cells)
    if verdict_of(problems) is not Verdict.DEPLOYABLE:
        return _FileReading(ids=ids, problems=problems[:MOST_PROBLEMS])
    by_id = decisions_of(root, cells)
    return _FileReading(ids=ids, by_id=by_id, problems=tuple(islice(coverage(root, by_id), MOST_PROBLEMS)))


def _in_file(name: str, problem: Problem) -> Problem:
    """Lines are those of the DMN file, so the sentence names it."""
    told = {"file": name[:80], "problem": {"message": problem.message, "params": dict(problem.params)}}
    return replace(problem, message=_("%(file)s: %(problem)s"), params=told)


def _twice(identity: str) -> Problem:
    return Problem(
        code="decision.duplicate_id",
        severity=Severity.ERROR,
        message=_("The decision “%(id)s” is in another of these files, too. Upload only one of them."),
        element=identity,
        params={"id": identity},
    )
