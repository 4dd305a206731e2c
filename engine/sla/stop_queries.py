"""The stops of the clock of a case, as its journey and its tasks tell them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.sla.model import ClockStop, WaitsFor
from engine.worklist.model import WorkItem


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """`title` is the task where somebody stopped it; None where the diagram did. `minutes` are of working time."""

    work_item_id: int | None
    title: str | None
    waits_for: WaitsFor
    reason: str
    stopped_at: datetime
    stopped_by: str
    resumed_at: datetime | None
    resumed_by: str | None
    minutes: int | None


def stops_of_case(session: Session, instance_id: int) -> tuple[StopLine, ...]:
    """In the order in which they began."""
    query = (
        select(
            ClockStop.work_item_id,
            WorkItem.title,
            ClockStop.waits_for,
            ClockStop.reason,
            ClockStop.stopped_at,
            ClockStop.stopped_by,
            ClockStop.resumed_at,
            ClockStop.resumed_by,
            ClockStop.minutes,
        )
        .outerjoin(WorkItem, WorkItem.id == ClockStop.work_item_id)
        .where(ClockStop.instance_id == instance_id)
        .order_by(ClockStop.stopped_at, ClockStop.id)
    )
    return tuple(StopLine(**{**row._mapping, "waits_for": WaitsFor(row.waits_for)}) for row in session.execute(query))
