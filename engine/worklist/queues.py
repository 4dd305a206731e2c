"""Queues are read by who might take what lies in them; of what is closed nobody asks any more."""

from sqlalchemy import delete, select

from engine.base.unit_of_work import UnitOfWork
from engine.worklist.model import Candidate, WorkItem, WorkItemState


def clear_queues(work: UnitOfWork, most: int) -> int:
    """Who might have taken what is closed, so many at once: else a queue takes longer with each year; how many."""
    closed = (
        select(Candidate.id)
        .join(WorkItem, WorkItem.id == Candidate.work_item_id)
        .where(WorkItem.state != WorkItemState.OPEN)
        .limit(most)
    )
    ids = work.session.scalars(closed).all()
    if ids:
        gone = delete(Candidate).where(Candidate.id.in_(ids))
        work.session.execute(gone.execution_options(synchronize_session=False))
    return len(ids)
