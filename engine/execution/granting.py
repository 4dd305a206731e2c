"""A case is opened to somebody who takes no part in it: to read, until a day, for a reason."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, allows, require
from engine.audit.operations import record
from engine.base.alphabet import in_alphabet
from engine.base.errors import Invalid, NotFound
from engine.base.i18n import _
from engine.base.text import one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.errors import CaseNotFound
from engine.execution.events import CaseOpened
from engine.execution.model import CaseGrant, Instance
from engine.execution.visibility import instance_access
from engine.organisation.colleagues import colleagues
from engine.organisation.model import Employee

REASON_LENGTH = 300
LONGEST = timedelta(days=366)
A_MINUTE = timedelta(minutes=1)  # a grant ends at midnight: that is the day after its last one


class NoReasonToGrant(Invalid):
    code = "grant.no_reason"
    message = _("Say why she may read this case.")


class EndsWrong(Invalid):
    code = "grant.ends_wrong"
    message = _("Choose the last day on which she may read it: from today until a year from now.")


class NotAReader(Invalid):
    code = "grant.not_a_reader"
    message = _("Choose a colleague who works here today.")


class GrantNotFound(NotFound):
    code = "grant.not_found"
    message = _("There is no such grant, or not any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    grant_id: int
    name: str
    reason: str
    granted_by: str
    granted_at: datetime
    last_day: date


def grant_reading(work: UnitOfWork, instance_id: int, employee_id: int, until: date, reason: str) -> None:
    """Until the end of the day; granting it again replaces what was granted before."""
    instance = work.session.get(Instance, instance_id)
    if instance is None:
        raise CaseNotFound
    require(work.actor, Permission.GRANT_READING, instance_access(work, instance_id))
    said = one_line(reason)[:REASON_LENGTH]
    if not said:
        raise NoReasonToGrant
    today = work.today
    if not today <= until <= today + LONGEST:
        raise EndsWrong
    reader = next(iter(colleagues(work.session, {employee_id}, today)), None)
    if reader is None:
        raise NotAReader
    ends_at = datetime.combine(until + timedelta(days=1), time(), work.settings.zone).astimezone(UTC)
    row = _grant_of(work.session, instance_id, employee_id)
    row.reason, row.ends_at = said, ends_at
    row.granted_by, row.granted_at = work.actor.name, work.now
    work.session.add(row)
    facts = {"number": instance.number, "to": reader.name, "until": until.isoformat(), "reason": said}
    record(work, "case.opened", "instance", instance_id, instance_id, **facts)
    work.tell(CaseOpened(instance_id=instance_id, employee_id=employee_id, until=ends_at - A_MINUTE, reason=said))


def withdraw_grant(work: UnitOfWork, grant_id: int) -> None:
    row = work.session.get(CaseGrant, grant_id)
    if row is None:
        raise GrantNotFound
    require(work.actor, Permission.GRANT_READING, instance_access(work, row.instance_id))
    instance = work.session.get_one(Instance, row.instance_id)
    name = work.session.get_one(Employee, row.employee_id).name
    record(work, "case.closed_again", "instance", instance.id, instance.id, number=instance.number, to=name)
    work.session.delete(row)


def may_grant(reading: Reading, instance_id: int) -> bool:
    return allows(reading.actor, Permission.GRANT_READING, instance_access(reading, instance_id))


def grants_of_case(reading: Reading | UnitOfWork, instance_id: int) -> tuple[GrantLine, ...]:
    """Those that still run."""
    query = (
        select(CaseGrant, Employee.name)
        .join(Employee, Employee.id == CaseGrant.employee_id)
        .where(CaseGrant.instance_id == instance_id, CaseGrant.ends_at > reading.now)
        .order_by(in_alphabet(Employee.name))
    )
    return tuple(
        GrantLine(
            grant_id=row.id,
            name=name,
            reason=row.reason,
            granted_by=row.granted_by,
            granted_at=row.granted_at,
            last_day=(row.ends_at - A_MINUTE).astimezone(reading.settings.zone).date(),
        )
        for row, name in reading.session.execute(query)
        if row.ends_at is not None
    )


def _grant_of(session: Session, instance_id: int, employee_id: int) -> CaseGrant:
    query = select(CaseGrant).where(CaseGrant.instance_id == instance_id, CaseGrant.employee_id == employee_id)
    return session.scalar(query) or CaseGrant(instance_id=instance_id, employee_id=employee_id)
