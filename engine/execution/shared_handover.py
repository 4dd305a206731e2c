"""Several items at once: what they are, and who could have how many of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.access.queries import led_units
from engine.base.unit_of_work import Reading
from engine.execution.model import Instance
from engine.execution.visibility import visible
from engine.worklist.model import Candidate, WorkItem, WorkItemState
from engine.worklist.recipients import Recipient, recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One of the chosen items, as far as the actor may see its case."""

    work_item_id: int
    title: str
    number: str
    case_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """`could_have` says how many of the chosen items this person can get."""

    recipient: Recipient
    could_have: int


def portions(reading: Reading, work_item_ids: Collection[int]) -> tuple[Portion, ...]:
    query = (
        select(WorkItem.id, WorkItem.title, Instance.number, Instance.title)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(WorkItem.id.in_(work_item_ids), visible(reading))
        .order_by(WorkItem.id)
    )
    return tuple(
        Portion(work_item_id=item_id, title=title, number=number, case_title=case)
        for item_id, title, number, case in reading.session.execute(query)
    )


def choosable(reading: Reading, work_item_ids: Collection[int]) -> tuple[Choosable, ...]:
    """Who could have most of them first; of items in units that the actor does not lead, nobody."""
    on = reading.today
    people: dict[int, Recipient] = {}
    could_have: Counter[int] = Counter()
    for alike in _alike(reading, work_item_ids, on):
        found = recipients(reading.session, alike[0], on)
        people |= {each.employee_id: each for each in found}
        could_have.update({each.employee_id: len(alike) for each in found})
    lines = [Choosable(recipient=people[who], could_have=many) for who, many in could_have.items()]
    return tuple(sorted(lines, key=lambda each: (-each.could_have, each.recipient.open_items, each.recipient.name)))


def _alike(reading: Reading, work_item_ids: Collection[int], on: date) -> Iterable[Sequence[WorkItem]]:
    """The items in units that the actor leads, those together that the same people could have."""
    led = led_units(reading.session, reading.actor, on)
    if not led:
        return ()
    query = select(WorkItem).where(
        WorkItem.id.in_(work_item_ids), WorkItem.state == WorkItemState.OPEN, WorkItem.unit_id.in_(led)
    )
    items = reading.session.scalars(query).all()
    pools: dict[int, set[tuple[int | None, int | None]]] = {item.id: set() for item in items}
    candidates = select(Candidate.work_item_id, Candidate.position_id, Candidate.employee_id)
    for item_id, *who in reading.session.execute(candidates.where(Candidate.work_item_id.in_(pools))):
        pools[item_id].add((who[0], who[1]))
    groups: dict[Any, list[WorkItem]] = {}
    for item in items:
        pair = item.id if item.differs_from else None  # whoever did its other step cannot have it
        key = (item.unit_id, item.assignee_id, frozenset(pools[item.id]), item.is_strategic, pair)
        groups.setdefault(key, []).append(item)
    return groups.values()
