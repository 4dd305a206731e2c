"""Work that lies where nobody sees it: its heads hear of it once, and no step pays for the looking.

A rule may give work to somebody without an account, and an account may be closed under open work; so it is looked for
from time to time, whatever brought it there.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
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

Unseen = Row[*tuple[Any, ...]]


def look_for_unseen(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Some hundreds at a time; the next look begins with the first again."""
    found = _unseen(work, int(payload.get("after", 0)))
    everywhere = administrators(work) if found else set()
    told = {item.id: _concerned(work, item) | everywhere for item in found}
    known = told_of(work.session, {_key(item) for item in found}, {each for ids in told.values() for each in ids})
    fresh = [item for item in found if _key(item) not in known]
    queues = pools(work.session, [item.id for item in fresh])
    for item in fresh:
        _tell(work, item, told[item.id], " / ".join(queues.get(item.id, ())))
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
        .where(or_(holder_sees_nothing(), queue_is_unseen(_today(work))))
    )
    return work.session.execute(query.order_by(WorkItem.id).limit(AT_ONCE)).all()


def _concerned(work: UnitOfWork, item: Unseen) -> set[int]:
    """Besides the administrators, who can open an account: the nearest head above it who can sign in."""
    unit_id = item.unit_id
    while unit_id is not None:
        heads = {head.employee_id for head in head_of_unit(work.session, unit_id, _today(work))}
        told = heads - hindrances(work.session, heads).keys()
        if told:
            return told
        unit_id = unit(work.session, unit_id).parent_id
    return set()


def _tell(work: UnitOfWork, item: Unseen, told: Collection[int], queue: str) -> None:
    facts = {"number": item.number, "case": item.case, "title": item.title}
    if item.name is not None:
        notify(work, told, "work.unseen", _key(item), {**facts, "name": item.name}, item.instance_id, item.id)
    else:
        notify(work, told, "work.unseen_queue", _key(item), {**facts, "position": queue}, item.instance_id, item.id)


def _key(item: Unseen) -> str:
    """With another holder it is told anew."""
    return f"work.unseen:{item.id}:{item.assignee_id or 0}"


def _today(work: UnitOfWork) -> date:
    return work.now.astimezone(work.settings.zone).date()
