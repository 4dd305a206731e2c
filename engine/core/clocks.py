"""The clocks of cases as the rest of the house takes part in them: the diagram stops them, and people are told."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.execution.events import CaseMoved
from engine.execution.model import Instance
from engine.notifications.operations import notify
from engine.sla import case_moments, moving_cases, standing_still
from engine.sla.events import CaseAtRisk, CaseBecameLate, CaseDeadlinesMoved
from engine.sla.moved_news import News
from engine.worklist.deadlines import CASE_OVERDUE_JOB, CASE_RISK_JOB

JOBS: dict[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    CASE_RISK_JOB: case_moments.case_at_risk,
    CASE_OVERDUE_JOB: case_moments.case_overdue,
    moving_cases.MOVE_CASES_JOB: moving_cases.move_cases,
}


def tell_of_risk(work: UnitOfWork, event: CaseAtRisk) -> None:
    _tell(work, event, "sla.case_at_risk")


def tell_of_lateness(work: UnitOfWork, event: CaseBecameLate) -> None:
    _tell(work, event, "sla.case_overdue")


def _tell(work: UnitOfWork, event: CaseAtRisk | CaseBecameLate, kind: str) -> None:
    instance = work.session.get_one(Instance, event.instance_id)
    facts = {"number": instance.number, "case": instance.title, "due_at": event.due_at.isoformat()}
    key = f"{kind}:{event.instance_id}:{event.due_at.isoformat()}"
    notify(work, event.told_ids, kind, key, facts, event.instance_id)


def tell_of_moved_cases(work: UnitOfWork, event: CaseDeadlinesMoved) -> None:
    """One notice to each: it names the case if it is one, and else says how many they are."""
    several = defaultdict[int, list[int]](list)
    for who, news in event.told.items():
        if news["count"] == 1:
            _tell_of_moved_case(work, int(who), news)
        else:
            several[news["count"]].append(int(who))
    for count, told in several.items():
        key = f"sla.cases_moved:{event.unit_id or 'all'}:{work.now.isoformat()}"
        notify(work, told, "sla.cases_moved", key, {"count": count})


def _tell_of_moved_case(work: UnitOfWork, employee_id: int, news: News) -> None:
    instance = work.session.get_one(Instance, news["first_id"])
    if instance.due_at is None:
        return
    moments = {"was_at": news["was_at"], "due_at": instance.due_at.isoformat()}
    facts = {"number": instance.number, "case": instance.title, **moments}
    key = f"sla.case_moved:{instance.id}:{work.now.isoformat()}"
    notify(work, (employee_id,), "sla.case_moved", key, facts, instance.id)


REACTIONS: dict[type[Any], Callable[[UnitOfWork, Any], None]] = {
    CaseMoved: standing_still.follow,
    CaseAtRisk: tell_of_risk,
    CaseBecameLate: tell_of_lateness,
    CaseDeadlinesMoved: tell_of_moved_cases,
}
