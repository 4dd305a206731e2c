from datetime import UTC, datetime, timedelta

import pytest

from engine.sla.states import SlaState, sla_state

DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RISK = DUE - timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (RISK - MINUTE, SlaState.ON_TRACK),
        (RISK, SlaState.AT_RISK),
        (DUE - MINUTE, SlaState.AT_RISK),
        (DUE, SlaState.LATE),
        (DUE + MINUTE, SlaState.LATE),
    ],
)
def test_open_work_grows_late(now, state):
    assert sla_state(risk_at=RISK, due_at=DUE, closed_at=None, now=now) == state


@pytest.mark.parametrize(("closed_at", "state"), [(DUE, SlaState.MET), (DUE + MINUTE, SlaState.MISSED)])
def test_closed_work_keeps_its_verdict(closed_at, state):
    assert sla_state(risk_at=RISK, due_at=DUE, closed_at=closed_at, now=DUE + timedelta(days=9)) == state


def test_work_without_standard_time_has_no_state():
    assert sla_state(risk_at=None, due_at=None, closed_at=None, now=DUE) is None


@pytest.mark.parametrize(
    ("stopped_at", "state"),
    [(RISK - MINUTE, SlaState.STOPPED), (RISK, SlaState.STOPPED), (DUE, SlaState.LATE), (DUE + MINUTE, SlaState.LATE)],
)
def test_what_stands_still_does_not_become_late(stopped_at, state):
    later = DUE + timedelta(days=9)
    assert sla_state(risk_at=RISK, due_at=DUE, closed_at=None, now=later, stopped_at=stopped_at) == state


def test_work_without_standard_time_may_stand_still():
    assert sla_state(risk_at=None, due_at=None, closed_at=None, now=DUE, stopped_at=RISK) is SlaState.STOPPED
