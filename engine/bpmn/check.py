"""The verdict on an uploaded file: deployable, a draft with a list of what is missing, or rejected.

`check` reads in this process, for files that one trusts; `check_safely` in a kept child process, which is
killed and replaced when a hostile file takes too long or too much memory (S25).
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from engine.base.i18n import _
from engine.bpmn.dmn.reading import NO_FILES, Files
from engine.bpmn.graph import ProcessGraph
from engine.bpmn.kept_child import ChildLost, KeptChild
from engine.bpmn.problems import Problem, Severity, Verdict, verdict_of
from engine.bpmn.reader import NamedProcess, read
from engine.bpmn.xml import MOST_BYTES

SECONDS = 5.0

Trial = Callable[[ProcessGraph], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`main` is the process that cases start; None for a file that could not be read that far."""

    problems: tuple[Problem, ...]
    processes: tuple[NamedProcess, ...] = ()
    main: NamedProcess | None = None
    lanes: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    decision_files: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems)


def check(source: bytes, trial: Trial | None = None, decisions: Files = NO_FILES) -> Report:
    """Read a file with its decisions and, when nothing is wrong with it, put its graph to a trial."""
    reading = read(source, decisions)
    found = trial(reading.graph) if trial is not None and reading.graph is not None else ()
    return Report(
        problems=(*reading.problems, *found),
        processes=reading.processes,
        main=reading.main,
        lanes=reading.lanes,
        calls=reading.calls,
        decision_files=reading.decision_files,
    )


def check_safely(
    source: bytes, seconds: float = SECONDS, trial: Trial | None = None, decisions: Files = NO_FILES
) -> Report:
    """The same, bounded in time and memory; `trial` must be picklable, for it runs in the child as well."""
    if len(source) > MOST_BYTES:
        return check(source)
    if sum(map(len, decisions.values())) > MOST_BYTES:
        return Report(problems=(_too_much(),))
    try:
        answer = _CHILD.ask(pickle.dumps((source, trial, dict(decisions))), seconds)
    except ChildLost:
        return Report(problems=(_too_complex(),))
    report: Report = pickle.loads(answer)  # noqa: S301 - written by our own child, from a report and nothing else
    return report


def prepare() -> None:
    """Start the child now, so that the first upload does not wait for it."""
    _CHILD.start()


def answer(request: bytes) -> bytes:
    """What the child does with a request."""
    source, trial, decisions = pickle.loads(request)  # noqa: S301 - written by the process that started us
    return pickle.dumps(check(source, trial, decisions))


def _too_much() -> Problem:
    return Problem(
        code="file.too_large",
        severity=Severity.ERROR,
        message=_("The DMN files together are larger than %(limit)s MB. Upload only those that the diagram needs."),
        params={"limit": MOST_BYTES >> 20},
    )


def _too_complex() -> Problem:
    return Problem(
        code="file.too_complex",
        severity=Severity.ERROR,
        message=_("The diagram is too large or too entangled to be checked. Divide it into several processes."),
        line=1,
    )


_CHILD = KeptChild("engine.bpmn.child")
