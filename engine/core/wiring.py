"""What follows from what: reactions to events, and the handler of each kind of job."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.access import failed_sign_ins
from engine.access.resets import RESET_MAIL_JOB
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.core import (
    casework,
    clocks,
    given_duties,
    housekeeping,
    lateness,
    office_import,
    planning,
    reactions,
    standing_in,
    table_sheets,
    telling,
    unseen,
)
from engine.definitions.events import VersionPublished
from engine.definitions.triggers import TIMED_START_JOB
from engine.execution import holding, letters, messages, outgoing, services, starts, timers, webhook
from engine.execution.events import CaseEnded, IncidentOpened
from engine.execution.timer_rows import TIMER_JOB
from engine.insight import nightly
from engine.insight.events import FiguresDiffered
from engine.jobs.claiming import JobCall
from engine.jobs.events import JobGivenUp
from engine.notifications.case_mail import send_email
from engine.sla import moving
from engine.sla import operations as sla
from engine.sla.events import DeadlinesMoved, WorkEscalated
from engine.staffing import unit_handover
from engine.worklist import marking
from engine.worklist.deadlines import OVERDUE_JOB, REMIND_JOB
from engine.worklist.events import FollowUpCame, WorkArrived, WorkHandedOver, WorkUnassigned

if TYPE_CHECKING:
    from engine.core.core import Core

REACTIONS: dict[type[Any], Callable[[UnitOfWork, Any], None]] = {
    VersionPublished: reactions.offer_held_messages,
    **standing_in.REACTIONS,
    **given_duties.REACTIONS,
    **casework.REACTIONS,
    **clocks.REACTIONS,
    **planning.REACTIONS,
    WorkArrived: reactions.tell_of_work,
    WorkHandedOver: reactions.tell_of_handover,
    WorkUnassigned: reactions.tell_of_unassigned_work,
    CaseEnded: reactions.tell_starter,
    IncidentOpened: reactions.tell_administrators,
    JobGivenUp: reactions.go_on_without,
    WorkEscalated: lateness.tell_of_escalation,
    FollowUpCame: lateness.tell_of_follow_up,
    CalendarChanged: planning.move_all,
    DeadlinesMoved: lateness.tell_of_moves,
    FiguresDiffered: reactions.tell_of_figures,
}

SERVICES: dict[str, services.Operation] = {
    "number_letter": letters.number_letter,
    "notify": reactions.notify_service,
}

CALLS: dict[str, services.Call] = {
    "send_email": send_email,
    "webhook": webhook.call,
}


def _run_service(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    services.run(work, payload, SERVICES)


def _ask_service(core: "Core", call: JobCall) -> services.Outcome:
    return services.ask(core.read, call, CALLS)


def _send_reset_link(core: "Core", call: JobCall) -> services.Outcome:
    reactions.send_reset_link(core, call)
    return lambda _work, _is_held: None


LOCAL_JOBS: dict[str, Callable[[UnitOfWork, Mapping[str, Any]], None]] = {
    TIMER_JOB: timers.fire,
    outgoing.CONTINUE_JOB: timers.go_on,
    outgoing.SERVICE_JOB: _run_service,
    outgoing.MESSAGE_JOB: messages.route,
    outgoing.SIGNAL_JOB: messages.route_signal,
    messages.HEAR_JOB: messages.hear,
    holding.OFFER_JOB: messages.offer,
    holding.OFFER_ALL_JOB: holding.offer_all,
    holding.TAKE_JOB: messages.take,
    holding.EXPIRE_JOB: holding.expire,
    starts.SIGNALLED_START_JOB: starts.start_on_signal,
    TIMED_START_JOB: starts.start_on_time,
    REMIND_JOB: sla.remind,
    OVERDUE_JOB: sla.become_overdue,
    sla.RUNG_JOB: sla.climb_on,
    marking.FOLLOW_UP_JOB: marking.remind_of_follow_up,
    moving.MOVE_JOB: moving.move_deadlines,
    **clocks.JOBS,
    **standing_in.JOBS,
    **planning.JOBS,
    **telling.JOBS,
    unit_handover.HANDOVER_JOB: unit_handover.hand_over,
    housekeeping.SWEEP_JOB: housekeeping.sweep,
    table_sheets.SHEETS_JOB: table_sheets.give_sheets,
    nightly.MAKE_JOB: nightly.make,
    failed_sign_ins.FAILED_JOB: failed_sign_ins.note_failure,
    unseen.UNSEEN_JOB: unseen.look_for_unseen,
    nightly.CHECK_JOB: nightly.check,
}

# Of these, one handler takes the payloads of many at a time.
MANY_JOBS: dict[str, Callable[[UnitOfWork, Sequence[Mapping[str, Any]]], None]] = {
    REMIND_JOB: sla.remind_many,
    OVERDUE_JOB: sla.become_overdue_many,
    sla.RUNG_JOB: sla.climb_on_many,
    **telling.MANY_JOBS,
}

# Thousands of them may be due at the same moment, each a matter of milliseconds.
QUICK_JOBS = frozenset({TIMER_JOB, *MANY_JOBS})

# Run with no transaction open; what they return is written in the transaction that ends the job.
OUTSIDE_JOBS: dict[str, Callable[["Core", JobCall], services.Outcome]] = {
    RESET_MAIL_JOB: _send_reset_link,
    outgoing.SERVICE_CALL_JOB: _ask_service,
    office_import.COMPARE_JOB: office_import.run_comparison,
    office_import.IMPORT_JOB: office_import.run_import,
}

# So are these, of which one worker begins the next in the transaction that ends the one before.
ROUNDS = telling.ROUNDS

OF_THE_WORLD = frozenset({*OUTSIDE_JOBS, *ROUNDS})


def react(work: UnitOfWork) -> None:
    """Let everyone concerned act on what was told; what they tell in turn is heard too."""
    heard = 0
    while heard < len(work.events):
        event = work.events[heard]
        heard += 1
        reaction = REACTIONS.get(type(event))
        if reaction is not None:
            reaction(work, event)
