"""What a head of unit looks at before handing work to somebody else."""

from dataclasses import dataclass

from engine.access.permissions import NotItsManager
from engine.base.unit_of_work import Reading
from engine.execution.item_pages import ItemPage, item_page
from engine.worklist.model import WorkItem
from engine.worklist.recipients import Recipient, recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    item: ItemPage
    recipients: tuple[Recipient, ...]


def handover_page(reading: Reading, work_item_id: int) -> HandoverPage:
    """An item with those to whom it may go; of a closed one nobody. Raises NotItsManager for others than its head."""
    page = item_page(reading, work_item_id)
    if page.item.closed_at is not None:
        return HandoverPage(item=page, recipients=())
    if not page.may_reassign:
        raise NotItsManager
    on = reading.now.astimezone(reading.settings.zone).date()
    row = reading.session.get_one(WorkItem, work_item_id)
    return HandoverPage(item=page, recipients=recipients(reading.session, row, on))
