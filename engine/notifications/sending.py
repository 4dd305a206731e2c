"""Sending deliveries: outside jobs, which tell before they call the world and after, and never call it twice.

See decision 0011. A worker that died in between leaves SENDING behind; whoever gets the job next cannot know whether it
arrived, and asks a person.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial

from engine.base.i18n import _, translate
from engine.base.unit_of_work import UnitOfWork
from engine.execution.services import Look, Outcome
from engine.jobs.backoff import is_last
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.jobs.operations import schedule_again
from engine.notifications.composing import Known, composed, known_of
from engine.notifications.deliveries import begun, ended, lost, wait_again
from engine.notifications.errands import Errand
from engine.notifications.failures import NotDelivered, Uncertain
from engine.notifications.mail import MailRound
from engine.notifications.model import DeliveryState
from engine.notifications.moments import Quiet, leaves_at
from engine.notifications.queries import quiet_hours

OpenWork = Callable[[], AbstractContextManager[UnitOfWork]]
Going = Callable[[], Outcome]
Begin = Callable[[UnitOfWork, JobCall], Going]
LOST = _("The sender was lost while it was sending, so it may have arrived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What deliveries that follow one another share."""

    known: Known
    quiet: Quiet | None
    mails: MailRound
    open_work: OpenWork
    language: str


@contextmanager
def sending(look: Look, open_work: OpenWork, calls: Sequence[JobCall]) -> Iterator[Begin]:
    """How each of these is begun: what it returns calls the world, and raises NotDelivered to be tried again."""
    with look() as reading:
        known = known_of(reading, {call.payload["delivery_id"] for call in calls})
        quiet, settings = quiet_hours(reading.session), reading.settings
    with closing(MailRound(settings)) as mails:
        together = Round(known=known, quiet=quiet, mails=mails, open_work=open_work, language=settings.language)
        yield partial(_begin, together)


def _begin(together: Round, work: UnitOfWork, call: JobCall) -> Going:
    if leaves_at(work.now, together.quiet, work.settings.zone) > work.now:
        return lambda: partial(_wait, call)
    errand = _errand(together, work, call.payload["delivery_id"])
    return (lambda: _nothing_more) if errand is None else partial(_go, together, call, errand)


def _errand(together: Round, work: UnitOfWork, delivery_id: int) -> Errand | None:
    """The errand, once it stands written that it goes out now; None when there is nothing to do."""
    delivery = together.known.deliveries.get(delivery_id)
    if delivery is None or not begun(work, delivery_id):
        lost(work, delivery_id, translate(LOST, None, work.settings.language))
        return None
    try:
        errand = composed(work, delivery, together.known, together.mails)
    except Hopeless as error:
        ended(work, delivery_id, DeliveryState.DEAD, error.text(work.settings.language))
        return None
    if errand is None:
        ended(work, delivery_id, DeliveryState.DROPPED)
    return errand


def _go(together: Round, call: JobCall, errand: Errand) -> Outcome:
    delivery_id, language = call.payload["delivery_id"], together.language
    try:
        errand.go()
    except Uncertain as error:
        return _ending(delivery_id, DeliveryState.UNCERTAIN, error.text(language))
    except Hopeless as error:
        return _ending(delivery_id, DeliveryState.DEAD, error.text(language))
    except NotDelivered as error:
        if is_last(call.attempt):
            return _ending(delivery_id, DeliveryState.DEAD, error.text(language))
        with together.open_work() as work:
            wait_again(work, delivery_id, error.text(language))
        raise
    return _ending(delivery_id, DeliveryState.SENT)


def _wait(call: JobCall, work: UnitOfWork, is_held: bool) -> None:
    """The office is quiet now: the job is due again when that ends."""
    if is_held:
        due_at = leaves_at(work.now, quiet_hours(work.session), work.settings.zone)
        schedule_again(work, call.kind, call.key, due_at, call.payload)


def _ending(delivery_id: int, state: DeliveryState, error: str | None = None) -> Outcome:
    return lambda work, _is_held: ended(work, delivery_id, state, error)


def _nothing_more(_work: UnitOfWork, _is_held: bool) -> None:
    """It was sent, dropped or decided otherwise before."""
