"""Who is told of work that is at risk or late, or whose deadline was moved."""

from collections.abc import Mapping
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.execution.model import Instance
from engine.notifications.operations import notify
from engine.sla.events import DeadlineMoved, WorkAtRisk, WorkBecameLate
from engine.worklist.events import FollowUpCame

NAMES_SHOWN = 3


def tell_of_risk(work: UnitOfWork, event: WorkAtRisk) -> None:
    key = f"sla.at_risk:{event.work_item_id}:{event.due_at.isoformat()}"
    facts = _facts(work, event)
    notify(work, event.holder_ids, "sla.at_risk", key, facts, event.instance_id, event.work_item_id)


def tell_of_lateness(work: UnitOfWork, event: WorkBecameLate) -> None:
    """The holders first, then their superiors, who read for whom the work waits."""
    facts, item_id, due = _facts(work, event), event.work_item_id, event.due_at.isoformat()
    notify(work, event.holder_ids, "sla.overdue", f"sla.overdue:{item_id}:{due}", facts, event.instance_id, item_id)
    below = {**facts, "holders": _shortened(event.holder_names)}
    key = f"sla.overdue_below:{item_id}:{due}"
    notify(work, event.superior_ids, "sla.overdue_below", key, below, event.instance_id, item_id)


def tell_of_move(work: UnitOfWork, event: DeadlineMoved) -> None:
    key = f"sla.moved:{event.work_item_id}:{work.now.isoformat()}"
    facts = {**_facts(work, event), "was_at": event.was_at.isoformat()}
    notify(work, event.holder_ids, "sla.moved", key, facts, event.instance_id, event.work_item_id)


def tell_of_follow_up(work: UnitOfWork, event: FollowUpCame) -> None:
    instance = work.session.get_one(Instance, event.instance_id)
    facts = {"number": instance.number, "case": instance.title, "title": event.title}
    key = f"work.follow_up:{event.work_item_id}:{event.on.isoformat()}"
    notify(work, (event.holder_id,), "work.follow_up", key, facts, event.instance_id, event.work_item_id)


def _facts(work: UnitOfWork, event: WorkAtRisk | WorkBecameLate | DeadlineMoved) -> Mapping[str, Any]:
    instance = work.session.get_one(Instance, event.instance_id)
    return {
        "number": instance.number,
        "case": instance.title,
        "title": event.title,
        "due_at": event.due_at.isoformat(),
    }


def _shortened(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN]) or "–"
    return f"{shown}, …" if len(names) > NAMES_SHOWN else shown
