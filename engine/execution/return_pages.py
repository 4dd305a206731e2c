"""What whoever returns a case looks at first: where it could go, and what that does to its deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.access.permissions import Permission, require
from engine.base.errors import TataKerjaError
from engine.base.unit_of_work import Reading
from engine.bpmn.graph import ProcessGraph
from engine.calendar.functions import calendar_functions
from engine.calendar.queries import working_hours
from engine.calendar.standard import due_at
from engine.definitions.graphs import graph_of
from engine.execution.item_pages import ItemPage, item_page
from engine.execution.model import Instance
from engine.execution.passed import checklist_of, passed_steps, require_same_part
from engine.execution.trail_back import Done
from engine.runtime import kernel
from engine.runtime.stimuli import MoveToken
from engine.worklist.model import WorkItem
from engine.worklist.returns import rework

ONLY_WHETHER = 1  # so few steps that a return is refused or begun, and no more


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStep:
    """A step to which a case could go back. `refusal` says why it cannot, `instead` which one before it could.

    `due_at` is when it would be due there, `back_at` when at the latest the case would be here again; both None
    where a standard time is missing. `returned` is how often the case has come back to it already.
    """

    work_item_id: int
    title: str
    by_name: str
    done_at: datetime
    due_at: datetime | None
    back_at: datetime | None
    returned: int
    refusal: TataKerjaError | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPage:
    item: ItemPage
    steps: tuple[EarlierStep, ...]
    checklist: tuple[str, ...]


def return_page(reading: Reading, work_item_id: int) -> ReturnPage:
    """Where the case could go back to from an open item; raises NotYourWork for others than its holder."""
    page = item_page(reading, work_item_id)
    if page.item.closed_at is None and not page.may_return:
        require(reading.actor, Permission.RETURN_WORK)
    row = reading.session.get_one(WorkItem, work_item_id)
    instance = reading.session.get_one(Instance, row.instance_id)
    graph = graph_of(reading.session, instance.version_id)
    passed = passed_steps(reading.session, graph, row)
    steps = _earlier_steps(reading, instance, graph, row, passed) if page.item.closed_at is None else ()
    return ReturnPage(item=page, steps=steps, checklist=checklist_of(graph, row, passed))


def _earlier_steps(
    reading: Reading, instance: Instance, graph: ProcessGraph, item: WorkItem, passed: Sequence[Done]
) -> tuple[EarlierStep, ...]:
    """In the order in which they were done; for one that is refused, the nearest before it that is not."""
    counted = rework(reading.session, instance.id)
    steps: list[EarlierStep] = []
    possible = ""
    for place, target in enumerate(passed):
        refusal = _refusal(reading, instance, graph, item, target)
        due, back = _moments(reading, graph, instance.unit_id, [each.node for each in passed[place:]])
        steps.append(
            EarlierStep(
                work_item_id=target.work_item_id,
                title=target.title,
                by_name=target.by_name,
                done_at=target.at,
                due_at=due,
                back_at=back,
                returned=counted.get(target.node, 0),
                refusal=refusal,
                instead=possible if refusal else "",
            )
        )
        possible = possible if refusal else target.title
    return tuple(steps)


def _refusal(
    reading: Reading, instance: Instance, graph: ProcessGraph, item: WorkItem, target: Done
) -> TataKerjaError | None:
    """Tried on a copy of the state."""
    functions = calendar_functions(reading.session, reading.settings.zone, reading.now, instance.unit_id)
    try:
        require_same_part(graph, item, target)
        kernel.apply(
            graph,
            instance.state_text,
            MoveToken(item.activity_id, target.node),
            reading.now,
            functions=functions,
            zone=reading.settings.zone,
            budget=ONLY_WHETHER,
        )
    except TataKerjaError as refusal:
        return refusal
    return None


def _moments(
    reading: Reading, graph: ProcessGraph, unit_id: int | None, nodes: Sequence[str]
) -> tuple[datetime | None, datetime | None]:
    """When the first of these steps would be due if it began now, and when all of them would be done."""
    hours = working_hours(reading.session, reading.settings.zone, unit_id)
    first: datetime | None = None
    until: datetime | None = reading.now
    for node in nodes:
        step = graph.nodes[node].step
        standard = step.standard_time if step and step.count is None else None
        if standard is None or until is None:
            return first, None
        until = due_at(until, hours, working_minutes=standard.working_minutes, working_days=standard.working_days)
        first = first or until
    return first, until
