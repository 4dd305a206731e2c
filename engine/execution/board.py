"""How the cases of each procedure stand: what runs, is at risk, is late, stands still, and was done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance, InstanceState
from engine.execution.standing import RUNNING, Standing, stands
from engine.execution.visibility import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One procedure, and how its cases stand."""

    definition_id: int
    key: str
    name: str
    running: int
    at_risk: int
    late: int
    on_track: int
    stopped: int
    done_this_month: int


def board(reading: Reading, month_start: datetime) -> tuple[BoardLine, ...]:
    """Each procedure with what runs, is at risk, is late, and was done since `month_start`, for what the actor sees."""
    columns = (
        ProcessDefinition.id.label("definition_id"),
        ProcessDefinition.key,
        ProcessDefinition.name,
    )
    query = (
        select(*columns, *_counts(reading, month_start))
        .join(Instance, Instance.definition_id == ProcessDefinition.id)
        .where(visible(reading), _counted(reading, month_start))
        .group_by(ProcessDefinition.id, ProcessDefinition.key, ProcessDefinition.name)
        .order_by(in_alphabet(ProcessDefinition.name))
    )
    return tuple(BoardLine(**row._mapping) for row in reading.session.execute(query))


def _counts(reading: Reading, month_start: datetime) -> tuple[ColumnElement[int], ...]:
    return (
        _count(stands(Standing.RUNNING, reading)).label("running"),
        _count(stands(Standing.AT_RISK, reading)).label("at_risk"),
        _count(stands(Standing.LATE, reading)).label("late"),
        _count(stands(Standing.ON_TRACK, reading)).label("on_track"),
        _count(stands(Standing.STOPPED, reading)).label("stopped"),
        _count(_done_since(month_start)).label("done_this_month"),
    )


def _counted(reading: Reading, month_start: datetime) -> ColumnElement[bool]:
    return or_(stands(Standing.RUNNING, reading), _done_since(month_start))


def _done_since(month_start: datetime) -> ColumnElement[bool]:
    return and_(Instance.state == InstanceState.COMPLETED, Instance.ended_at >= month_start)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def running_by_version(session: Session, definition_id: int) -> dict[int, int]:
    """How many cases run on each version of a procedure."""
    query = (
        select(Instance.version_id, func.count())
        .where(Instance.definition_id == definition_id, Instance.state.in_(RUNNING))
        .group_by(Instance.version_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
