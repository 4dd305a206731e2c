"""The jobs by which notices leave the house, and what is cleared away after them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.base.unit_of_work import UnitOfWork
from engine.execution import services
from engine.jobs.claiming import JobCall
from engine.notifications import deliveries, dispatch
from engine.notifications.sending import send

if TYPE_CHECKING:
    from engine.core.core import Core

EARLIER_MAIL_JOB = "mail.notice"  # one that an earlier version of the program has left waiting
FORGOTTEN_AT_ONCE = 500


def _send(core: "Core", call: JobCall) -> services.Outcome:
    return send(core.work, call)


JOBS: Mapping[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    dispatch.DISPATCH_JOB: dispatch.dispatch,
    dispatch.DIGEST_JOB: dispatch.digest,
    EARLIER_MAIL_JOB: dispatch.dispatch_one,
}
MANY_JOBS: Mapping[str, Callable[[UnitOfWork, Sequence[Mapping[str, Any]]], None]] = {
    dispatch.DISPATCH_JOB: dispatch.dispatch_many
}
OUTSIDE_JOBS: Mapping[str, Callable[["Core", JobCall], services.Outcome]] = {deliveries.SEND_JOB: _send}


def forget_old_deliveries(work: UnitOfWork) -> None:
    """As long as finished jobs are kept."""
    deliveries.forget_old(work, work.now - timedelta(days=work.settings.job_days), FORGOTTEN_AT_ONCE)
