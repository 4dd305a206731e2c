"""The jobs by which notices leave the house, and what is cleared away after them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.base.unit_of_work import UnitOfWork
from engine.jobs.claiming import JobCall
from engine.notifications import deliveries, dispatch
from engine.notifications.sending import Begin, sending

if TYPE_CHECKING:
    from engine.core.core import Core

EARLIER_MAIL_JOB = "mail.notice"  # one that an earlier version of the program has left waiting
FORGOTTEN_AT_ONCE = 500


def _sending(core: "Core", calls: Sequence[JobCall]) -> AbstractContextManager[Begin]:
    return sending(core.read, core.work, calls)


JOBS: Mapping[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    dispatch.DISPATCH_JOB: dispatch.dispatch,
    dispatch.DIGEST_JOB: dispatch.digest,
    EARLIER_MAIL_JOB: dispatch.dispatch_one,
}
MANY_JOBS: Mapping[str, Callable[[UnitOfWork, Sequence[Mapping[str, Any]]], None]] = {
    dispatch.DISPATCH_JOB: dispatch.dispatch_many
}
ROUNDS: Mapping[str, Callable[["Core", Sequence[JobCall]], AbstractContextManager[Begin]]] = {
    deliveries.SEND_JOB: _sending
}


def forget_old_deliveries(work: UnitOfWork) -> None:
    """As long as finished jobs are kept."""
    deliveries.forget_old(work, work.now - timedelta(days=work.settings.job_days), FORGOTTEN_AT_ONCE)
