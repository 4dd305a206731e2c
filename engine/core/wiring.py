"""What follows from what: reactions to events, and the handler of each kind of job."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.base.unit_of_work import UnitOfWork
from engine.core import housekeeping, lateness, reactions
from engine.execution import letters, messages, outgoing, services, timers
from engine.execution.events import CaseEnded, IncidentOpened
from engine.execution.recording import TIMER_JOB
from engine.jobs.claiming import JobCall
from engine.notifications.mail import MAIL_JOB
from engine.organisation.events import OrganisationImported
from engine.sla import operations as sla
from engine.sla.events import WorkAtRisk, WorkBecameLate
from engine.worklist.deadlines import OVERDUE_JOB, REMIND_JOB
from engine.worklist.events import WorkArrived, WorkHandedOver, WorkUnassigned

if TYPE_CHECKING:
    from engine.core.core import Core

REACTIONS: dict[type[Any], Callable[[UnitOfWork, Any], None]] = {
    OrganisationImported: reactions.record_import,
    WorkArrived: reactions.tell_of_work,
    WorkHandedOver: reactions.tell_of_handover,
    WorkUnassigned: reactions.tell_of_unassigned_work,
    CaseEnded: reactions.tell_starter,
    IncidentOpened: reactions.tell_administrators,
    WorkAtRisk: lateness.tell_of_risk,
    WorkBecameLate: lateness.tell_of_lateness,
}

SERVICES: dict[str, services.Operation] = {
    "number_letter": letters.number_letter,
    "notify": reactions.notify_service,
}


def _run_service(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    services.run(work, payload, SERVICES)


LOCAL_JOBS: dict[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    TIMER_JOB: timers.fire,
    outgoing.CONTINUE_JOB: timers.go_on,
    outgoing.SERVICE_JOB: _run_service,
    outgoing.MESSAGE_JOB: messages.route,
    outgoing.SIGNAL_JOB: messages.route_signal,
    messages.HEAR_JOB: messages.hear,
    REMIND_JOB: sla.remind,
    OVERDUE_JOB: sla.become_overdue,
    housekeeping.SWEEP_JOB: housekeeping.sweep_sessions,
}

OUTSIDE_JOBS: dict[str, Callable[["Core", JobCall], None]] = {MAIL_JOB: reactions.send_mail}


def react(work: UnitOfWork) -> None:
    """Let everyone concerned act on what was told; what they tell in turn is heard too."""
    heard = 0
    while heard < len(work.events):
        event = work.events[heard]
        heard += 1
        reaction = REACTIONS.get(type(event))
        if reaction is not None:
            reaction(work, event)
