"""A duty sheet is issued when an assignment begins: what the position has to do then, kept as it was said."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.audit.operations import record
from engine.base.i18n import as_day
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.appointments import HoldingNotFound
from engine.organisation.duty_changes import Duty
from engine.organisation.duty_queries import duties_on
from engine.organisation.model import DutySheet, Employee, Holding, HoldingKind
from engine.organisation.queries import Holder
from engine.staffing.errors import AlreadyGiven, NothingToGive
from engine.staffing.events import SheetIssued
from engine.staffing.sheet_access import require_superior_or_keeper, superior_of
from engine.staffing.sheet_content import (
    GIVEN_FOR,
    SheetFacts,
    SheetPerson,
    content_of,
    digest_of,
    is_said_already,
)
from engine.staffing.sheet_queries import contents_given

ACTING = {HoldingKind.DEFINITIVE: "", HoldingKind.PLT: "Plt. ", HoldingKind.PLH: "Plh. "}


def issue_sheet(work: UnitOfWork, holding_id: int) -> int:
    """Give the duties of today, or of the first day of the holding; the id of the sheet. Refuses what was given."""
    holding = _holding(work, holding_id)
    require_superior_or_keeper(work, holding)
    day = _first_day(work, holding)
    duties = _duties(work, holding, day)
    if not duties:
        raise NothingToGive(position=holding.position.title, day=as_day(day))
    if is_said_already(_given(work, holding), duties):
        raise AlreadyGiven(name=holding.employee.name)
    return _issue(work, holding, day, duties)


def issue_at_beginning(work: UnitOfWork, holding_id: int) -> int | None:
    """A sheet follows an appointment, unless there are no duties or she brings the same ones along."""
    holding = work.session.get(Holding, holding_id)
    if holding is None or holding.kind not in GIVEN_FOR:
        return None
    day = _first_day(work, holding)
    duties = _duties(work, holding, day)
    if not duties or is_said_already(_given(work, holding), duties):
        return None
    return _issue(work, holding, day, duties)


def _issue(work: UnitOfWork, holding: Holding, day: date, duties: tuple[Duty, ...]) -> int:
    superior = superior_of(work, holding, day)
    content = content_of(_facts(work, holding, superior, duties))
    row = DutySheet(
        holding_id=holding.id,
        content=content,
        digest=digest_of(content),
        issued_at=work.now,
        issued_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()  # its id is the number of the sheet
    record(work, "sheet.issued", "duty_sheet", row.id, name=holding.employee.name, digest=row.digest)
    work.tell(
        SheetIssued(
            sheet_id=row.id,
            employee_id=holding.employee_id,
            employee_name=holding.employee.name,
            position_title=holding.position.title,
            superior_id=superior.employee_id if superior else None,
        )
    )
    return row.id


def _facts(work: UnitOfWork, holding: Holding, superior: Holder | None, duties: tuple[Duty, ...]) -> SheetFacts:
    settings, position = work.settings, holding.position
    return SheetFacts(
        office=settings.office_name,
        office_above=settings.office_above,
        office_address=settings.office_address,
        employee=_person(holding.employee, position.title),
        unit=position.unit.name,
        job_class=position.job_class,
        kind=HoldingKind(holding.kind),
        decree=holding.decree,
        scope=holding.scope,
        starts_on=holding.starts_on,
        ends_on=holding.ends_on,
        superior=None if superior is None else _superior_person(work, superior),
        issued_on=work.today,
        duties=duties,
    )


def _superior_person(work: UnitOfWork, superior: Holder) -> SheetPerson:
    row = work.session.get_one(Employee, superior.employee_id)
    return _person(row, ACTING[superior.kind] + superior.position_title)


def _person(row: Employee, title: str) -> SheetPerson:
    return SheetPerson(name=row.name, nip=row.nip, rank=row.rank, title=title)


def _duties(work: UnitOfWork, holding: Holding, day: date) -> tuple[Duty, ...]:
    lines = duties_on(work.session, [holding.position_id], day).get(holding.position_id, ())
    return tuple(line.duty for line in lines)


def _given(work: UnitOfWork, holding: Holding) -> list[Mapping[str, Any]]:
    """What she has on sheets of what she holds now, or held until this holding began."""
    since = holding.starts_on - timedelta(days=1)
    return contents_given(work.session, [holding.employee_id], since).get(holding.employee_id, [])


def _holding(work: UnitOfWork, holding_id: int) -> Holding:
    holding = work.session.get(Holding, holding_id)
    if holding is None:
        raise HoldingNotFound
    return holding


def _first_day(work: UnitOfWork, holding: Holding) -> date:
    """Duties are given as they stand today, or as they will on the day when a holding to come begins."""
    return max(work.today, holding.starts_on)
