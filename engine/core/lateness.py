"""Who is told of work that climbs its ladder, or whose deadlines were moved."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.notifications.operations import notify
from engine.sla.events import DeadlinesMoved, WorkEscalated
from engine.sla.model import RungAction
from engine.sla.moved_news import News
from engine.worklist.events import FollowUpCame
from engine.worklist.model import WorkItem

NAMES_SHOWN = 3
LATE: Mapping[RungAction, str] = {
    RungAction.REMIND_HOLDER: "sla.overdue",
    RungAction.TELL_SUPERIOR: "sla.overdue_below",
    RungAction.TELL_HEAD: "sla.overdue_below",
    RungAction.OFFER_TO_POOL: "sla.offered",
    RungAction.REASSIGN_TO_SUPERIOR: "sla.handed_up",
}
AT_RISK: Mapping[RungAction, str] = {
    **LATE,
    RungAction.REMIND_HOLDER: "sla.at_risk",
    RungAction.TELL_SUPERIOR: "sla.at_risk_below",
    RungAction.TELL_HEAD: "sla.at_risk_below",
}


def tell_of_escalation(work: UnitOfWork, event: WorkEscalated) -> None:
    """Those whom the rung means, and whoever had the work before it moved."""
    _tell(work, event, (LATE if event.is_late else AT_RISK)[event.action], event.told_ids)
    if event.from_id is not None:
        _tell(work, event, "sla.taken_up", {event.from_id} - event.told_ids)


def tell_of_moves(work: UnitOfWork, event: DeadlinesMoved) -> None:
    """One notice to each: it names the step if it is one, and else says how many they are."""
    several = defaultdict[int, list[int]](list)
    for who, news in event.told.items():
        if news["count"] == 1:
            _tell_of_move(work, int(who), news)
        else:
            several[news["count"]].append(int(who))
    for count, told in several.items():
        key = f"sla.steps_moved:{event.unit_id or 'all'}:{work.now.isoformat()}"
        notify(work, told, "sla.steps_moved", key, {"tasks": count})


def _tell_of_move(work: UnitOfWork, employee_id: int, news: News) -> None:
    item = work.session.get_one(WorkItem, news["first_id"])
    if item.due_at is None:
        return
    instance = work.session.get_one(Instance, item.instance_id)
    moments = {"was_at": news["was_at"], "due_at": item.due_at.isoformat()}
    facts = {"number": instance.number, "case": instance.title, "title": item.title, **moments}
    key = f"sla.moved:{item.id}:{work.now.isoformat()}"
    notify(work, (employee_id,), "sla.moved", key, facts, instance.id, item.id)


def tell_of_follow_up(work: UnitOfWork, event: FollowUpCame) -> None:
    instance = work.session.get_one(Instance, event.instance_id)
    facts = {"number": instance.number, "case": instance.title, "title": event.title}
    key = f"work.follow_up:{event.work_item_id}:{event.on.isoformat()}"
    notify(work, (event.holder_id,), "work.follow_up", key, facts, event.instance_id, event.work_item_id)


def _tell(work: UnitOfWork, event: WorkEscalated, kind: str, told: Collection[int]) -> None:
    facts: dict[str, Any] = {
        "number": event.number,
        "case": event.case_title,
        "title": event.title,
        "due_at": event.due_at.isoformat(),
        "holders": _shortened(event.holder_names),
    }
    key = f"{kind}:{event.work_item_id}:{event.due_at.isoformat()}:{event.planned_at.isoformat()}"
    notify(work, told, kind, key, facts, event.instance_id, event.work_item_id)


def _shortened(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN]) or "–"
    return f"{shown}, …" if len(names) > NAMES_SHOWN else shown
