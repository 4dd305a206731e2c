"""What follows when somebody is appointed, and who hears of her duty sheet: the superior first, then she herself."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.core.office_keeping import record_change
from engine.notifications.operations import notify
from engine.organisation.events import OfficeChanged
from engine.staffing.events import SheetAcknowledged, SheetIssued, SheetSigned
from engine.staffing.issuing import issue_at_beginning

HOLDING_BEGUN = "holding.begun"


def follow_change(work: UnitOfWork, event: OfficeChanged) -> None:
    """Every change has its line in the trail; an appointment brings its duty sheet besides."""
    record_change(work, event)
    if event.act == HOLDING_BEGUN and event.subject_id is not None:
        issue_at_beginning(work, event.subject_id)


def tell_superior(work: UnitOfWork, event: SheetIssued) -> None:
    if event.superior_id is not None:
        facts = {"sheet_id": event.sheet_id, "name": event.employee_name, "position": event.position_title}
        notify(work, (event.superior_id,), "sheet.issued", f"sheet.issued:{event.sheet_id}", facts)


def tell_employee(work: UnitOfWork, event: SheetSigned) -> None:
    facts = {"sheet_id": event.sheet_id, "by": work.actor.name, "position": event.position_title}
    notify(work, (event.employee_id,), "sheet.signed", f"sheet.signed:{event.sheet_id}", facts)


def tell_of_acknowledgement(work: UnitOfWork, event: SheetAcknowledged) -> None:
    if event.superior_id is not None:
        facts = {"sheet_id": event.sheet_id, "name": event.employee_name, "position": event.position_title}
        notify(work, (event.superior_id,), "sheet.acknowledged", f"sheet.acknowledged:{event.sheet_id}", facts)


REACTIONS: Mapping[type[Any], Callable[[UnitOfWork, Any], None]] = MappingProxyType(
    {
        OfficeChanged: follow_change,
        SheetIssued: tell_superior,
        SheetSigned: tell_employee,
        SheetAcknowledged: tell_of_acknowledgement,
    }
)
