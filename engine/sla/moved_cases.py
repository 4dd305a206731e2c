"""Whom it concerns that cases are due at another moment: who started each, and the head of its unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import select

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.organisation.queries import head_of_unit
from engine.worklist.model import WorkItem, WorkItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    case: Instance
    was_at: datetime


class News(TypedDict):
    """How many cases of a person have moved; the first of them is named when it is the only one."""

    count: int
    instance_id: int
    was_at: str


# By the id of an employee, as text: it travels in the payload of a job.
Gathered = Mapping[str, News]


def gathered(before: Gathered, more: Gathered) -> Gathered:
    found = {**more, **before}
    for who in before.keys() & more.keys():
        found[who] = News({**before[who], "count": before[who]["count"] + more[who]["count"]})
    return found


def news_for(work: UnitOfWork, moved: Sequence[Moved]) -> Gathered:
    """Whoever has a step that is due with its case hears of the step, and needs no second notice."""
    heads, holders = _heads(work, moved), _holders(work, moved)
    found: dict[str, News] = {}
    for each in moved:
        case = each.case
        for who in {case.starter_id, *heads.get(case.unit_id, ())} - {None} - holders[case.id]:
            first = News(count=0, instance_id=case.id, was_at=each.was_at.isoformat())
            found.setdefault(str(who), first)["count"] += 1
    return found


def _heads(work: UnitOfWork, moved: Sequence[Moved]) -> Mapping[int | None, frozenset[int]]:
    today = work.today
    units = {each.case.unit_id for each in moved} - {None}
    return {
        unit_id: frozenset(head.employee_id for head in head_of_unit(work.session, unit_id, today))
        for unit_id in units
        if unit_id is not None
    }


def _holders(work: UnitOfWork, moved: Sequence[Moved]) -> Mapping[int, set[int | None]]:
    """Of each case, those whose step was or is due with it, whichever of the two was counted anew first."""
    found: dict[int, set[int | None]] = defaultdict(set)
    due = {each.case.id: (each.was_at, each.case.due_at) for each in moved}
    query = select(WorkItem.instance_id, WorkItem.assignee_id, WorkItem.due_at).where(
        WorkItem.instance_id.in_(due), WorkItem.state == WorkItemState.OPEN, WorkItem.assignee_id.is_not(None)
    )
    for instance_id, assignee_id, due_at in work.session.execute(query) if due else ():
        if due_at in due[instance_id]:
            found[instance_id].add(assignee_id)
    return found
