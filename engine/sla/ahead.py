"""What will come if nobody answers: of one item, and of a ladder for work that was opened now."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from engine.base.unit_of_work import Reading
from engine.calendar.hours import add_working_time
from engine.calendar.queries import working_hours
from engine.calendar.standard import RISK_FRACTION
from engine.sla.climbed import climbed, is_answered
from engine.sla.climbing import RungRule, Turn, next_turn, turns
from engine.sla.ladders import ladder_at, place_of
from engine.worklist.model import WorkItem, WorkItemState

EXAMPLE = timedelta(hours=2)


def what_comes_next(reading: Reading, work_item_id: int) -> Turn | None:
    """None when nothing does: it is done, answered, its clock stands still, or its ladder is at its end."""
    item = reading.session.get(WorkItem, work_item_id)
    if item is None or item.state != WorkItemState.OPEN or item.clock_stopped_at is not None:
        return None
    if item.risk_at is None or item.due_at is None:
        return None
    if item.risk_at <= reading.now and _is_answered(reading.session, item):
        return None
    rungs = ladder_at(reading.session, place_of(item.definition_id, item.element, item.node))
    hours = working_hours(reading.session, reading.settings.zone, item.unit_id)
    return next_turn(turns(rungs, item.risk_at, item.due_at, hours), reading.now)


def for_example(reading: Reading, rungs: Sequence[RungRule]) -> tuple[Turn, ...]:
    """All that would come for work of two hours that was opened now."""
    hours = working_hours(reading.session, reading.settings.zone)
    risk_at = add_working_time(reading.now, EXAMPLE * RISK_FRACTION, hours)
    return turns(rungs, risk_at, add_working_time(reading.now, EXAMPLE, hours), hours)


def _is_answered(session: Session, item: WorkItem) -> bool:
    return is_answered(item, climbed(session, [item])[item.id])
