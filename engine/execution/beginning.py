"""A case comes into being: its row, its number, its first step. Nobody is asked here whether he may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.audit.operations import record
from engine.base.looking import once
from engine.base.rows import insert_row
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.errors import VersionNotFound
from engine.definitions.graphs import graph_of
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.execution.advance import begin
from engine.execution.due_moments import beginning_values
from engine.execution.model import Instance, InstanceState
from engine.execution.numbering import next_number
from engine.execution.words import with_words
from engine.organisation.queries import main_unit_of

TITLE_LENGTH = 300
TITLE = "judul"  # a variable of every case that a person or an event starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    instance_id: int
    number: str


@dataclass(frozen=True, slots=True)
class _Definition:
    """What a case takes from its procedure."""

    id: int
    prefix: str
    unit_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What begins: any process of a version, `at` one of its start events where there is a choice."""

    version_id: int
    process_id: str
    title: str
    variables: Mapping[str, Any]
    at: str | None = None
    correlation: str | None = None


def begin_case(
    work: UnitOfWork,
    version_id: int,
    process_id: str,
    title: str,
    variables: Mapping[str, Any],
    at: str | None = None,
) -> Started:
    """Begin any process of a version, with these variables and no others, for the unit of whoever begins it."""
    case = NewCase(version_id=version_id, process_id=process_id, title=title, variables=variables, at=at)
    employee_id = work.actor.employee_id
    on = work.today
    unit_id = main_unit_of(work.session, employee_id, on) if employee_id is not None else None
    return _begun(work, case, starter_id=employee_id, unit_id=unit_id)


def start_by_event(
    work: UnitOfWork,
    version_id: int,
    process_id: str,
    element: str,
    variables: Mapping[str, Any],
    title: str,
    correlation: str | None = None,
) -> Started:
    """Begin a process at a start event that happened: nobody is its starter, and its unit is the procedure's.

    `correlation` is the key of the message that did it: what the case says in turn is said under this key.
    """
    known = {TITLE: title[:TITLE_LENGTH], **variables}
    case = NewCase(
        version_id=version_id,
        process_id=process_id,
        title=title,
        variables=known,
        at=element,
        correlation=correlation,
    )
    return _begun(work, case, starter_id=None, unit_id=None)


def start_by_plan(
    work: UnitOfWork, version_id: int, process_id: str, title: str, variables: Mapping[str, Any], unit_id: int | None
) -> Started:
    """Begin a process on its day: nobody is its starter; its unit is the procedure's unless another is given."""
    known = {**variables, TITLE: title[:TITLE_LENGTH]}
    case = NewCase(version_id=version_id, process_id=process_id, title=title, variables=known)
    return _begun(work, case, starter_id=None, unit_id=unit_id)


def _begun(work: UnitOfWork, case: NewCase, starter_id: int | None, unit_id: int | None) -> Started:
    definition = _definition_of(work, case.version_id)
    number = next_number(work, definition.prefix)
    graph = graph_of(work.session, case.version_id)
    in_unit = definition.unit_id if unit_id is None else unit_id
    instance = Instance(
        number=number,
        title=case.title[:TITLE_LENGTH],
        definition_id=definition.id,
        version_id=case.version_id,
        process_id=case.process_id,
        unit_id=in_unit,
        starter_id=starter_id,
        correlation=case.correlation,
        state=InstanceState.ACTIVE,
        state_text="",
        variables=dict(case.variables),
        words=with_words("", number, case.title, case.variables),
        revision=0,
        started_at=work.now,
        **beginning_values(work, graph, case.process_id, in_unit),
        ended_at=None,
    )
    insert_row(work.session, instance)
    record(work, "case.started", "instance", instance.id, instance.id, number=instance.number, title=instance.title)
    begin(work, instance, graph, case.process_id, case.at)
    return Started(instance_id=instance.id, number=instance.number)


def _definition_of(work: UnitOfWork, version_id: int) -> _Definition:
    return once(work.session, (_definition_of, version_id), lambda: _read_definition(work.session, version_id))


def _read_definition(session: Session, version_id: int) -> _Definition:
    found = session.execute(
        select(ProcessDefinition.id, ProcessDefinition.prefix, ProcessDefinition.unit_id)
        .join(DefinitionVersion, DefinitionVersion.definition_id == ProcessDefinition.id)
        .where(DefinitionVersion.id == version_id)
    ).one_or_none()
    if found is None:
        raise VersionNotFound
    return _Definition(*found)
