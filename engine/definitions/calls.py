"""Calls from file to file: each is bound, when a version is kept, to one version of what it calls."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.bpmn.problems import UNKNOWN_CALL, Problem
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionCall, VersionProcess, VersionState

Bindings = Mapping[str, int]
# Versions that are kept together with a caller, by process; None for one that cannot run yet.
Companions = Mapping[str, int | None]
ALONE: Companions = MappingProxyType({})
CALLABLE = (VersionState.PUBLISHED, VersionState.READY)


def chosen_bindings(session: Session, processes: Collection[str], companions: Companions) -> dict[str, int]:
    """The version to call for each process that has one: a companion, else the one in force, else the newest ready."""
    known = {process: companions[process] for process in processes if process in companions}
    found = _versions_that_hold(session, [process for process in processes if process not in known])
    return {process: version for process, version in (found | known).items() if version is not None}


def bindings_of(session: Session, version_id: int) -> dict[str, int]:
    query = select(VersionCall.process_id, VersionCall.called_version_id).where(VersionCall.version_id == version_id)
    return {row.process_id: row.called_version_id for row in session.execute(query)}


def bind(session: Session, version_id: int, bindings: Bindings) -> None:
    """Write the bindings of a version that has never run."""
    session.execute(delete(VersionCall).where(VersionCall.version_id == version_id))
    session.add_all(
        VersionCall(version_id=version_id, process_id=process, called_version_id=called)
        for process, called in bindings.items()
    )
    session.flush()  # the graph of this version asks for them


def is_newer(bindings: Bindings, than: Bindings) -> bool:
    """Whether something is called that was kept after what was called before."""
    return any(called > than.get(process, 0) for process, called in bindings.items())


def without_bound(problems: Collection[Problem], processes: Collection[str]) -> tuple[Problem, ...]:
    """What is still a problem when these processes are known."""
    return tuple(
        problem for problem in problems if problem.code != UNKNOWN_CALL or problem.params["called"] not in processes
    )


def _versions_that_hold(session: Session, processes: Collection[str]) -> dict[str, int | None]:
    if not processes:
        return {}
    query = (
        select(VersionProcess.process_id, DefinitionVersion.id, DefinitionVersion.state, ProcessDefinition.key)
        .join(DefinitionVersion, DefinitionVersion.id == VersionProcess.version_id)
        .join(ProcessDefinition, ProcessDefinition.id == DefinitionVersion.definition_id)
        .where(VersionProcess.process_id.in_(processes), DefinitionVersion.state.in_(CALLABLE))
    )
    # The procedure of that name comes before another whose file holds a process of the same name.
    best_last = sorted(
        session.execute(query), key=lambda row: (row.state == VersionState.PUBLISHED, row.key == row.process_id, row.id)
    )
    return {row.process_id: row.id for row in best_last}
