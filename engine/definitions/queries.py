"""The register of procedures and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from engine.base.alphabet import in_alphabet
from engine.base.looking import once
from engine.bpmn.problems import Problem, Severity
from engine.definitions.errors import DefinitionNotFound, VersionNotFound
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.organisation.model import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A process and the version on which new cases start; `version_id` is None when none is published."""

    definition_id: int
    key: str
    name: str
    prefix: str
    unit_id: int | None
    unit_name: str | None
    version_id: int | None
    number: int | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    version_id: int
    number: int
    state: VersionState
    filename: str
    deployed_at: datetime
    deployed_by: str
    published_at: datetime | None
    problem_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """A version with what its check found, and its identity block."""

    version_id: int
    definition_id: int
    key: str
    name: str
    number: int
    state: VersionState
    filename: str
    identity: Mapping[str, Any]
    problems: tuple[Problem, ...]
    deployed_at: datetime
    deployed_by: str
    published_at: datetime | None


def procedures(session: Session) -> tuple[InForce, ...]:
    """The whole register by name; an office has some hundreds at most."""
    return tuple(_in_force(row) for row in session.execute(_register().order_by(in_alphabet(ProcessDefinition.name))))


def in_force(session: Session, key: str) -> InForce:
    """The version on which a case of this process starts; raises DefinitionNotFound."""
    return once(session, (in_force, key), lambda: _in_force_now(session, key))


def _in_force_now(session: Session, key: str) -> InForce:
    row = session.execute(_register().where(ProcessDefinition.key == key)).one_or_none()
    if row is None:
        raise DefinitionNotFound
    return _in_force(row)


def versions(session: Session, definition_id: int) -> tuple[VersionLine, ...]:
    """Newest first."""
    query = (
        select(DefinitionVersion)
        .where(DefinitionVersion.definition_id == definition_id)
        .order_by(DefinitionVersion.number.desc())
    )
    return tuple(
        VersionLine(
            version_id=version.id,
            number=version.number,
            state=VersionState(version.state),
            filename=version.filename,
            deployed_at=version.deployed_at,
            deployed_by=version.deployed_by,
            published_at=version.published_at,
            problem_count=len(version.problems),
        )
        for version in session.scalars(query)
    )


def version_page(session: Session, version_id: int) -> VersionPage:
    row = session.execute(
        select(DefinitionVersion, ProcessDefinition)
        .join(ProcessDefinition, ProcessDefinition.id == DefinitionVersion.definition_id)
        .where(DefinitionVersion.id == version_id)
    ).one_or_none()
    if row is None:
        raise VersionNotFound
    version, definition = row
    return VersionPage(
        version_id=version.id,
        definition_id=definition.id,
        key=definition.key,
        name=definition.name,
        number=version.number,
        state=VersionState(version.state),
        filename=version.filename,
        identity=version.identity,
        problems=tuple(problem_from_json(problem) for problem in version.problems),
        deployed_at=version.deployed_at,
        deployed_by=version.deployed_by,
        published_at=version.published_at,
    )


def source_of(session: Session, version_id: int) -> bytes:
    """The diagram as it was uploaded, byte for byte."""
    source = session.scalar(select(DefinitionVersion.source).where(DefinitionVersion.id == version_id))
    if source is None:
        raise VersionNotFound
    return source


def problem_from_json(data: Mapping[str, Any]) -> Problem:
    return Problem(
        code=data["code"],
        severity=Severity(data["severity"]),
        message=data["message"],
        element=data["element"],
        line=data["line"],
        params=data["params"],
    )


def _register() -> Any:
    published = aliased(DefinitionVersion)
    return (
        select(
            ProcessDefinition.id.label("definition_id"),
            ProcessDefinition.key,
            ProcessDefinition.name,
            ProcessDefinition.prefix,
            ProcessDefinition.unit_id,
            Unit.name.label("unit_name"),
            published.id.label("version_id"),
            published.number,
            published.published_at,
        )
        .outerjoin(Unit, Unit.id == ProcessDefinition.unit_id)
        .outerjoin(
            published,
            and_(published.definition_id == ProcessDefinition.id, published.state == VersionState.PUBLISHED),
        )
    )


def _in_force(row: Any) -> InForce:
    return InForce(**row._mapping)
