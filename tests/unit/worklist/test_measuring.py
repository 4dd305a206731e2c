"""Minutes are shared out between waiting and work, and none of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from engine.worklist.measuring import Measured, measured

FRESH = Measured(waited=0, worked=0)


def test_what_nobody_has_waits():
    assert measured(20, FRESH, is_held=False) == Measured(waited=20, worked=0)


def test_what_somebody_has_is_worked_on_after_it_waited():
    assert measured(50, Measured(waited=20, worked=0), is_held=True) == Measured(waited=20, worked=30)


@given(
    turns=st.lists(st.tuples(st.integers(-5, 500), st.booleans())),
)
def test_all_that_passed_is_shared_out_even_if_the_calendar_shrinks(turns):
    passed, found = 0, FRESH
    for more, is_held in turns:
        passed = max(0, passed + more)
        found = measured(passed, found, is_held=is_held)
        assert (found.waited + found.worked, min(found.waited, found.worked) >= 0) == (passed, True)
