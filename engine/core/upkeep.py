"""What administrators change in the office's own data: each act asks who may, and leaves its line in the trail."""

from datetime import date

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.calendar.model import HolidayKind
from engine.calendar.operations import add_holiday, remove_holiday, set_ramadan
from engine.jobs.operations import retry_dead
from engine.organisation.importing import ImportResult, import_organisation


def import_office(work: UnitOfWork, document: bytes) -> ImportResult:
    """Make the organisation what the file says; the import itself is put on record by whoever hears of it."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    return import_organisation(work, document)


def keep_holiday(work: UnitOfWork, day: date, kind: HolidayKind, name: str, legal_basis: str = "") -> None:
    """The office does not work on this day."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    add_holiday(work, day, kind, name, legal_basis)
    record(work, "calendar.holiday_kept", "calendar", None, day=day.isoformat(), kind=kind.value, name=name.strip())
    work.tell(CalendarChanged())


def drop_holiday(work: UnitOfWork, day: date) -> None:
    """The office works on this day after all."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    remove_holiday(work, day)
    record(work, "calendar.holiday_dropped", "calendar", None, day=day.isoformat())
    work.tell(CalendarChanged())


def keep_ramadan(work: UnitOfWork, first_day: date, last_day: date) -> None:
    """The shorter hours of Ramadan, once its beginning is announced."""
    require(work.actor, Permission.MANAGE_ORGANISATION)
    set_ramadan(work, first_day, last_day)
    record(work, "calendar.ramadan_kept", "calendar", None, first=first_day.isoformat(), last=last_day.isoformat())
    work.tell(CalendarChanged())


def retry_job(work: UnitOfWork, job_id: int) -> None:
    """Try a background job again that was given up."""
    require(work.actor, Permission.MEND_INCIDENTS)
    retry_dead(work, job_id)
    record(work, "job.retried", "job", job_id)
