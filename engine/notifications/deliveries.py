"""What leaves the house, each a row with a job: planned, begun before the world is called, ended after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import Conflict, NotFound
from engine.base.i18n import _
from engine.base.rows import insert_and_read
from engine.base.unit_of_work import UnitOfWork
from engine.jobs.events import JobGivenUp
from engine.jobs.model import Job, JobState
from engine.jobs.operations import NewJob, cancel_by_key, schedule_all_again
from engine.notifications.model import Delivery, DeliveryState
from engine.notifications.moments import leaves_at
from engine.notifications.queries import quiet_hours

SEND_JOB = "delivery.send"
MAIL, DIGEST = "mail", "digest"
ENDED = (DeliveryState.SENT, DeliveryState.DROPPED)
FAILED = (DeliveryState.UNCERTAIN, DeliveryState.DEAD)
ERROR_LENGTH = 1_000


class DeliveryNotFound(NotFound):
    code = "delivery.not_found"
    message = _("There is no such delivery, or not any more.")


class NotFailed(Conflict):
    code = "delivery.not_failed"
    message = _("This delivery has not failed, so there is nothing to send again.")


class OnItsWay(Conflict):
    code = "delivery.on_its_way"
    message = _("This is being sent just now, or has been sent: it cannot be dropped.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    key: str
    employee_id: int
    way: str
    notice_ids: tuple[int, ...]


def plan(work: UnitOfWork, wanted: Sequence[NewDelivery]) -> None:
    """Each goes out as soon as it is not quiet; what has been planned under its key before stays as it is."""
    rows = [
        {
            "key": new.key,
            "employee_id": new.employee_id,
            "way": new.way,
            "notice_ids": list(new.notice_ids),
            "state": DeliveryState.WAITING,
            "created_at": work.now,
        }
        for new in wanted
    ]
    made = insert_and_read(work.session, Delivery, rows, "ON CONFLICT (key) DO NOTHING RETURNING id")
    if made:
        _schedule(work, [identity for (identity,) in made])


def plan_held_again(work: UnitOfWork) -> None:
    """What waits for an end of the quiet hours, and for nothing else, goes by the quiet hours as they are now."""
    held = (Job.kind == SEND_JOB) & (Job.state == JobState.WAITING) & (Job.attempts == 0) & (Job.due_at > work.now)
    _schedule(work, [payload["delivery_id"] for payload in work.session.scalars(select(Job.payload).where(held))])


def begun(work: UnitOfWork, delivery_id: int) -> bool:
    """It stands written that it goes out now; False for one that does not wait."""
    return _change(work, delivery_id, (DeliveryState.WAITING,), {"state": DeliveryState.SENDING})


def lost(work: UnitOfWork, delivery_id: int, error: str) -> None:
    """Whoever began to send it did not come back: a person decides."""
    values = {"state": DeliveryState.UNCERTAIN, "ended_at": work.now, "last_error": error}
    _change(work, delivery_id, (DeliveryState.SENDING,), values)


def ended(work: UnitOfWork, delivery_id: int, state: DeliveryState, error: str | None = None) -> None:
    """What came of it. Whoever reports late does not undo what was decided since."""
    undecided = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    values: dict[str, Any] = {"state": state, "ended_at": work.now, "last_error": error and error[:ERROR_LENGTH]}
    _change(work, delivery_id, undecided, values)


def wait_again(work: UnitOfWork, delivery_id: int, error: str) -> None:
    """Nothing was taken: the next attempt of its job may send it."""
    values = {"state": DeliveryState.WAITING, "last_error": error[:ERROR_LENGTH]}
    _change(work, delivery_id, (DeliveryState.SENDING,), values)


def give_up(work: UnitOfWork, event: JobGivenUp) -> None:
    """Its job is not tried any more; what had gone to the world by then may have arrived."""
    if event.kind != SEND_JOB:
        return
    told = {"last_error": event.error[:ERROR_LENGTH], "ended_at": work.now}
    delivery_id = event.payload["delivery_id"]
    _change(work, delivery_id, (DeliveryState.SENDING,), {"state": DeliveryState.UNCERTAIN, **told})
    _change(work, delivery_id, (DeliveryState.WAITING,), {"state": DeliveryState.DEAD, **told})


def send_again(work: UnitOfWork, delivery_id: int) -> None:
    """An administrator wants it sent, though it may have arrived; raises DeliveryNotFound, NotFailed."""
    require(work.actor, Permission.KEEP_CHANNELS)
    if not _change(work, delivery_id, FAILED, {"state": DeliveryState.WAITING, "ended_at": None}):
        _require_known(work, delivery_id)
        raise NotFailed
    _schedule(work, [delivery_id])
    record(work, "delivery.sent_again", "delivery", delivery_id)


def drop(work: UnitOfWork, delivery_id: int) -> None:
    """An administrator lets it be; the notice stands in the application all the same."""
    require(work.actor, Permission.KEEP_CHANNELS)
    values = {"state": DeliveryState.DROPPED, "ended_at": work.now}
    if not _change(work, delivery_id, (DeliveryState.WAITING, *FAILED), values):
        _require_known(work, delivery_id)
        raise OnItsWay
    cancel_by_key(work, _job_key(delivery_id))
    record(work, "delivery.dropped", "delivery", delivery_id)


def forget_old(work: UnitOfWork, before: datetime, most: int) -> None:
    """What was sent or dropped long ago; the last one stays, so that no id, and no Message-ID, is given twice."""
    last = select(func.max(Delivery.id)).scalar_subquery()
    is_old = Delivery.state.in_(ENDED) & (Delivery.ended_at < before) & (Delivery.id < last)
    ids = work.session.scalars(select(Delivery.id).where(is_old).limit(most).with_for_update(skip_locked=True)).all()
    if ids:
        work.session.execute(delete(Delivery).where(Delivery.id.in_(ids)).execution_options(synchronize_session=False))


def _schedule(work: UnitOfWork, delivery_ids: Sequence[int]) -> None:
    due_at = leaves_at(work.now, quiet_hours(work.session), work.settings.zone)
    schedule_all_again(
        work,
        [
            NewJob(kind=SEND_JOB, key=_job_key(each), due_at=due_at, payload={"delivery_id": each})
            for each in delivery_ids
        ],
    )


def _change(work: UnitOfWork, delivery_id: int, states: Collection[DeliveryState], values: dict[str, Any]) -> bool:
    changed = work.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.state.in_(states))
        .values(**values)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none() is not None


def _require_known(work: UnitOfWork, delivery_id: int) -> None:
    if work.session.scalar(select(Delivery.id).where(Delivery.id == delivery_id)) is None:
        raise DeliveryNotFound


def _job_key(delivery_id: int) -> str:
    return f"delivery:{delivery_id}"
