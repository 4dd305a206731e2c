"""Versions come in, are published, and retire; their content never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.problems import UNKNOWN_CALL, Problem, Severity, Verdict, verdict_of
from engine.definitions.calls import (
    ALONE,
    Bindings,
    Companions,
    bind,
    bindings_of,
    chosen_bindings,
    is_newer,
    without_bound,
)
from engine.definitions.decisions import kept_decisions, without_kept
from engine.definitions.errors import AlreadyPublished, NotReady, Rejected, VersionNotFound
from engine.definitions.events import VersionPublished
from engine.definitions.examination import Examination, digest_of
from engine.definitions.graphs import forget_calls
from engine.definitions.model import (
    DecisionText,
    DefinitionVersion,
    FormText,
    ProcessDefinition,
    VersionProcess,
    VersionState,
)
from engine.definitions.queries import problem_from_json
from engine.definitions.registering import registered
from engine.definitions.triggers import arm, disarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """`is_new` is false when the content was there already: then it names the version that has it."""

    version_id: int
    key: str
    number: int
    state: VersionState
    is_new: bool
    problems: tuple[Problem, ...]


def deploy(work: UnitOfWork, examination: Examination, companions: Companions = ALONE) -> Deployment:
    """Keep an examined upload as the next version: READY, or DRAFT when something is missing in it.

    Forms and decisions that the upload does not bring are taken over from the version before; what it calls in other
    files is bound to a version. Raises Rejected with all problems.
    """
    require(work.actor, Permission.DEPLOY)
    if verdict_of(examination.problems) is Verdict.REJECTED:
        raise Rejected(examination.problems)
    definition, asked_in_vain = registered(work, examination)
    latest = _latest(work, definition)
    forms = _kept_forms(examination, latest)
    bindings = chosen_bindings(work.session, examination.calls, companions)
    decisions = kept_decisions(examination.decisions, examination.problems, latest)
    found = without_kept(examination.problems, decisions)
    problems = without_bound((*found, *asked_in_vain, *_missing_forms(examination, forms)), bindings)
    identity = dict(examination.upload.identity) or (latest.identity if latest else {})
    digest = digest_of(examination.upload.source, forms, identity, decisions)
    if latest is not None and latest.digest == digest:
        if latest.state == VersionState.DRAFT:
            return _settle(work, definition, latest, problems, bindings)
        if not is_newer(bindings, bindings_of(work.session, latest.id)):
            return _deployment(definition, latest, problems, is_new=False)
    version = _next_version(work, examination, problems, definition.id, latest)
    version.digest, version.identity = digest, identity
    version.forms = [FormText(key=key, schema=schema) for key, schema in forms.items()]
    version.decisions = [DecisionText(filename=name, source=source) for name, source in decisions.items()]
    work.session.add(version)
    work.session.flush()  # its id is part of the answer
    bind(work.session, version.id, bindings)
    facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "version": version.number}
    record(work, "definition.deployed", "definition", definition.id, **facts)
    return _deployment(definition, version, problems, is_new=True)


def _kept_forms(examination: Examination, latest: DefinitionVersion | None) -> dict[str, Any]:
    """Those that the upload brings and those of the version before, as far as the diagram uses them."""
    forms = {**_forms_of(latest), **examination.forms}
    used = {use.key for use in examination.form_uses}
    return {key: schema for key, schema in forms.items() if key in used} if used else forms


def _next_version(
    work: UnitOfWork,
    examination: Examination,
    problems: tuple[Problem, ...],
    definition_id: int,
    latest: DefinitionVersion | None,
) -> DefinitionVersion:
    processes = {process.id: process.name for process in examination.processes}
    return DefinitionVersion(
        definition_id=definition_id,
        number=latest.number + 1 if latest else 1,
        state=_state(problems),
        filename=examination.upload.filename[:200],
        source=examination.upload.source,
        problems=[_as_json(problem) for problem in problems],
        deployed_at=work.now,
        deployed_by=work.actor.name,
        processes=[VersionProcess(process_id=each, name=name[:200]) for each, name in processes.items()],
    )


def check_again(work: UnitOfWork, version_id: int) -> Deployment:
    """See whether what a draft calls has been uploaded since; with nothing else missing it is READY then."""
    require(work.actor, Permission.DEPLOY)
    version = _locked(work, version_id)
    definition = work.session.get_one(ProcessDefinition, version.definition_id)
    problems = tuple(problem_from_json(problem) for problem in version.problems)
    if version.state != VersionState.DRAFT:
        return _deployment(definition, version, problems, is_new=False)
    calls = {problem.params["called"] for problem in problems if problem.code == UNKNOWN_CALL}
    found = chosen_bindings(work.session, calls, ALONE)
    bindings = bindings_of(work.session, version_id) | found
    return _settle(work, definition, version, without_bound(problems, found), bindings)


def publish(work: UnitOfWork, version_id: int) -> None:
    """Put a version in force; the one before retires, and its running cases stay on it."""
    require(work.actor, Permission.PUBLISH)
    version = _locked(work, version_id)
    if version.state == VersionState.DRAFT:
        raise NotReady(number=version.number)
    if version.state == VersionState.PUBLISHED:
        raise AlreadyPublished(number=version.number)
    retired = work.session.scalars(
        update(DefinitionVersion)
        .where(
            DefinitionVersion.definition_id == version.definition_id,
            DefinitionVersion.state == VersionState.PUBLISHED,
        )
        .values(state=VersionState.RETIRED)
        .returning(DefinitionVersion.id)
    )
    disarm(work, retired.all())
    version.state = VersionState.PUBLISHED
    version.published_at = work.now
    definition = work.session.get_one(ProcessDefinition, version.definition_id)
    definition.name = str(version.identity.get("judul") or definition.name)[:200]
    facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "version": version.number}
    record(work, "definition.published", "definition", definition.id, **facts)
    work.tell(VersionPublished(version_id=version.id, messages=arm(work, version)))


def _locked(work: UnitOfWork, version_id: int) -> DefinitionVersion:
    version = work.session.scalar(select(DefinitionVersion).where(DefinitionVersion.id == version_id).with_for_update())
    if version is None:
        raise VersionNotFound
    return version


def _settle(
    work: UnitOfWork,
    definition: ProcessDefinition,
    draft: DefinitionVersion,
    problems: tuple[Problem, ...],
    bindings: Bindings,
) -> Deployment:
    """A draft of the same content: what it lacked may be there by now."""
    draft.problems = [_as_json(problem) for problem in problems]
    draft.state = _state(problems)
    bind(work.session, draft.id, bindings)
    forget_calls(work.session, draft.id)
    if draft.state == VersionState.READY:
        facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "version": draft.number}
        record(work, "definition.completed", "definition", definition.id, **facts)
    return _deployment(definition, draft, problems, is_new=False)


def _state(problems: tuple[Problem, ...]) -> VersionState:
    return VersionState.READY if verdict_of(problems) is Verdict.DEPLOYABLE else VersionState.DRAFT


def _latest(work: UnitOfWork, definition: ProcessDefinition) -> DefinitionVersion | None:
    number = (
        select(func.max(DefinitionVersion.number))
        .where(DefinitionVersion.definition_id == definition.id)
        .scalar_subquery()
    )
    query = select(DefinitionVersion).where(
        DefinitionVersion.definition_id == definition.id, DefinitionVersion.number == number
    )
    return work.session.scalar(query)


def _forms_of(version: DefinitionVersion | None) -> dict[str, Any]:
    return {form.key: form.schema for form in version.forms} if version else {}


def _missing_forms(examination: Examination, forms: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            code="form.missing",
            severity=Severity.MISSING,
            message=_("This step uses the form “%(form)s”. Upload the file %(form)s.json together with the diagram."),
            element=use.element,
            line=use.line,
            params={"form": use.key},
        )
        for use in examination.form_uses
        if use.key not in forms
    ]


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "element": problem.element,
        "line": problem.line,
        "params": dict(problem.params),
    }


def _deployment(
    definition: ProcessDefinition, version: DefinitionVersion, problems: tuple[Problem, ...], *, is_new: bool
) -> Deployment:
    return Deployment(
        version_id=version.id,
        key=definition.key,
        number=version.number,
        state=version.state,
        is_new=is_new,
        problems=problems,
    )
