"""What a check of files tells other programs and people at a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _, translate
from engine.bpmn.problems import Problem, Severity, Verdict, verdict_of
from engine.definitions.calls import without_bound
from engine.definitions.examination import Upload, examine
from engine.definitions.folder import upload_from_path
from engine.definitions.uploading import DECISIONS_SUFFIX, FORM_SUFFIX

VERDICTS = {
    Verdict.DEPLOYABLE: _("deployable"),
    Verdict.DRAFT: _("draft"),
    Verdict.REJECTED: _("rejected"),
}
GRAVITIES = {"error": _("error"), "warning": _("warning"), "info": _("info")}
PAPER_SUFFIXES = (DECISIONS_SUFFIX, FORM_SUFFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one file, and the processes that other files may call in it."""

    problems: tuple[Problem, ...]
    processes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.problems)


def apart(paths: Sequence[Path]) -> tuple[Sequence[Path], Sequence[Path]]:
    """What is to be checked, and the decision tables and forms that come along with it; alone they are checked."""
    papers = [path for path in paths if path.is_file() and path.suffix.lower() in PAPER_SUFFIXES]
    judged = [path for path in paths if path not in papers]
    return (judged, papers) if judged else (paths, ())


def checked(path: Path, papers: Sequence[Path] = ()) -> Checked:
    """All problems of a diagram, with these papers beside it, or of a process folder; that it is neither is one."""
    try:
        upload = upload_from_path(path)
        examination = examine(_beside(upload, papers) if path.is_file() else upload)
    except Invalid as refusal:
        problem = Problem(code=refusal.code, severity=Severity.ERROR, message=refusal.message, params=refusal.params)
        return Checked(problems=(problem,))
    return Checked(problems=examination.problems, processes=tuple(process.id for process in examination.processes))


def _beside(upload: Upload, papers: Sequence[Path]) -> Upload:
    tables = [paper for paper in papers if paper.suffix.lower() == DECISIONS_SUFFIX]
    return replace(
        upload,
        forms={paper.stem: paper.read_bytes() for paper in papers if paper not in tables},
        decisions={table.name: table.read_bytes() for table in tables},
    )


def side_by_side(files: Sequence[Checked]) -> list[Checked]:
    """The same files, each knowing the processes of those that can run, as if all were uploaded together.

    A process that two files hold is known from neither, and files that call each other in a circle stay unknown to
    each other: a file is judged for itself, and such a file cannot be kept with the other.
    """
    holders = Counter(process for file in files for process in file.processes)
    judged, known, before = list(files), frozenset[str](), None
    while known != before:
        before = known
        known = frozenset(
            process
            for file in judged
            if file.verdict is Verdict.DEPLOYABLE
            for process in file.processes
            if holders[process] == 1
        )
        judged = [replace(file, problems=without_bound(file.problems, known)) for file in judged]
    return judged


def as_record(path: Path, file: Checked, milliseconds: int, language: str) -> Mapping[str, Any]:
    told = [
        {
            "code": problem.code,
            "severity": problem.severity.outside,
            "element": problem.element,
            "line": problem.line,
            "message": problem.text(language),
        }
        for problem in file.problems
    ]
    return {"file": str(path), "verdict": file.verdict.value, "problems": told, "ms": milliseconds}


def said_of(path: Path, verdict: Verdict, language: str) -> str:
    return f"{path}: {translate(VERDICTS[verdict], language=language)}"


def as_lines(problems: tuple[Problem, ...], language: str) -> Iterator[str]:
    """One line a problem: how grave, which, where, what to do."""
    for problem in problems:
        line = translate(_("line %(number)s"), {"number": problem.line}, language) if problem.line else None
        place = ", ".join(part for part in (problem.element, line) if part)
        grave = translate(GRAVITIES[problem.severity.outside], language=language)
        where = place or translate(_("whole file"), language=language)
        yield f"  {grave} {problem.code} ({where}): {problem.text(language)}"
