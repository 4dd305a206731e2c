"""Every conformance case there is."""

from tests.conformance.cases.events import EVENTS
from tests.conformance.cases.gateways import GATEWAYS
from tests.conformance.cases.loops import LOOPS
from tests.conformance.cases.scopes import SCOPES
from tests.conformance.cases.tasks import FLOWS, TASKS
from tests.conformance.trace import Refusal, Trace

TRACES: tuple[Trace, ...] = (*TASKS, *FLOWS, *GATEWAYS, *EVENTS, *LOOPS, *SCOPES)
REFUSALS: tuple[Refusal, ...] = ()
