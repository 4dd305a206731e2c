"""What the work of a case tells about who may and should do its next step."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.assignment.choosing import next_in_turn
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import Node
from engine.bpmn.joining import RESERVED
from engine.worklist.model import Turn, WorkItem, WorkItemState

Given = tuple[Node, int]  # a step, and to whom it was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who did a step in fact, and on whose behalf."""

    node: str
    title: str
    employee_id: int
    name: str
    principal_id: int | None
    principal_name: str | None

    @property
    def people(self) -> Mapping[int, str]:
        """Both: what is done in somebody's name counts as hers too, or she could check herself through another."""
        both = {self.employee_id: self.name, self.principal_id: self.principal_name}
        return {each: name or "" for each, name in both.items() if each is not None}


def doers(session: Session, instance_id: int, elements: Collection[str]) -> tuple[Doer, ...]:
    """Everybody who completed one of these steps in this case, the last one first."""
    query = (
        select(WorkItem)
        .where(
            WorkItem.instance_id == instance_id,
            WorkItem.element.in_(elements),
            WorkItem.state == WorkItemState.COMPLETED,
            WorkItem.closed_by_id.is_not(None),
        )
        .order_by(WorkItem.closed_at.desc(), WorkItem.id.desc())
    )
    return tuple(
        Doer(
            node=item.node or item.element,
            title=item.title,
            employee_id=item.closed_by_id or 0,
            name=item.closed_by_name or "",
            principal_id=item.closed_for_id,
            principal_name=item.closed_for_name,
        )
        for item in session.scalars(query)
    )


def doers_in_file(session: Session, instance_id: int, node: str, elements: Collection[str]) -> tuple[Doer, ...]:
    """Of steps of the drawing to which this node belongs; a called one may have steps of the same ids."""
    file = file_of(node)
    found = doers(session, instance_id, elements) if elements else ()
    return tuple(doer for doer in found if file_of(doer.node) == file)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHistory:
    """The history of one step of one case; `now_with` when it is asked again to whom the work belongs.

    `given` is what the same transaction gave to whom before, node by node, which no row tells yet.
    """

    work: UnitOfWork
    instance_id: int
    definition_id: int
    node: Node
    now_with: int | None = None
    given: Sequence[Given] = ()

    def done_otherwise(self) -> Mapping[int, str]:
        partners = self.node.step.differs_from if self.node.step else ()
        found = doers_in_file(self.work.session, self.instance_id, self.node.id, partners)
        return {employee_id: doer.title for doer in found for employee_id in doer.people}

    def holds_otherwise(self) -> Mapping[int, str]:
        partners = self.node.step.differs_from if self.node.step else ()
        if not partners:
            return {}
        query = select(WorkItem).where(
            WorkItem.instance_id == self.instance_id,
            WorkItem.element.in_(partners),
            WorkItem.state == WorkItemState.OPEN,
            WorkItem.assignee_id.is_not(None),
        )
        file = file_of(self.node.id)
        open_items = (item for item in self.work.session.scalars(query) if file_of(item.node or item.element) == file)
        given = {
            who: node.name or node.bpmn_id
            for node, who in self.given
            if node.bpmn_id in partners and file_of(node.id) == file
        }
        return {item.assignee_id or 0: item.title for item in open_items} | given

    def doers_of(self, elements: Collection[str]) -> tuple[int, ...]:
        found = doers_in_file(self.work.session, self.instance_id, self.node.id, elements)
        return tuple(doer.principal_id or doer.employee_id for doer in found)

    def loads(self, employee_ids: Collection[int]) -> Mapping[int, int]:
        query = (
            select(WorkItem.assignee_id, func.count())
            .where(WorkItem.assignee_id.in_(employee_ids), WorkItem.state == WorkItemState.OPEN)
            .group_by(WorkItem.assignee_id)
        )
        loads = {employee_id: count for employee_id, count in self.work.session.execute(query) if employee_id}
        given = Counter(employee_id for _node, employee_id in self.given)
        return {each: loads.get(each, 0) + given[each] for each in employee_ids}

    def take_turn(self, employee_ids: Collection[int]) -> int:
        """One case after the other takes its turn: the row stays locked until the commit."""
        new = {"definition_id": self.definition_id, "last": {}}
        insert_rows(self.work.session, Turn, [new], "ON CONFLICT (definition_id) DO NOTHING RETURNING definition_id")
        query = select(Turn).where(Turn.definition_id == self.definition_id)
        turn = self.work.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
        last: dict[str, Any] = turn.last
        chosen = next_in_turn(employee_ids, last.get(self.node.id))
        turn.last = {**last, self.node.id: chosen}
        self.work.session.flush()  # the next step of the same transaction reads it
        return chosen

    def did_it_before(self) -> int | None:
        return next(iter(self.doers_of((self.node.bpmn_id,))), None)

    def has_it_now(self) -> int | None:
        return self.now_with


def file_of(node_id: str) -> str:
    called = RESERVED.fullmatch(node_id)
    return called[1] if called else ""
