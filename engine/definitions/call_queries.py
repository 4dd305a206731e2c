"""What calls what: for the page of a procedure, and for the diagrams of a case."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from engine.definitions.calls import ALONE, chosen_bindings
from engine.definitions.graphs import called_versions
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionCall, VersionState


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVersion:
    version_id: int
    key: str
    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A process that a version calls, and the version that it is bound to; `newer` would be bound to today."""

    process_id: str
    called: NamedVersion
    newer: NamedVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerLine:
    """A version that calls, and the version of this procedure that it is bound to."""

    caller: NamedVersion
    called_number: int
    is_in_force: bool


def calls_of(session: Session, version_id: int) -> tuple[CallLine, ...]:
    query = (
        select(VersionCall.process_id, VersionCall.called_version_id)
        .where(VersionCall.version_id == version_id)
        .order_by(VersionCall.id)
    )
    bound = {row.process_id: row.called_version_id for row in session.execute(query)}
    today = chosen_bindings(session, bound, ALONE)
    names = named_versions(session, {*bound.values(), *today.values()})
    return tuple(
        CallLine(
            process_id=process,
            called=names[called],
            newer=names[today[process]] if today.get(process, 0) > called else None,
        )
        for process, called in bound.items()
    )


def callers_of(session: Session, definition_id: int) -> tuple[CallerLine, ...]:
    """Of each procedure that calls this one the newest version, and the one in force."""
    called = aliased(DefinitionVersion)
    query = (
        select(DefinitionVersion.id, DefinitionVersion.definition_id, DefinitionVersion.state, called.number)
        .join(VersionCall, VersionCall.version_id == DefinitionVersion.id)
        .join(called, called.id == VersionCall.called_version_id)
        .where(called.definition_id == definition_id)
        .order_by(DefinitionVersion.id.desc())
    )
    newest: dict[int, int] = {}
    rows = [
        row
        for row in session.execute(query).all()
        if newest.setdefault(row.definition_id, row.id) == row.id or row.state == VersionState.PUBLISHED
    ]
    names = named_versions(session, {row.id for row in rows})
    return tuple(
        CallerLine(caller=names[row.id], called_number=row.number, is_in_force=row.state == VersionState.PUBLISHED)
        for row in rows
    )


def files_called(session: Session, version_id: int) -> tuple[NamedVersion, ...]:
    """The versions whose diagrams a case of this one may run through, the nearest first."""
    ids = called_versions(session, version_id)
    names = named_versions(session, ids)
    return tuple(names[version] for version in ids)


def named_versions(session: Session, version_ids: Collection[int]) -> dict[int, NamedVersion]:
    if not version_ids:
        return {}
    query = (
        select(
            DefinitionVersion.id.label("version_id"),
            ProcessDefinition.key,
            ProcessDefinition.name,
            DefinitionVersion.number,
        )
        .join(ProcessDefinition, ProcessDefinition.id == DefinitionVersion.definition_id)
        .where(DefinitionVersion.id.in_(version_ids))
    )
    return {row.version_id: NamedVersion(**row._mapping) for row in session.execute(query)}
