"""Files that a designer brings to a play: more is let through than an office would put in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.problems import BadDiagram, Problem, Severity, Verdict, verdict_of
from engine.core.play.errors import DiagramMissing
from engine.definitions.bundles import deploy_all, in_order
from engine.definitions.errors import Rejected
from engine.definitions.examination import Examination, Upload, examine
from engine.definitions.folder import upload_from_path
from engine.definitions.graphs import graph_of
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment, publish
from engine.definitions.uploading import DECISIONS_SUFFIX, ChosenFile

FORM_SUFFIX = ".json"
# What concerns people and papers: the engine runs without it. A service that nobody provides is the player's.
DISPENSABLE = frozenset(
    {
        "performer.missing",
        "standard_time.bad",
        "start.missing",
        "start.by_event",
        "start.timer_needs_data",
        "end.missing",
        "script.missing",
        "process.empty",
        "trial.restless",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A problem, and the file in which it is."""

    file: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The processes that can be started now, with the version that holds each, and what was found."""

    versions: dict[str, int]
    problems: tuple[Found, ...]


class NotLoaded(Rejected):
    """Files that cannot run; `found` says where and why."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__([each.problem for each in found])
        self.found = tuple(found)


def uploads_at(paths: Sequence[Path]) -> tuple[Upload, ...]:
    """Process folders, each with what is in it, and single files, which belong together; raises DiagramMissing."""
    folders = [upload_from_path(path) for path in paths if path.is_dir()]
    files = [ChosenFile(filename=path.name, content=path.read_bytes()) for path in paths if not path.is_dir()]
    if files and all(_is_form(file) or _is_decisions(file) for file in files):
        raise DiagramMissing
    return (*folders, *uploads_of(files)) if files else tuple(folders)


def uploads_of(files: Sequence[ChosenFile]) -> tuple[Upload, ...]:
    """Each diagram with all the forms and decision tables beside it."""
    forms = {file.path.stem[:120]: file.content for file in files if _is_form(file)}
    decisions = {file.path.name[:200]: file.content for file in files if _is_decisions(file)}
    diagrams = [file for file in files if not (_is_form(file) or _is_decisions(file))]
    if not diagrams:
        raise DiagramMissing
    return tuple(
        Upload(filename=file.filename[:200], source=file.content, forms=forms, decisions=decisions) for file in diagrams
    )


def examined(uploads: Sequence[Upload]) -> tuple[Examination, ...]:
    return in_order([_eased(examine(upload)) for upload in uploads])


def load(work: UnitOfWork, examinations: Sequence[Examination]) -> Loaded:
    """Put all of them in force; raises NotLoaded with everything that is wrong when one of them cannot run."""
    if any(verdict_of(each.problems) is Verdict.REJECTED for each in examinations):
        raise NotLoaded(_all_found(examinations, [each.problems for each in examinations]))
    deployments = deploy_all(work, examinations)
    found = _all_found(examinations, [deployment.problems for deployment in deployments])
    if any(deployment.state == VersionState.DRAFT for deployment in deployments):
        raise NotLoaded(found)
    versions: dict[str, int] = {}
    for examination, deployment in zip(examinations, deployments, strict=True):
        versions |= _in_force(work, examination, deployment)
    return Loaded(versions=versions, problems=found)


def _in_force(work: UnitOfWork, examination: Examination, deployment: Deployment) -> dict[str, int]:
    if deployment.state == VersionState.READY:
        publish(work, deployment.version_id)
    try:
        graph_of(work.session, deployment.version_id)
    except BadDiagram as refusal:
        raise NotLoaded(_all_found([examination], [refusal.problems])) from refusal
    return {process.id: deployment.version_id for process in examination.processes}


def _all_found(examinations: Sequence[Examination], problems: Sequence[Sequence[Problem]]) -> tuple[Found, ...]:
    return tuple(
        Found(file=examination.upload.filename, problem=problem)
        for examination, those in zip(examinations, problems, strict=True)
        for problem in those
    )


def _eased(examination: Examination) -> Examination:
    """Problems that do not hinder the engine only warn; forms are not asked for, nor is the unit that owns it."""
    problems = tuple(
        replace(problem, severity=Severity.WARNING) if _hinders_only_people(problem) else problem
        for problem in examination.problems
    )
    identity = {name: value for name, value in examination.upload.identity.items() if name != "unit"}
    upload = replace(examination.upload, identity=identity)
    return replace(examination, upload=upload, problems=problems, form_uses=())


def _hinders_only_people(problem: Problem) -> bool:
    is_grave = problem.severity in (Severity.ERROR, Severity.MISSING)
    is_of_paper = "form" in problem.params or problem.code.startswith("service.")
    return is_grave and (problem.code in DISPENSABLE or is_of_paper)


def _is_form(file: ChosenFile) -> bool:
    return file.path.suffix.lower() == FORM_SUFFIX


def _is_decisions(file: ChosenFile) -> bool:
    return file.path.suffix.lower() == DECISIONS_SUFFIX
