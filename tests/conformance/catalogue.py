"""Every conformance case there is."""

from tests.conformance.cases.ad_hoc_work import AD_HOC
from tests.conformance.cases.borders import AT_BORDER, DRAWN_AS_PATIENT, EACH_TIME, ON_A_TASK, TOO_LATE
from tests.conformance.cases.calls import CALLS
from tests.conformance.cases.catching import BEGINNINGS, CATCHING, MORE_CATCHING, NONE_EVENTS
from tests.conformance.cases.combinations import COMBINATIONS
from tests.conformance.cases.complex_gateways import COMPLEX
from tests.conformance.cases.decisions import DECISIONS
from tests.conformance.cases.event_gateways import EVENT_BASED
from tests.conformance.cases.event_sub_processes import EVENT_SUB_PROCESSES
from tests.conformance.cases.events_in_scopes import CROSSING
from tests.conformance.cases.exclusive_gateways import EXCLUSIVE
from tests.conformance.cases.flows import FLOWS
from tests.conformance.cases.in_turn import OF_CALLS, ONE_AFTER_THE_OTHER, STANDARD_LOOPS
from tests.conformance.cases.inclusive_gateways import INCLUSIVE
from tests.conformance.cases.more_combinations import MORE_COMBINATIONS
from tests.conformance.cases.parallel_gateways import PARALLEL
from tests.conformance.cases.readings import READINGS
from tests.conformance.cases.refusals import REFUSALS
from tests.conformance.cases.sending import THROWING
from tests.conformance.cases.side_by_side import SIDE_BY_SIDE, TELLING
from tests.conformance.cases.sub_processes import SUB_PROCESSES
from tests.conformance.cases.tasks import TASKS
from tests.conformance.cases.undoing import UNDOING
from tests.conformance.trace import Refusal, Trace

TRACES: tuple[Trace, ...] = (
    *TASKS,
    *FLOWS,
    *DECISIONS,
    *EXCLUSIVE,
    *PARALLEL,
    *INCLUSIVE,
    *COMPLEX,
    *EVENT_BASED,
    *AT_BORDER,
    *DRAWN_AS_PATIENT,
    *EACH_TIME,
    *ON_A_TASK,
    *TOO_LATE,
    *EVENT_SUB_PROCESSES,
    *BEGINNINGS,
    *CATCHING,
    *MORE_CATCHING,
    *NONE_EVENTS,
    *THROWING,
    *SIDE_BY_SIDE,
    *TELLING,
    *OF_CALLS,
    *ONE_AFTER_THE_OTHER,
    *STANDARD_LOOPS,
    *SUB_PROCESSES,
    *CALLS,
    *AD_HOC,
    *UNDOING,
    *READINGS,
    *CROSSING,
    *COMBINATIONS,
    *MORE_COMBINATIONS,
)
REFUSED: tuple[Refusal, ...] = REFUSALS
