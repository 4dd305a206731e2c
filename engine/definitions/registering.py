"""The procedure of which an upload is a version: known by its key, or new with its prefix and unit."""

from sqlalchemy import select

from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.problems import Problem
from engine.definitions.examination import Examination
from engine.definitions.identity import (
    Identity,
    prefix_stays,
    taken_prefix,
    unit_stays,
    unknown_unit,
    wanted_prefix,
    wanted_unit,
)
from engine.definitions.model import ProcessDefinition
from engine.definitions.prefixes import prefix_for
from engine.organisation.model import Unit


def registered(work: UnitOfWork, examination: Examination) -> tuple[ProcessDefinition, tuple[Problem, ...]]:
    """The procedure, with what its identity asks for in vain. An office may take in its units after its procedures."""
    query = select(ProcessDefinition).where(ProcessDefinition.key == examination.key).with_for_update()
    known = work.session.scalar(query)
    if known is not None:
        return known, _without_effect(work, known, examination.upload.identity)
    identity = examination.upload.identity
    unit_id, problems = _unit_of(work, identity)
    taken = set(work.session.scalars(select(ProcessDefinition.prefix)))
    wanted = wanted_prefix(identity)
    definition = ProcessDefinition(
        key=examination.key,
        name=str(identity.get("judul") or examination.name or examination.key)[:200],
        prefix=wanted if wanted and wanted not in taken else prefix_for(examination.name or examination.key, taken),
        unit_id=unit_id,
        created_at=work.now,
    )
    work.session.add(definition)
    work.session.flush()  # its versions refer to it
    if wanted in taken:
        problems.append(taken_prefix(wanted, definition.prefix))
    return definition, tuple(problems)


def _without_effect(work: UnitOfWork, known: ProcessDefinition, identity: Identity) -> tuple[Problem, ...]:
    prefix, unit = wanted_prefix(identity), wanted_unit(identity)
    problems = [prefix_stays(prefix, known.prefix)] if prefix and prefix != known.prefix else []
    if unit and work.session.scalar(select(Unit.code).where(Unit.id == known.unit_id)) != unit:
        problems.append(unit_stays(unit))
    return tuple(problems)


def _unit_of(work: UnitOfWork, identity: Identity) -> tuple[int | None, list[Problem]]:
    code = wanted_unit(identity)
    if not code:
        root = select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)
        return work.session.scalar(root), []
    unit_id = work.session.scalar(select(Unit.id).where(Unit.code == code))
    return unit_id, [unknown_unit(code)] if unit_id is None else []
