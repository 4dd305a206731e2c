"""Faults of running cases: seen by people, mended, and gone on with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.graphs import graph_of
from engine.execution.advance import advance
from engine.execution.errors import IncidentNotFound, IncidentOver
from engine.execution.model import Incident, Instance
from engine.runtime.stimuli import Retry


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    incident_id: int
    instance_id: int
    activity_id: int
    number: str
    element: str
    code: str
    message: str
    opened_at: datetime


def incidents_of_case(session: Session, instance_id: int) -> tuple[IncidentLine, ...]:
    return _incident_lines(session, Incident.instance_id == instance_id)


def open_incident_count(session: Session) -> int:
    return session.scalar(select(func.count()).where(Incident.resolved_at.is_(None))) or 0


def incidents_to_mend(reading: Reading, cursor: str | None = None, size: int = PAGE_SIZE) -> Page[IncidentLine]:
    """All that are open, newest first; auditors of the whole office see them, administrators mend them."""
    require(reading.actor, Permission.SEE_ADMINISTRATION)
    before = Incident.id < id_from_cursor(cursor) if cursor else true()
    lines = _incident_lines(reading.session, before, size + 1)
    return page_of(lines, size, lambda line: [line.incident_id])


def retry(work: UnitOfWork, incident_id: int) -> int:
    """Let the case try again where it failed: the way on, not the work already done; its instance id."""
    require(work.actor, Permission.MEND_INCIDENTS)
    incident = work.session.get(Incident, incident_id)
    if incident is None:
        raise IncidentNotFound
    if incident.resolved_at is not None:
        raise IncidentOver
    step = _step_name(work, incident)
    record(work, "incident.retried", "instance", incident.instance_id, incident.instance_id, element=step)
    advance(work, incident.instance_id, Retry(incident.activity_id))
    return incident.instance_id


def _step_name(work: UnitOfWork, incident: Incident) -> str:
    version_id = work.session.get_one(Instance, incident.instance_id).version_id
    nodes = graph_of(work.session, version_id).nodes.values()
    return next((node.name for node in nodes if node.bpmn_id == incident.element and node.name), incident.element)


def _incident_lines(
    session: Session, condition: ColumnElement[bool], most: int = PAGE_SIZE
) -> tuple[IncidentLine, ...]:
    query = (
        select(Incident, Instance.number)
        .join(Instance, Instance.id == Incident.instance_id)
        .where(condition, Incident.resolved_at.is_(None))
        .order_by(Incident.id.desc())
        .limit(most)
    )
    return tuple(
        IncidentLine(
            incident_id=incident.id,
            instance_id=incident.instance_id,
            activity_id=incident.activity_id,
            number=number,
            element=incident.element,
            code=incident.code,
            message=incident.message,
            opened_at=incident.opened_at,
        )
        for incident, number in session.execute(query)
    )
