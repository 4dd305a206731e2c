"""The two moments of an item as jobs, beside the process; what happens then is the room `sla`'s."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import NewJob, cancel_by_key, schedule_ahead, schedule_all_again

REMIND_JOB = "sla.remind"
OVERDUE_JOB = "sla.overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    work_item_id: int
    instance_id: int
    risk_at: datetime
    due_at: datetime


def schedule_deadlines(work: UnitOfWork, items: Iterable[Moments]) -> None:
    """Set both moments of each, or move them."""
    schedule_ahead(work, [job for item in items for job in _jobs(item)])


def schedule_deadlines_again(work: UnitOfWork, items: Iterable[Moments]) -> None:
    """Move both moments of each, also those that have come already: they come once more."""
    schedule_all_again(work, [job for item in items for job in _jobs(item)])


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
