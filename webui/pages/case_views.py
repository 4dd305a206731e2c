"""A case in words: its journey step by step, and its data with the questions that were asked for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from engine.audit.queries import latest_of_case
from engine.base.unit_of_work import Reading
from engine.bpmn.joining import home_of
from engine.calendar.hours import NOTHING, WorkingHours, working_time_between
from engine.calendar.queries import working_hours
from engine.definitions.call_queries import files_called
from engine.definitions.graphs import graph_of
from engine.execution.applicants import ApplicantLine, find_applicant
from engine.execution.foresight import StepNow
from engine.execution.journeys import JourneyLine, journey
from engine.execution.promises import is_promised_as_a_whole
from engine.execution.queries import CaseDetail, case_by_number
from engine.execution.recalling import recallable
from engine.execution.repairs import ACTS
from engine.sla.stop_queries import StopLine, stops_of_case
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.queries import InboxLine, open_items_of_case, pools
from engine.worklist.returns import ReturnLine, returns_of_case
from webui.pages.answers import Answered, forms_by_node, view_of
from webui.pages.clocks import told
from webui.pages.repair_views import Call, Stop, calls_of, may_mend, places_of, stops_of
from webui.pages.trail import TrailRow, row_of
from webui.texts import _
from webui.wording import reason_of

OF_MESSAGES = (
    "message.arrived",
    "message.deleted",
    "message.delivered",
    "message.expired",
    "message.held",
    "plan.started",
    "signal.started",
    "timer.started",
)
DECIDED = ("decision.made",)
ESCALATED = ("work_item.escalated",)
MOST_REPAIRS = 20
MOST_DECISIONS = 20
MOST_ESCALATIONS = 50
MOST_MESSAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A step that somebody has to do now; `who` has it, or may take it from the queue."""

    line: InboxLine
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """What stands above every part of a case; `recallable` is what the reader may take back, ids and titles."""

    case: CaseDetail
    waiting: tuple[Waiting, ...]
    stops: tuple[Stop, ...]
    calls: tuple[Call, ...]
    places: tuple[StepNow, ...]
    may_mend: bool
    recallable: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """`took` and `late_by` are working time, till the end of the step or now; None when it is in time.

    While its clock stands still, nothing is added to them.

    `called` names the called procedure that the step belongs to; it is empty for steps of the case's own.
    `returned` is how often the case came back to the step for revision, said at its last turn.
    """

    line: JourneyLine
    took: timedelta
    late_by: timedelta | None
    who: str
    why: str
    answers: Answered
    called: str
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """`took` is the working time of the whole case, so far or in all; `repairs` are what administrators did to it.

    `decisions` say which rules of its tables have decided, `returns` from which items it went back.
    """

    steps: tuple[JourneyStep, ...]
    messages: tuple[TrailRow, ...]
    decisions: tuple[TrailRow, ...]
    escalations: tuple[TrailRow, ...]
    repairs: tuple[TrailRow, ...]
    took: timedelta
    returns: Mapping[int, ReturnLine]
    applicant: ApplicantLine | None
    stops: tuple[tuple[StopLine, str], ...]
    is_promised_as_a_whole: bool


def case_page(reading: Reading, number: str) -> CasePage:
    case = case_by_number(reading, number)
    lines = open_items_of_case(reading.session, case.instance_id)
    queues = _queues(reading.session, lines)
    return CasePage(
        case=case,
        waiting=tuple(Waiting(line=line, who=_holder(line, queues)) for line in lines),
        stops=stops_of(reading, case),
        calls=calls_of(reading, case),
        places=places_of(reading, case),
        may_mend=may_mend(reading),
        recallable=recallable(reading, WorkItem.instance_id == case.instance_id),
    )


