"""What a head of unit looks at before handing work to somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.access.permissions import NotItsManager
from engine.base.unit_of_work import Reading
from engine.competency.gaps import Missing
from engine.competency.queries import lacking_for_step
from engine.execution.item_pages import ItemPage, item_page
from engine.worklist.model import WorkItem
from engine.worklist.recipients import Recipient, recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    """`lacking` says of recipients what they have not shown and the step requires; it warns, and forbids nothing."""

    item: ItemPage
    recipients: tuple[Recipient, ...]
    lacking: Mapping[int, tuple[Missing, ...]] = field(default_factory=dict)


def handover_page(reading: Reading, work_item_id: int) -> HandoverPage:
    """An item with those to whom it may go; of a closed one nobody. Raises NotItsManager for others than its head."""
    page = item_page(reading, work_item_id)
    if page.item.closed_at is not None:
        return HandoverPage(item=page, recipients=())
    if not page.may_reassign:
        raise NotItsManager
    on = reading.now.astimezone(reading.settings.zone).date()
    row = reading.session.get_one(WorkItem, work_item_id)
    people = recipients(reading.session, row, on)
    qualifications = page.step.qualifications if page.step else ()
    lacking = lacking_for_step(reading.session, qualifications, [each.employee_id for each in people], on)
    return HandoverPage(item=page, recipients=people, lacking=lacking)
