"""What the page of a case says when it stands still, and what an administrator may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.access.permissions import Permission, allows
from engine.base.i18n import _, translate
from engine.base.unit_of_work import Reading
from engine.definitions.graphs import graph_of
from engine.execution.foresight import StepNow, name_of, steps_now
from engine.execution.incidents import incidents_of_case
from engine.execution.model import InstanceState
from engine.execution.outgoing import SERVICE_CALL_JOB
from engine.execution.queries import CaseDetail
from engine.execution.repairs import PERSONS_STEP
from engine.execution.standing import RUNNING
from engine.jobs.model import Job, JobState
from engine.runtime import inspect
from engine.runtime.state import Stage
from webui.language import language

SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess", "callActivity"})

# What helps, by what happened: the longest beginning of the incident's code counts.
ADVICE: Mapping[str, str] = {
    "": _("Mend what the reason names, then try again. What was done before stays done."),
    "expression.": _("A value of the case is missing or of the wrong kind. Correct the data, then try again."),
    "gateway.no_way": _("No branch fits the data. Correct the data and try again, or let the case continue elsewhere."),
    "service.": _("Mend what the reason names, then try again. If it was done another way, complete the step by hand."),
    "error.uncaught": _("The procedure does not say what to do then. Complete it by hand, or continue elsewhere."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One incident: what happened, at which step, since when, and what helps. `has_place`: it can be moved on."""

    incident_id: int
    activity_id: int
    step: str
    message: str
    advice: str
    since: datetime
    may_complete: bool
    has_place: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A step that waits for another server, and how that went so far."""

    step: str
    attempts: int
    last_error: str
    next_at: datetime


def may_mend(reading: Reading) -> bool:
    return allows(reading.actor, Permission.MEND_INCIDENTS)


def stops_of(reading: Reading, case: CaseDetail) -> tuple[Stop, ...]:
    """In the reader's language; the rows say when, the state says what."""
    if case.state != InstanceState.INCIDENT:
        return ()
    graph = graph_of(reading.session, case.version_id)
    living = {step.activity_id: step for step in inspect.living(graph, case.state_text)}
    told = {each.activity_id: each for each in inspect.incidents(case.state_text)}
    return tuple(
        Stop(
            incident_id=line.incident_id,
            activity_id=line.activity_id,
            step=name_of(graph.nodes[living[line.activity_id].node]),
            message=told[line.activity_id].text(language()),
            advice=translate(advice_for(line.code), None, language()),
            since=line.opened_at,
            may_complete=_is_no_persons_work(living[line.activity_id]),
            has_place=living[line.activity_id].kind != "process",
        )
        for line in incidents_of_case(reading.session, case.instance_id)
        if line.activity_id in told
    )


def advice_for(code: str) -> str:
    return ADVICE[max((beginning for beginning in ADVICE if code.startswith(beginning)), key=len)]


def calls_of(reading: Reading, case: CaseDetail) -> tuple[Call, ...]:
    """Calls that did not succeed at once and are tried again."""
    if case.state not in RUNNING:
        return ()
    graph = graph_of(reading.session, case.version_id)
    jobs = reading.session.scalars(
        select(Job)
        .where(Job.instance_id == case.instance_id, Job.kind == SERVICE_CALL_JOB)
        .where(Job.state == JobState.WAITING, Job.attempts > 0)
        .order_by(Job.id)
    )
    return tuple(
        Call(
            step=name_of(graph.nodes[job.payload["node"]]),
            attempts=job.attempts,
            last_error=job.last_error or "",
            next_at=job.due_at,
        )
        for job in jobs
    )


def places_of(reading: Reading, case: CaseDetail) -> tuple[StepNow, ...]:
    """Where a case that runs may be moved on from, or let happen what it waits for; for those who may."""
    if not may_mend(reading) or case.state not in RUNNING:
        return ()
    steps = steps_now(reading, case.instance_id)
    return tuple(step for step in steps if step.kind not in SCOPES or step.waits_for or step.has_failed)


def _is_no_persons_work(step: inspect.LivingActivity) -> bool:
    return step.kind != PERSONS_STEP or step.state is Stage.DONE
