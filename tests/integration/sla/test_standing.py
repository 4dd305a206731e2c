"""What lists and numbers call late or at risk is what the pages of the work say of it."""

from datetime import UTC, datetime, timedelta
from itertools import product

from sqlalchemy import literal, select

from engine.base.database import Instant
from engine.sla.states import SlaState, sla_state
from engine.worklist.standing import is_at_risk, is_late

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOURS = [None, -2, -1, 0, 1, 2]


def moment(hours: int | None) -> datetime | None:
    return None if hours is None else NOW + timedelta(hours=hours)


def test_criteria_and_states_agree(session):
    for due, stopped in product(HOURS, [None, -3, -2, -1, 0]):
        risk_at, due_at, stopped_at = (moment(each) for each in (None if due is None else due - 1, due, stopped))
        state = sla_state(risk_at=risk_at, due_at=due_at, closed_at=None, now=NOW, stopped_at=stopped_at)
        columns = [literal(each, Instant) for each in (risk_at, due_at, stopped_at)]
        late, at_risk = session.execute(select(is_late(NOW, *columns[1:]), is_at_risk(NOW, *columns))).one()
        assert (bool(late), bool(at_risk)) == (state is SlaState.LATE, state is SlaState.AT_RISK), (due, stopped)
