"""The manager's board: what runs, is at risk, is late, and was done, by procedure."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance, InstanceState
from engine.execution.visibility import has_item, has_late_item, visible
from engine.worklist.model import WorkItem

RUNNING = (InstanceState.ACTIVE, InstanceState.INCIDENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One procedure on the manager's board."""

    definition_id: int
    key: str
    name: str
    running: int
    at_risk: int
    late: int
    done_this_month: int


def board(reading: Reading, month_start: datetime) -> tuple[BoardLine, ...]:
    """Each procedure with what runs, is at risk, is late, and was done since `month_start`, for what the actor sees."""
    now = reading.now
    running = Instance.state.in_(RUNNING)
    late = and_(running, has_late_item(now))
    at_risk = and_(running, ~has_late_item(now), has_item(WorkItem.risk_at <= now))
    done = and_(Instance.state == InstanceState.COMPLETED, Instance.ended_at >= month_start)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = (
        select(
            ProcessDefinition.id.label("definition_id"),
            ProcessDefinition.key,
            ProcessDefinition.name,
            count(running).label("running"),
            count(at_risk).label("at_risk"),
            count(late).label("late"),
            count(done).label("done_this_month"),
        )
        .join(Instance, Instance.definition_id == ProcessDefinition.id)
        .where(visible(reading), or_(running, done))
        .group_by(ProcessDefinition.id, ProcessDefinition.key, ProcessDefinition.name)
        .order_by(ProcessDefinition.name)
    )
    return tuple(BoardLine(**row._mapping) for row in reading.session.execute(query))
