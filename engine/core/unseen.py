"""Work that lies where nobody sees it: its heads hear of it once, and no step pays for the looking.

A rule may give work to somebody without an account, and an account may be closed under open work; so it is looked for
from time to time, whatever brought it there.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, or_, select

from engine.access.reachable import hindrances
from engine.base.unit_of_work import UnitOfWork
from engine.core.reactions import administrators
from engine.execution.model import Instance
from engine.execution.standing import holder_sees_nothing, queue_is_unseen
from engine.jobs.operations import schedule_again
from engine.notifications.operations import notify
from engine.notifications.queries import told_of
from engine.organisation.model import Employee
from engine.organisation.queries import head_of_unit, unit
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.queries import pools

UNSEEN_JOB: Final = "work.look_for_unseen"
LOOK_EVERY = timedelta(minutes=5)
AT_ONCE = 200

LONGEST_PLACE = 100

Unseen = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Whoever was told of the `key` is not told again; with another holder it is another."""

    item: Unseen
    queue: str
    key: str
    told: Collection[int]


def look_for_unseen(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Some hundreds at a time; the next look begins with the first again."""
    found = _unseen(work, int(payload.get("after", 0)))
    letters = list(_letters(work, found))
    known = told_of(
        work.session, {letter.key for letter in letters}, {each for letter in letters for each in letter.told}
    )
    for letter in letters:
        if letter.key not in known:
            _send(work, letter)
    is_more = len(found) == AT_ONCE
    again = work.now if is_more else work.now + LOOK_EVERY
    schedule_again(work, UNSEEN_JOB, UNSEEN_JOB, again, {"after": found[-1].id} if is_more else {})


def _unseen(work: UnitOfWork, after: int) -> Sequence[Unseen]:
    query = (
        select(
            WorkItem.id,
            WorkItem.instance_id,
            WorkItem.title,
            WorkItem.unit_id,
            WorkItem.assignee_id,
            Instance.number,
            Instance.title.label("case"),
            Employee.name,
        )
        .join(Instance, Instance.id == WorkItem.instance_id)
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .where(WorkItem.state == WorkItemState.OPEN, WorkItem.id > after)
        .where(or_(holder_sees_nothing(), queue_is_unseen(work)))
    )
    return work.session.execute(query.order_by(WorkItem.id).limit(AT_ONCE)).all()


def _letters(work: UnitOfWork, found: Sequence[Unseen]) -> Iterator[Letter]:
    """To the head of each, who may hand it on; to the administrators once a month for each who needs an account."""
    queues = pools(work.session, [item.id for item in found if item.assignee_id is None])
    everywhere = administrators(work) if found else set()
    for item in found:
        queue = " / ".join(queues.get(item.id, ()))
        place = queue[:LONGEST_PLACE] if item.assignee_id is None else str(item.assignee_id)
        heads = _heads(work, item)
        yield Letter(item=item, queue=queue, key=f"work.unseen:{item.id}:{item.assignee_id or 0}", told=heads)
        yield Letter(item=item, queue=queue, key=f"work.unseen:{work.today:%Y-%m}:{place}", told=everywhere - heads)


def _heads(work: UnitOfWork, item: Unseen) -> set[int]:
    """Of the unit where it lies, or the nearest above who can sign in."""
    unit_id = item.unit_id
    while unit_id is not None:
        heads = {head.employee_id for head in head_of_unit(work.session, unit_id, work.today)}
        told = heads - hindrances(work.session, heads).keys()
        if told:
            return told
        unit_id = unit(work.session, unit_id).parent_id
    return set()


def _send(work: UnitOfWork, letter: Letter) -> None:
    item = letter.item
    facts = {"number": item.number, "case": item.case, "title": item.title}
    where = {"position": letter.queue} if item.assignee_id is None else {"name": item.name}
    kind = "work.unseen_queue" if item.assignee_id is None else "work.unseen"
    notify(work, letter.told, kind, letter.key, {**facts, **where}, item.instance_id, item.id)
