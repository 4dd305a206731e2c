"""What administrators change in the office's own data: each act asks who may, and leaves its line in the trail."""

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import retry_dead
from engine.organisation.importing import ImportResult, import_organisation


def import_office(work: UnitOfWork, document: bytes) -> ImportResult:
    """Make the organisation what the file says; the import itself is put on record by whoever hears of it."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    return import_organisation(work, document)


def retry_job(work: UnitOfWork, job_id: int) -> None:
    """Try a background job again that was given up."""
    require(work.actor, Permission.MEND_INCIDENTS)
    retry_dead(work, job_id)
    record(work, "job.retried", "job", job_id)
