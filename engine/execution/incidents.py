"""Faults of running cases: seen by people, mended, and gone on with."""

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.execution.advance import advance
from engine.execution.errors import IncidentNotFound, IncidentOver
from engine.execution.model import Incident
from engine.runtime.stimuli import Retry


def retry(work: UnitOfWork, incident_id: int) -> int:
    """Let the case try again where it failed: the way on, not the work already done; its instance id."""
    require(work.actor, Permission.MEND_INCIDENTS)
    incident = work.session.get(Incident, incident_id)
    if incident is None:
        raise IncidentNotFound
    if incident.resolved_at is not None:
        raise IncidentOver
    record(work, "incident.retried", "instance", incident.instance_id, incident.instance_id, element=incident.element)
    advance(work, incident.instance_id, Retry(incident.activity_id))
    return incident.instance_id
