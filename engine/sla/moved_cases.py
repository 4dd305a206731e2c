"""Whom it concerns that cases are due at another moment: who started each, and the head of its unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.organisation.queries import head_of_unit
from engine.sla.moved_news import Gathered, news_of
from engine.worklist.model import WorkItem, WorkItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    case: Instance
    was_at: datetime


def news_for(work: UnitOfWork, moved: Sequence[Moved]) -> Gathered:
    """Whoever has a step that is due with its case hears of the step, and needs no second notice."""
    heads, holders = _heads(work, moved), _holders(work, moved)
    return news_of((each.case.id, each.was_at, _concerned(each.case, heads, holders)) for each in moved)


def _concerned(
    case: Instance, heads: Mapping[int | None, frozenset[int]], holders: Mapping[int, set[int | None]]
) -> set[int]:
    concerned = {case.starter_id, *heads.get(case.unit_id, ())} - holders[case.id]
    return {who for who in concerned if who is not None}


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
