"""What a check of files tells other programs and people at a terminal."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.base.errors import Invalid
from engine.bpmn.problems import Problem, Severity, verdict_of
from engine.definitions.examination import examine
from engine.definitions.folder import upload_from_path


def problems_of(path: Path) -> tuple[Problem, ...]:
    """All problems of a diagram or a process folder; that it is neither is one of them."""
    try:
        return examine(upload_from_path(path)).problems
    except Invalid as refusal:
        return (Problem(code=refusal.code, severity=Severity.ERROR, message=refusal.message, params=refusal.params),)


def as_record(path: Path, problems: tuple[Problem, ...], milliseconds: int, language: str) -> Mapping[str, Any]:
    told = [
        {
            "code": problem.code,
            "severity": problem.severity.outside,
            "element": problem.element,
            "line": problem.line,
            "message": problem.text(language),
        }
        for problem in problems
    ]
    return {"file": str(path), "verdict": verdict_of(problems).value, "problems": told, "ms": milliseconds}


def as_lines(problems: tuple[Problem, ...], language: str) -> Iterator[str]:
    """One line a problem: how grave, which, where, what to do."""
    for problem in problems:
        line = f"line {problem.line}" if problem.line else None
        place = ", ".join(part for part in (problem.element, line) if part)
        yield f"  {problem.severity.outside} {problem.code} ({place or 'whole file'}): {problem.text(language)}"
