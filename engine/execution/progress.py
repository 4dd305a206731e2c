"""What a person completed on a day: her progress, to be told to other systems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, select
from sqlalchemy.orm import aliased

from engine.base.unit_of_work import Reading
from engine.definitions.model import ProcessDefinition
from engine.execution.model import Instance
from engine.worklist.model import Return, WorkItem, WorkItemState
from engine.worklist.queries import NODE

MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLine:
    """`done_at` is when it was really done; `on_paper` when it was entered afterwards."""

    work_item_id: int
    done_at: datetime
    on_paper: bool
    number: str
    case_title: str
    procedure: str
    title: str
    version_id: int
    node: str
    answers: Mapping[str, Any]
    closed_for_name: str | None


def progress_on(reading: Reading, day: date) -> tuple[ProgressLine, ...]:
    """In the order in which it was done; what was done on paper counts for the day on which it was done."""
    if reading.actor.employee_id is None:
        return ()
    begin, end = (
        datetime.combine(each, time(), reading.settings.zone).astimezone(UTC) for each in (day, day + timedelta(days=1))
    )
    done_at = func.coalesce(WorkItem.done_at, WorkItem.closed_at, type_=WorkItem.closed_at.type)
    query = (
        select(WorkItem, Instance.number, Instance.title, Instance.version_id, ProcessDefinition.name, done_at)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(
            WorkItem.state == WorkItemState.COMPLETED,
            WorkItem.closed_by_id == reading.actor.employee_id,
            WorkItem.closed_at >= begin,  # nothing is entered before it is done
            done_at >= begin,
            done_at < end,
            not_(_was_taken_back()),
        )
        .order_by(done_at, WorkItem.id)
        .limit(MOST_LINES)
    )
    return tuple(
        ProgressLine(
            work_item_id=item.id,
            done_at=moment,
            on_paper=item.done_at is not None,
            number=number,
            case_title=case_title,
            procedure=procedure,
            title=item.title,
            version_id=version_id,
            node=item.node or item.element,
            answers=item.answers or {},
            closed_for_name=item.closed_for_name,
        )
        for item, number, case_title, version_id, procedure, moment in reading.session.execute(query)
    )


def _was_taken_back() -> ColumnElement[bool]:
    """She recalled it: of the times that this step of the case was done until then, this was the last."""
    later = aliased(WorkItem)
    done_once_more = exists().where(
        later.instance_id == WorkItem.instance_id,
        func.coalesce(func.nullif(later.node, ""), later.element) == NODE,
        later.state == WorkItemState.COMPLETED,
        later.closed_at > WorkItem.closed_at,
        later.closed_at <= Return.returned_at,
    )
    return exists().where(
        and_(
            Return.is_recall,
            Return.instance_id == WorkItem.instance_id,
            Return.to_node == NODE,
            Return.returned_at >= WorkItem.closed_at,
            not_(done_once_more),
        )
    )