def journey_of(reading: Reading, case: CaseDetail) -> Journey:
    hours = working_hours(reading.session, reading.settings.zone, case.unit_id)
    forms = forms_by_node(reading.session, case.version_id)
    called = {file.version_id: file.name for file in files_called(reading.session, case.version_id)}
    lines = journey(reading.session, case.instance_id)
    queues = _queues(reading.session, [line for line in lines if line.state is WorkItemState.OPEN])
    returns = returns_of_case(reading.session, case.instance_id)
    came_back = Counter(each.to_node for each in returns if not each.is_recall)
    last_turns = {line.node: line.work_item_id for line in lines}

    def step(line: JourneyLine) -> JourneyStep:
        until = line.done_at or line.closed_at or line.clock_stopped_at or reading.now
        is_late = line.due_at is not None and line.due_at < until
        passed = working_time_between(line.opened_at, until, hours)
        return JourneyStep(
            line=line,
            took=max(NOTHING, passed - timedelta(minutes=line.stopped_minutes)),
            late_by=working_time_between(line.due_at, until, hours) if is_late and line.due_at else None,
            who=_holder(line, queues) if line.state is WorkItemState.OPEN else _doer(line),
            why=reason_of(line.reason),
            answers=view_of(forms.get(line.node), line.answers or {}, case.variables),
            called=called.get(home_of(line.node, case.version_id)[0], ""),
            returned=came_back[line.node] if last_turns[line.node] == line.work_item_id else 0,
        )

    return Journey(
        steps=tuple(step(line) for line in lines),
        repairs=_repairs(reading, case),
        messages=_correspondence(reading, case),
        decisions=_decisions(reading, case),
        escalations=_escalations(reading, case),
        took=max(NOTHING, _passed(reading, case, hours) - timedelta(minutes=case.stopped_minutes)),
        returns={each.work_item_id: each for each in returns},
        applicant=find_applicant(reading, case.instance_id) if case.may_see_applicant else None,
        stops=tuple((stop, told(stop)) for stop in stops_of_case(reading.session, case.instance_id)),
        is_promised_as_a_whole=is_promised_as_a_whole(graph_of(reading.session, case.version_id), case.definition_key),
    )


def _passed(reading: Reading, case: CaseDetail, hours: WorkingHours) -> timedelta:
    return working_time_between(case.started_at, case.ended_at or case.clock_stopped_at or reading.now, hours)


def _correspondence(reading: Reading, case: CaseDetail) -> tuple[TrailRow, ...]:
    """What was said between this case and others, and what began it if nobody did."""
    return tuple(row_of(line) for line in latest_of_case(reading.session, case.instance_id, OF_MESSAGES, MOST_MESSAGES))


def _decisions(reading: Reading, case: CaseDetail) -> tuple[TrailRow, ...]:
    return tuple(row_of(line) for line in latest_of_case(reading.session, case.instance_id, DECIDED, MOST_DECISIONS))


def _escalations(reading: Reading, case: CaseDetail) -> tuple[TrailRow, ...]:
    """What was done about work that nobody answered in time."""
    lines = latest_of_case(reading.session, case.instance_id, ESCALATED, MOST_ESCALATIONS)
    return tuple(row_of(line) for line in lines)


def _repairs(reading: Reading, case: CaseDetail) -> tuple[TrailRow, ...]:
    return tuple(row_of(line) for line in latest_of_case(reading.session, case.instance_id, ACTS, MOST_REPAIRS))


def _doer(line: JourneyLine) -> str:
    """Both names, where one did it on behalf of the other."""
    if line.closed_for_name is None:
        return line.closed_by_name or ""
    return _("%(name)s on behalf of %(principal)s", name=line.closed_by_name, principal=line.closed_for_name)


def _queues(session: Session, lines: Iterable[InboxLine | JourneyLine]) -> dict[int, tuple[str, ...]]:
    """Whose queue the lines lie in that nobody has taken."""
    waiting = [line.work_item_id for line in lines if line.assignee_name is None]
    return pools(session, waiting) if waiting else {}


def _holder(line: InboxLine | JourneyLine, queues: Mapping[int, tuple[str, ...]]) -> str:
    return line.assignee_name or ", ".join(queues.get(line.work_item_id, ()))
