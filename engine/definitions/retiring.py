"""A procedure goes out of force without a successor, or another unit keeps it; its running cases go on."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select, update

from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.definitions.triggers import disarm


def retire(work: UnitOfWork, definition_ids: Collection[int]) -> None:
    """No new case starts on them; whether the actor may is decided by the caller."""
    in_force = (
        DefinitionVersion.definition_id.in_(definition_ids),
        DefinitionVersion.state == VersionState.PUBLISHED,
    )
    rows = work.session.execute(
        update(DefinitionVersion)
        .where(*in_force)
        .values(state=VersionState.RETIRED)
        .returning(DefinitionVersion.id, DefinitionVersion.definition_id, DefinitionVersion.number)
    ).all()
    disarm(work, [row.id for row in rows])
    definitions = {row.id: row for row in work.session.scalars(_of({row.definition_id for row in rows}))}
    for row in rows:
        definition = definitions[row.definition_id]
        facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "version": row.number}
        record(work, "definition.retired", "definition", row.definition_id, **facts)


def hand_to_unit(work: UnitOfWork, definition_ids: Collection[int], unit_id: int, unit_name: str) -> None:
    """Another unit keeps them from now on; whether the actor may is decided by the caller."""
    for definition in work.session.scalars(_of(definition_ids)):
        definition.unit_id = unit_id
        facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "unit": unit_name}
        record(work, "definition.moved", "definition", definition.id, **facts)


def _of(definition_ids: Collection[int]) -> Select[ProcessDefinition]:
    return select(ProcessDefinition).where(ProcessDefinition.id.in_(definition_ids)).order_by(ProcessDefinition.id)
