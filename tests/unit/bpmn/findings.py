"""What a test wants to know of a file's problems."""

from engine.bpmn.problems import Problem, Severity
from engine.bpmn.reader import read


def codes(source: bytes) -> set[str]:
    return {problem.code for problem in read(source).problems}


def places(source: bytes, code: str) -> list[str | None]:
    """The elements of which this is said."""
    return [problem.element for problem in read(source).problems if problem.code == code]


def the_problem(source: bytes, code: str) -> Problem:
    [found] = [problem for problem in read(source).problems if problem.code == code]
    return found


def refusals(source: bytes) -> list[str]:
    """What makes a file a draft or refuses it."""
    return [problem.code for problem in read(source).problems if problem.severity in (Severity.ERROR, Severity.MISSING)]
