"""Duty sheets are signed by the superior, here or on paper, and acknowledged by the employee."""

from pathlib import PurePath

from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.events import HoldersChanged
from engine.organisation.model import DutySheet, Holding
from engine.staffing.errors import NotAScan, NotSignedYet, OnlyTheReceiver, signed_before
from engine.staffing.events import SheetAcknowledged, SheetSigned
from engine.staffing.sheet_access import (
    person_access,
    require_not_own,
    require_sight,
    require_superior_or_keeper,
    superior_of,
)
from engine.staffing.sheet_queries import SheetNotFound
from engine.worklist.attachments import KeptFile

SCANS = frozenset({".pdf", ".jpg", ".jpeg", ".png"})


def sign_sheet(work: UnitOfWork, sheet_id: int) -> None:
    """The superior gives the duties, under her name and this moment."""
    row, holding = _unsigned(work, sheet_id)
    require_not_own(work, holding)
    require(work.actor, Permission.SIGN_DUTY_SHEET, person_access(work, holding))
    row.signed_by = work.actor.name
    row.signed_at = work.now
    record(work, "sheet.signed", "duty_sheet", row.id, name=holding.employee.name, digest=row.digest)
    _tell_signed(work, row, holding)


def keep_signed_copy(work: UnitOfWork, sheet_id: int, file: KeptFile) -> None:
    """The sheet was signed on paper; its copy is kept outside the database under its digest."""
    row, holding = _unsigned(work, sheet_id)
    require_not_own(work, holding)
    require_superior_or_keeper(work, holding)
    if PurePath(file.filename).suffix.lower() not in SCANS:
        raise NotAScan
    superior = row.content["superior"]
    # Never whoever brings the copy: where the sheet names no superior, only the paper says who signed.
    row.signed_by = superior["name"] if superior else None
    row.signed_at = work.now
    row.signed_copy = file.digest
    row.signed_copy_name = file.filename
    record(work, "sheet.copy_kept", "duty_sheet", row.id, name=holding.employee.name, copy=file.digest)
    _tell_signed(work, row, holding)


def acknowledge_sheet(work: UnitOfWork, sheet_id: int) -> None:
    """The employee has read it and takes the duties on; doing it twice is the same as once."""
    row, holding = _locked(work, sheet_id)
    if holding.employee_id != work.actor.employee_id:
        require_sight(work, holding)
        raise OnlyTheReceiver
    if row.signed_at is None:
        raise NotSignedYet
    if row.acknowledged_at is not None:
        return
    row.acknowledged_at = work.now
    record(work, "sheet.acknowledged", "duty_sheet", row.id, name=holding.employee.name, digest=row.digest)
    if not work.settings.route_before_acknowledged:
        positions, people = frozenset({holding.position_id}), frozenset({holding.employee_id})
        work.tell(HoldersChanged(position_ids=positions, employee_ids=people))
    superior = superior_of(work, holding, work.today)
    work.tell(
        SheetAcknowledged(
            sheet_id=row.id,
            employee_name=holding.employee.name,
            position_title=holding.position.title,
            superior_id=superior.employee_id if superior else None,
        )
    )


def _tell_signed(work: UnitOfWork, row: DutySheet, holding: Holding) -> None:
    title = holding.position.title
    work.tell(SheetSigned(sheet_id=row.id, employee_id=holding.employee_id, position_title=title))


def _unsigned(work: UnitOfWork, sheet_id: int) -> tuple[DutySheet, Holding]:
    row, holding = _locked(work, sheet_id)
    if row.signed_at is not None:
        require_sight(work, holding)
        raise signed_before(row.signed_by, row.signed_at)
    return row, holding


def _locked(work: UnitOfWork, sheet_id: int) -> tuple[DutySheet, Holding]:
    query = select(DutySheet).where(DutySheet.id == sheet_id).with_for_update()
    row = work.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise SheetNotFound
    return row, work.session.get_one(Holding, row.holding_id)
