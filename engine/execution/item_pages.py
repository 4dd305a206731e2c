"""All that the page of one work item shows, and the names of the cases in an inbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.access.permissions import InstanceAccess, ItemAccess, Permission, allows, require
from engine.base.unit_of_work import Reading
from engine.bpmn.graph import Step
from engine.definitions.graphs import form_at, graph_of
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.execution.ahead import next_lanes
from engine.execution.model import Applicant, Instance, InstanceState
from engine.execution.visibility import instance_access
from engine.forms.model import Form
from engine.organisation.model import Employee, Unit
from engine.runtime import inspect
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.operations import access_of, leads
from engine.worklist.queries import ItemDetail, has_queue, item_detail


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseName:
    instance_id: int
    number: str
    title: str
    procedure: str
    starter_id: int | None
    starter_name: str | None
    applicant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    instance_id: int
    number: str
    title: str
    state: InstanceState
    procedure: str
    definition_key: str
    version_id: int
    version_number: int
    ended_at: datetime | None
    unit_name: str | None
    starter_id: int | None
    starter_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """`data` is what the case knows at this step, `next_lanes` who may have it after this one, `is_alone`
    that nothing else of the case is open; the rest, what the actor may do now."""

    item: ItemDetail
    case: CaseSummary
    step: Step | None
    form: Form | None
    data: Mapping[str, Any]
    next_lanes: tuple[str | None, ...]
    is_alone: bool
    may_claim: bool
    may_complete: bool
    may_release: bool
    may_add: bool
    may_reassign: bool
    may_return: bool
    may_ask: bool
    may_hand_on: bool
    may_see_applicant: bool
    may_waive: bool
    may_stop_clock: bool

    @property
    def went_with_its_case(self) -> bool:
        """Somebody cancelled the whole case while it was open."""
        is_over = self.case.state == InstanceState.CANCELLED and self.item.state == WorkItemState.CANCELLED
        return is_over and self.item.closed_at == self.case.ended_at


def item_page(reading: Reading, work_item_id: int) -> ItemPage:
    """Raises WorkItemNotFound, or NotAllowed for someone who has no part in it."""
    row = reading.session.get(WorkItem, work_item_id)
    if row is None:
        raise WorkItemNotFound
    of_case = instance_access(reading, row.instance_id)
    access = _access(reading, row, of_case)
    require(reading.actor, Permission.SEE_ITEM, access)
    item = item_detail(reading.session, work_item_id)
    instance = reading.session.get_one(Instance, item.instance_id)
    graph = graph_of(reading.session, instance.version_id)
    node = graph.nodes[item.node]
    is_open = item.state is WorkItemState.OPEN
    return ItemPage(
        item=item,
        case=_case_summary(reading.session, item.instance_id),
        step=node.step,
        form=form_at(reading.session, instance.version_id, node),
        data=_data(instance, item),
        next_lanes=next_lanes(graph, item.node),
        is_alone=is_open and inspect.is_alone(instance.state_text, row.activity_id),
        may_claim=is_open and item.assignee_id is None and allows(reading.actor, Permission.CLAIM, access),
        may_complete=is_open and item.assignee_id is not None and allows(reading.actor, Permission.COMPLETE, access),
        may_release=is_open
        and item.assignee_id is not None
        and bool(reading.session.scalar(select(has_queue()).where(WorkItem.id == work_item_id)))
        and allows(reading.actor, Permission.RELEASE, access),
        may_reassign=is_open and _may_reassign(reading, row, access),
        may_return=is_open and allows(reading.actor, Permission.RETURN_WORK, access),
        may_ask=is_open and allows(reading.actor, Permission.ASK_COLLEAGUE, access),
        may_hand_on=is_open and allows(reading.actor, Permission.HAND_ON, access),
        may_stop_clock=is_open and allows(reading.actor, Permission.STOP_CLOCK, access),
        may_add=allows(reading.actor, Permission.ADD_TO_INSTANCE, of_case),
        may_see_applicant=allows(reading.actor, Permission.SEE_APPLICANT, of_case),
        may_waive=is_open
        and bool(item.differs_from)
        and not item.four_eyes_waiver
        and allows(reading.actor, Permission.OVERRIDE_FOUR_EYES, access),
    )


def case_names(session: Session, instance_ids: Collection[int]) -> dict[int, CaseName]:
    """What an inbox says of the cases behind its lines, in one statement."""
    query = (
        select(
            Instance.id.label("instance_id"),
            Instance.number,
            Instance.title,
            ProcessDefinition.name.label("procedure"),
            Instance.starter_id,
            Employee.name.label("starter_name"),
            Applicant.name.label("applicant"),
        )
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .outerjoin(Employee, Employee.id == Instance.starter_id)
        .outerjoin(Applicant, Applicant.instance_id == Instance.id)
        .where(Instance.id.in_(instance_ids))
    )
    return {row.instance_id: CaseName(**row._mapping) for row in session.execute(query)}


def _access(reading: Reading, row: WorkItem, case: InstanceAccess) -> ItemAccess:
    local = reading.now.astimezone(reading.settings.zone)
    access = access_of(reading.session, reading.actor.employee_id, row, local)
    return replace(
        access,
        actor_takes_part=case.actor_takes_part,
        actor_may_read=case.actor_may_read,
        unit_is_managed=case.unit_is_managed,
        unit_is_audited=case.unit_is_audited,
    )


def _may_reassign(reading: Reading, row: WorkItem, access: ItemAccess) -> bool:
    """The head of the unit where it waits may; to lead the case's own unit is not enough."""
    on = reading.today
    heads = leads(reading.session, reading.actor, row.unit_id, on)
    return allows(reading.actor, Permission.REASSIGN, replace(access, unit_is_managed=heads))


def _data(instance: Instance, item: ItemDetail) -> Mapping[str, Any]:
    """The variables that the person sees; of a closed step those of the case, with her answers as she gave them."""
    if item.state is WorkItemState.OPEN:
        return inspect.variables(instance.state_text, item.activity_id)
    return {**(instance.variables or {}), **(item.answers or {})}


def _case_summary(session: Session, instance_id: int) -> CaseSummary:
    row = session.execute(
        select(
            Instance.id.label("instance_id"),
            Instance.number,
            Instance.title,
            Instance.state,
            ProcessDefinition.name.label("procedure"),
            ProcessDefinition.key.label("definition_key"),
            Instance.version_id,
            DefinitionVersion.number.label("version_number"),
            Instance.ended_at,
            Unit.name.label("unit_name"),
            Instance.starter_id,
            Employee.name.label("starter_name"),
        )
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .join(DefinitionVersion, DefinitionVersion.id == Instance.version_id)
        .outerjoin(Unit, Unit.id == Instance.unit_id)
        .outerjoin(Employee, Employee.id == Instance.starter_id)
        .where(Instance.id == instance_id)
    ).one()
    return CaseSummary(**row._mapping)
