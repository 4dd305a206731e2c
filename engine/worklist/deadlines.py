"""The two moments of an item, and of a case, as jobs beside the process; what happens then is the room `sla`'s."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import NewJob, cancel_by_key, schedule_ahead, schedule_all_again

REMIND_JOB = "sla.remind"
OVERDUE_JOB = "sla.overdue"
CASE_RISK_JOB = "sla.case_at_risk"
CASE_OVERDUE_JOB = "sla.case_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    work_item_id: int
    instance_id: int
    risk_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoments:
    instance_id: int
    risk_at: datetime
    due_at: datetime


def schedule_deadlines(work: UnitOfWork, items: Iterable[Moments], cases: Sequence[CaseMoments] = ()) -> None:
    """Set both moments of each, or move them."""
    jobs = [job for item in items for job in _jobs(item)]
    schedule_ahead(work, [*jobs, *(job for case in cases for job in _case_jobs(case))])


def schedule_deadlines_again(work: UnitOfWork, items: Iterable[Moments]) -> None:
    """Move both moments of each, also those that have come already: they come once more."""
    schedule_all_again(work, [job for item in items for job in _jobs(item)])


def schedule_case_deadlines_again(work: UnitOfWork, cases: Iterable[CaseMoments]) -> None:
    schedule_all_again(work, [job for case in cases for job in _case_jobs(case)])


def cancel_case_deadlines(work: UnitOfWork, instance_id: int) -> None:
    cancel_by_key(work, *(f"{kind}:{instance_id}" for kind in (CASE_RISK_JOB, CASE_OVERDUE_JOB)))


def _case_jobs(case: CaseMoments) -> tuple[NewJob, ...]:
    return tuple(
        NewJob(
            kind=kind,
            key=f"{kind}:{case.instance_id}",
            due_at=moment,
            payload={"instance_id": case.instance_id},
            instance_id=case.instance_id,
        )
        for kind, moment in ((CASE_RISK_JOB, case.risk_at), (CASE_OVERDUE_JOB, case.due_at))
    )


def _jobs(item: Moments) -> tuple[NewJob, ...]:
    return tuple(
        NewJob(
            kind=kind,
            key=f"{kind}:{item.work_item_id}",
            due_at=moment,
            payload={"work_item_id": item.work_item_id},
            instance_id=item.instance_id,
        )
        for kind, moment in ((REMIND_JOB, item.risk_at), (OVERDUE_JOB, item.due_at))
    )


def cancel_deadlines(work: UnitOfWork, *work_item_ids: int) -> None:
    """Whoever closes an item stops its clock."""
    cancel_by_key(work, *_keys(work_item_ids))


def _keys(work_item_ids: Collection[int]) -> list[str]:
    return [f"{kind}:{work_item_id}" for work_item_id in work_item_ids for kind in (REMIND_JOB, OVERDUE_JOB)]
