"""The steps of a case that lie behind a task, and what should have been complete in them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.text import one_line
from engine.bpmn.graph import ProcessGraph
from engine.execution.trail_back import Done, WentBack, behind, last_of_each
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.returns import returns_of_case


class OtherPart(Invalid):
    code = "return.other_part"
    message = _("“%(target)s” lies in another part of the procedure (a sub-process or a called procedure).")


def passed_steps(session: Session, graph: ProcessGraph, item: WorkItem) -> tuple[Done, ...]:
    """In the order in which they were done, each once; not the step of the item itself."""
    query = (
        select(WorkItem)
        .where(WorkItem.instance_id == item.instance_id, WorkItem.state == WorkItemState.COMPLETED)
        .order_by(WorkItem.closed_at, WorkItem.id)
    )
    done = [
        Done(
            work_item_id=row.id,
            node=node_of(row),
            title=row.title,
            by_name=row.closed_for_name or row.closed_by_name or "",
            employee_id=row.closed_for_id or row.closed_by_id,
            at=row.closed_at,
        )
        for row in session.scalars(query)
        if row.closed_at is not None
    ]
    returns = [
        WentBack(from_node=each.from_node, to_node=each.to_node, at=each.returned_at)
        for each in returns_of_case(session, item.instance_id)
    ]
    return last_of_each(behind(graph, done, returns), besides=node_of(item))


def checklist_of(graph: ProcessGraph, item: WorkItem, passed: Sequence[Done]) -> tuple[str, ...]:
    """The requirements (kelengkapan) of this step and of those behind it."""
    nodes = (node_of(item), *(each.node for each in passed))
    steps = [graph.nodes[node].step for node in nodes if node in graph.nodes]
    return tuple(dict.fromkeys(one_line(each.text) for step in steps if step for each in step.requirements))


def require_same_part(graph: ProcessGraph, item: WorkItem, target: Done) -> None:
    if graph.nodes[node_of(item)].parent != graph.nodes[target.node].parent:
        raise OtherPart(target=target.title)


def node_of(item: WorkItem) -> str:
    """Before calls led to other files, the id of an element was enough."""
    return item.node or item.element
