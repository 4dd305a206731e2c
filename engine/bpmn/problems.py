"""What is wrong with a diagram, told so that a designer can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _, translate


class Severity(StrEnum):
    ERROR = "error"  # the file is refused
    MISSING = "missing"  # kept as a draft: this must be answered before it can run
    WARNING = "warning"
    INFO = "info"

    @property
    def outside(self) -> str:
        """The three words that other programs know: what is missing does not refuse a file, so it warns."""
        return Severity.WARNING.value if self is Severity.MISSING else self.value


class Verdict(StrEnum):
    DEPLOYABLE = "deployable"
    DRAFT = "draft"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`message` is a catalogue text that says what is wrong and what to do, in a non-programmer's words."""

    code: str
    severity: Severity
    message: str
    element: str | None = None
    line: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "id") -> str:
        return translate(self.message, self.params, language)


# Whether a process of that name was uploaded, or an earlier version has a decision, is not for the linter to know:
# these are settled when the version is kept. Until then they are missing.
UNKNOWN_CALL = "call.unknown"
MISSING_DECISION = "decision.missing"
_SETTLED_LATER = frozenset({UNKNOWN_CALL, MISSING_DECISION})


def is_complete(problems: tuple[Problem, ...]) -> bool:
    """Whether the file can be run as far as it says itself, whatever the files say that it calls and asks."""
    own = tuple(problem for problem in problems if problem.code not in _SETTLED_LATER)
    return verdict_of(own) is Verdict.DEPLOYABLE


def verdict_of(problems: tuple[Problem, ...]) -> Verdict:
    severities = {problem.severity for problem in problems}
    if Severity.ERROR in severities:
        return Verdict.REJECTED
    return Verdict.DRAFT if Severity.MISSING in severities else Verdict.DEPLOYABLE


class BadDiagram(Invalid):
    """The file cannot be used; `problems` says where and why."""

    code = "diagram.bad"
    message = _("This diagram cannot be used as it is. Please look at the list of problems.")

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems
