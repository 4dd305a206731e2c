from random import Random

from hypothesis import HealthCheck, given, settings

from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import Case
from tests.unit.runtime.oracle import Oracle
from tests.unit.runtime.random_models import diagrams, schedules

MOST_STEPS = 40


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(source=diagrams, schedule=schedules)
def test_random_diagrams_run_as_the_token_game_says(source: bytes, schedule: Random):
    """State is text at every step, and inbox, timers and subscriptions follow from it at every step."""
    oracle, case = Oracle(source), Case(read_plainly(source))
    for _step in range(MOST_STEPS):
        assert case.open == sorted(oracle.open)
        if not oracle.open:
            break
        name = schedule.choice(sorted(set(oracle.open)))
        oracle.complete(name)
        case.complete(name)
    if not oracle.open:
        assert case.has_ended == oracle.is_clean
        assert case.faults == ([] if oracle.is_clean else ["join.stranded"])
