"""Every conformance case there is."""

from tests.conformance.cases.combinations import COMBINATIONS
from tests.conformance.cases.decisions import DECISIONS
from tests.conformance.cases.events import EVENTS
from tests.conformance.cases.gateways import GATEWAYS
from tests.conformance.cases.loops import LOOPS
from tests.conformance.cases.readings import READINGS, REFUSALS
from tests.conformance.cases.scopes import SCOPES
from tests.conformance.cases.sending import THROWING
from tests.conformance.cases.tasks import FLOWS, TASKS
from tests.conformance.trace import Refusal, Trace

TRACES: tuple[Trace, ...] = (
    *TASKS,
    *FLOWS,
    *DECISIONS,
    *GATEWAYS,
    *EVENTS,
    *THROWING,
    *LOOPS,
    *SCOPES,
    *READINGS,
    *COMBINATIONS,
)
REFUSED: tuple[Refusal, ...] = REFUSALS
