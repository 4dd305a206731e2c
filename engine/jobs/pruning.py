"""Finished jobs are kept for a while to be looked at, and then deleted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from engine.base.unit_of_work import UnitOfWork
from engine.jobs.model import Job, JobState

FINISHED = (JobState.DONE, JobState.CANCELLED)


def delete_finished(work: UnitOfWork, before: datetime, most: int, named_by: Collection[ColumnElement[bool]]) -> int:
    """How many of those went, at most, whose moment and end both lie before; never one that a row still names.

    Jobs that were given up stay until a person has tried them again.
    """
    # The outside world knows a job by its id: the last one stays, so that SQLite gives no id twice.
    last = select(func.max(Job.id)).scalar_subquery()
    is_old = Job.state.in_(FINISHED) & (Job.due_at < before) & (Job.finished_at < before) & (Job.id < last)
    query = select(Job.id).where(is_old, *(~names for names in named_by)).limit(most)
    ids = work.session.scalars(query.with_for_update(skip_locked=True)).all()
    if ids:
        work.session.execute(delete(Job).where(Job.id.in_(ids)).execution_options(synchronize_session=False))
    return len(ids)
