"""An administrator lets one person do two steps that two people should do: on record, with the reason."""

from engine.access.permissions import Permission
from engine.base.unit_of_work import UnitOfWork
from engine.execution.reasons import given_reason
from engine.worklist.four_eyes import waive
from engine.worklist.model import WorkItem
from engine.worklist.operations import item_for


def waive_four_eyes(work: UnitOfWork, work_item_id: int, reason: str) -> WorkItem:
    """Raises NoReason, WaivesForHerself, or the refusal for others than administrators."""
    item = item_for(work, work_item_id, Permission.OVERRIDE_FOUR_EYES)
    waive(work, item, given_reason(reason))
    return item
