"""Who records that somebody is away: herself, the head of her unit, or the secretariat."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select, true

from engine.access.permissions import Permission, PersonAccess, allows, require
from engine.audit.operations import record
from engine.base.paging import Page
from engine.base.text import one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation import absences as kept
from engine.organisation.absences import NOTE_LENGTH, AbsenceFacts, AbsenceLine
from engine.organisation.events import HoldersChanged
from engine.organisation.holdings import holdings_on
from engine.organisation.model import AbsenceKind, Employee, Holding
from engine.staffing.people import person_access, within_her_care
from engine.worklist.model import WorkItem, WorkItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAbsence:
    """`kind` and `note` are empty for those who need not know why; `may_change` for those who may not."""

    absence_id: int
    employee_id: int
    name: str
    starts_on: date
    ends_on: date
    kind: AbsenceKind | None
    note: str | None
    may_change: bool


def record_absence(work: UnitOfWork, facts: AbsenceFacts) -> AbsenceLine:
    """Raises AbsenceRefused with the fields. Work that others of her position can do does not wait for her."""
    require(work.actor, Permission.RECORD_ABSENCE, person_access(work, facts.employee_id))
    line = kept.keep(work, _clean(facts))
    _tell(work, "absence.recorded", line)
    return line


def change_absence(work: UnitOfWork, absence_id: int, facts: AbsenceFacts) -> AbsenceLine:
    before = kept.absence(work.session, absence_id)
    require(work.actor, Permission.RECORD_ABSENCE, person_access(work, before.employee_id))
    line = kept.change(work, absence_id, replace(_clean(facts), employee_id=before.employee_id))
    _tell(work, "absence.changed", line)
    return line


def withdraw_absence(work: UnitOfWork, absence_id: int) -> AbsenceLine:
    line = kept.absence(work.session, absence_id)
    require(work.actor, Permission.RECORD_ABSENCE, person_access(work, line.employee_id))
    kept.withdraw(work, absence_id)
    _tell(work, "absence.withdrawn", line)
    return line


def absences_seen(reading: Reading, day: date, cursor: str | None = None) -> Page[SeenAbsence]:
    """Who is away on this day or will be; everybody may know that, and only some why."""
    page = kept.absences_from(reading.session, day, true(), cursor)
    people = {line.employee_id for line in page.items}
    query = select(Employee.id).where(Employee.id.in_(people), within_her_care(reading))
    cared_for = frozenset(reading.session.scalars(query))
    return Page(items=tuple(_seen(reading, line, cared_for) for line in page.items), next_cursor=page.next_cursor)


def absence_to_change(reading: Reading, absence_id: int) -> AbsenceLine:
    """Raises NotAllowed for whoever may not know why she is away."""
    line = kept.absence(reading.session, absence_id)
    require(reading.actor, Permission.RECORD_ABSENCE, person_access(reading, line.employee_id))
    return line


def open_work_of(reading: Reading, employee_id: int) -> int:
    """What waits in the inbox of somebody who goes away."""
    query = select(func.count(WorkItem.id)).where(
        WorkItem.assignee_id == employee_id, WorkItem.state == WorkItemState.OPEN
    )
    return reading.session.scalars(query).one()


def _seen(reading: Reading, line: AbsenceLine, cared_for: frozenset[int]) -> SeenAbsence:
    access = PersonAccess(employee_id=line.employee_id, unit_is_managed=line.employee_id in cared_for)
    knows_why = allows(reading.actor, Permission.SEE_PERSONAL_DATA, access)
    return SeenAbsence(
        absence_id=line.absence_id,
        employee_id=line.employee_id,
        name=line.name,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        kind=line.kind if knows_why else None,
        note=line.note if knows_why else None,
        may_change=allows(reading.actor, Permission.RECORD_ABSENCE, access),
    )


def _clean(facts: AbsenceFacts) -> AbsenceFacts:
    return replace(facts, note=one_line(facts.note)[:NOTE_LENGTH])


def _tell(work: UnitOfWork, act: str, line: AbsenceLine) -> None:
    """The trail does not say why she is away: those who read it need not know."""
    facts: dict[str, Any] = {
        "name": line.name,
        "starts_on": line.starts_on.isoformat(),
        "ends_on": line.ends_on.isoformat(),
    }
    record(work, act, "absence", line.absence_id, **facts)
    today = work.today
    held = holdings_on(today).with_only_columns(Holding.position_id).where(Holding.employee_id == line.employee_id)
    positions = frozenset(work.session.scalars(held))
    work.tell(HoldersChanged(position_ids=positions, employee_ids=frozenset({line.employee_id})))
