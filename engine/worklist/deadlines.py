"""The two moments of an item as jobs, beside the process; what happens then is the room `sla`'s."""

from collections.abc import Collection
from datetime import datetime

from engine.base.unit_of_work import UnitOfWork
from engine.jobs.operations import NewJob, cancel_by_key, schedule_all

REMIND_JOB = "sla.remind"
OVERDUE_JOB = "sla.overdue"


def schedule_deadlines(
    work: UnitOfWork, work_item_id: int, instance_id: int, risk_at: datetime, due_at: datetime
) -> None:
    """Set both moments, or move them."""
    payload = {"work_item_id": work_item_id}
    moments = {REMIND_JOB: risk_at, OVERDUE_JOB: due_at}
    schedule_all(
        work,
        [
            NewJob(kind=kind, key=f"{kind}:{work_item_id}", due_at=moment, payload=payload, instance_id=instance_id)
            for kind, moment in moments.items()
        ],
    )


def cancel_deadlines(work: UnitOfWork, *work_item_ids: int) -> None:
    """Whoever closes an item stops its clock."""
    cancel_by_key(work, *_keys(work_item_ids))


def _keys(work_item_ids: Collection[int]) -> list[str]:
    return [f"{kind}:{work_item_id}" for work_item_id in work_item_ids for kind in (REMIND_JOB, OVERDUE_JOB)]
