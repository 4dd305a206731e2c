"""Sending one delivery: an outside job, which tells before it calls the world and after, and never calls it twice.

See decision 0011. A worker that died in between leaves SENDING behind; whoever gets the job next cannot know whether it
arrived, and asks a person.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import select

from engine.base.errors import TataKerjaError
from engine.base.i18n import _, translate
from engine.base.unit_of_work import UnitOfWork
from engine.execution.services import Outcome
from engine.jobs.backoff import is_last
from engine.jobs.claiming import JobCall, still_holds
from engine.jobs.errors import Hopeless
from engine.jobs.operations import schedule_again
from engine.notifications.composing import composed
from engine.notifications.deliveries import ended, wait_again
from engine.notifications.errands import Errand
from engine.notifications.failures import NotDelivered, Uncertain
from engine.notifications.model import Delivery, DeliveryState
from engine.notifications.moments import leaves_at
from engine.notifications.queries import quiet_hours

OpenWork = Callable[[], AbstractContextManager[UnitOfWork]]
LOST = _("The sender was lost while it was sending, so it may have arrived.")


def send(open_work: OpenWork, call: JobCall) -> Outcome:
    """Raises NotDelivered when another attempt is to be made."""
    delivery_id = call.payload["delivery_id"]
    with open_work() as work:
        waits_until = leaves_at(work.now, quiet_hours(work.session), work.settings.zone)
        if waits_until > work.now:
            return lambda work, is_held: _wait(work, call) if is_held else None
        errand, language = _begun(work, call, delivery_id), work.settings.language
    if errand is None:
        return _nothing_more
    try:
        errand.go()
    except Uncertain as error:
        return _ending(delivery_id, DeliveryState.UNCERTAIN, error.text(language))
    except Hopeless as error:
        return _ending(delivery_id, DeliveryState.DEAD, error.text(language))
    except NotDelivered as error:
        if is_last(call.attempt):
            return _ending(delivery_id, DeliveryState.DEAD, error.text(language))
        with open_work() as work:
            wait_again(work, delivery_id, error.text(language))
        raise
    return _ending(delivery_id, DeliveryState.SENT)


def _begun(work: UnitOfWork, call: JobCall, delivery_id: int) -> Errand | None:
    """The errand, once it stands written that it goes out now; None when there is nothing to do."""
    delivery = work.session.scalar(select(Delivery).where(Delivery.id == delivery_id).with_for_update())
    if delivery is None or not still_holds(work.session, call):
        return None
    if delivery.state == DeliveryState.SENDING:
        ended(work, delivery_id, DeliveryState.UNCERTAIN, translate(LOST, None, work.settings.language))
        return None
    if delivery.state != DeliveryState.WAITING:
        return None
    delivery.state = DeliveryState.SENDING
    work.session.flush()  # `ended` speaks to the row itself
    try:
        errand = composed(work, delivery)
    except Hopeless as error:
        ended(work, delivery_id, DeliveryState.DEAD, _told(error, work))
        return None
    if errand is None:
        ended(work, delivery_id, DeliveryState.DROPPED)
    return errand


def _wait(work: UnitOfWork, call: JobCall) -> None:
    """The office is quiet now: the job is due again when that ends."""
    due_at = leaves_at(work.now, quiet_hours(work.session), work.settings.zone)
    schedule_again(work, call.kind, call.key, due_at, call.payload)


def _ending(delivery_id: int, state: DeliveryState, error: str | None = None) -> Outcome:
    return lambda work, _is_held: ended(work, delivery_id, state, error)


def _nothing_more(_work: UnitOfWork, _is_held: bool) -> None:
    """It was sent, dropped or decided otherwise before."""


def _told(error: TataKerjaError, work: UnitOfWork) -> str:
    return error.text(work.settings.language)
