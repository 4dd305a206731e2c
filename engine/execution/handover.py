"""What a head of unit, or the holder of a task, looks at before handing it to somebody else."""

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
    """`lacking` says of recipients what they have not shown and the step requires; it warns, and forbids nothing.

    `is_by_holder`: she hands on her own task, to those for whom it is meant, and says why.
    """

    item: ItemPage
    recipients: tuple[Recipient, ...]
    is_by_holder: bool
    lacking: Mapping[int, tuple[Missing, ...]] = field(default_factory=dict)


def handover_page(reading: Reading, work_item_id: int) -> HandoverPage:
    """An item with those to whom it may go; of a closed one nobody.

    Raises NotItsManager for others than its head and its holder.
    """
    page = item_page(reading, work_item_id)
    if page.item.closed_at is not None:
        return HandoverPage(item=page, recipients=(), is_by_holder=False)
    if not (page.may_reassign or page.may_hand_on):
        raise NotItsManager
    on = reading.today
    row = reading.session.get_one(WorkItem, work_item_id)
    is_by_holder = not page.may_reassign
    people = tuple(each for each in recipients(reading.session, row, on) if each.was_meant or not is_by_holder)
    qualifications = page.step.qualifications if page.step else ()
    lacking = lacking_for_step(reading.session, qualifications, [each.employee_id for each in people], on)
    return HandoverPage(item=page, recipients=people, is_by_holder=is_by_holder, lacking=lacking)
