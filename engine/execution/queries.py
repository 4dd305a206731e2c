"""Cases as people look at them. What the actor may not see is never selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, allows, require
from engine.audit.queries import latest_facts
from engine.base.paging import PAGE_SIZE, Page, id_from_cursor, page_of
from engine.base.unit_of_work import Reading
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.execution.errors import CaseNotFound
from engine.execution.finding import found_by
from engine.execution.model import Instance, InstanceState
from engine.execution.standing import Standing, stands
from engine.execution.visibility import has_late_item, instance_access, visible
from engine.organisation.model import Employee, Unit
from engine.worklist.model import WorkItem, WorkItemState

CANCEL_REASON = "case.cancel_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """`waits_at`, `waits_for` and `due_at` are of its most urgent open item; None when nobody must act.

    `case_due_at` and what goes with it are of the case as a whole.
    """

    instance_id: int
    number: str
    title: str
    procedure: str
    unit_id: int | None
    unit_name: str | None
    state: InstanceState
    started_at: datetime
    ended_at: datetime | None
    case_risk_at: datetime | None = None
    case_due_at: datetime | None = None
    clock_stopped_at: datetime | None = None
    waits_at: str | None = None
    waits_for: str | None = None
    due_at: datetime | None = None
    waits_stopped_at: datetime | None = None
    waits_in_unit_id: int | None = None
    open_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """One case. `cancel_reason` is empty unless someone cancelled it; what `may_…` says, the actor may."""

    instance_id: int
    number: str
    title: str
    state: InstanceState
    definition_id: int
    definition_key: str
    procedure: str
    version_id: int
    version_number: int
    unit_id: int | None
    unit_name: str | None
    starter_id: int | None
    starter_name: str | None
    started_at: datetime
    risk_at: datetime | None
    due_at: datetime | None
    clock_stopped_at: datetime | None
    stopped_minutes: int
    ended_at: datetime | None
    variables: Mapping[str, Any]
    state_text: str
    cancel_reason: str
    may_cancel: bool
    may_add: bool
    may_grant: bool
    may_see_applicant: bool


def cases(
    reading: Reading,
    *,
    search: str = "",
    state: InstanceState | None = None,
    definition_id: int | None = None,
    only_late: bool = False,
    standing: Standing | None = None,
    unit_id: int | None = None,
    ended_since: datetime | None = None,
    which: ColumnElement[bool] | None = None,
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[CaseLine]:
    """The cases that the actor may see, newest first; `search` is for the words by which they are found.

    `which` narrows them by what other rooms know of cases.
    """
    query = _case_lines().where(visible(reading))
    if search:
        query = query.where(found_by(reading.session, search))
    if state is not None:
        query = query.where(Instance.state == state)
    if definition_id is not None:
        query = query.where(Instance.definition_id == definition_id)
    if only_late:
        query = query.where(has_late_item(reading.now))
    if standing is not None:
        query = query.where(stands(standing, reading))
    if unit_id is not None:
        query = query.where(Instance.unit_id == unit_id)
    if ended_since is not None:
        query = query.where(Instance.ended_at >= ended_since)
    if which is not None:
        query = query.where(which)
    return _page(reading.session, query, cursor, size)


def _page(session: Session, query: Select[*tuple[Any, ...]], cursor: str | None, size: int) -> Page[CaseLine]:
    if cursor:
        query = query.where(Instance.id < id_from_cursor(cursor))
    rows = session.execute(query.order_by(Instance.id.desc()).limit(size + 1)).all()
    waiting = _waiting(session, [row.instance_id for row in rows])
    lines = [CaseLine(**row._mapping, **waiting.get(row.instance_id, {})) for row in rows]
    return page_of(lines, size, lambda line: [line.instance_id])


def case_detail(reading: Reading, instance_id: int) -> CaseDetail:
    """One case; raises CaseNotFound, or NotAllowed when the actor has no part in it."""
    return _detail(reading, Instance.id == instance_id)


def case_by_number(reading: Reading, number: str) -> CaseDetail:
    return _detail(reading, Instance.number == number)


def _case_lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Instance.id.label("instance_id"),
            Instance.number,
            Instance.title,
            ProcessDefinition.name.label("procedure"),
            Instance.unit_id,
            Unit.name.label("unit_name"),
            Instance.state,
            Instance.started_at,
            Instance.ended_at,
            Instance.risk_at.label("case_risk_at"),
            Instance.due_at.label("case_due_at"),
            Instance.clock_stopped_at,
        )
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .outerjoin(Unit, Unit.id == Instance.unit_id)
    )


def _waiting(session: Session, instance_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The most urgent open item of each case, in one statement for the page."""
    query = (
        select(
            WorkItem.instance_id,
            WorkItem.title,
            WorkItem.due_at,
            WorkItem.clock_stopped_at,
            WorkItem.unit_id,
            Employee.name,
        )
        .outerjoin(Employee, Employee.id == WorkItem.assignee_id)
        .where(WorkItem.instance_id.in_(instance_ids), WorkItem.state == WorkItemState.OPEN)
        .order_by(WorkItem.due_at.is_(None), WorkItem.due_at, WorkItem.id)
    )
    waiting: dict[int, dict[str, Any]] = {}
    for row in session.execute(query):
        known = waiting.setdefault(
            row.instance_id,
            {
                "waits_at": row.title,
                "waits_for": row.name,
                "due_at": row.due_at,
                "waits_stopped_at": row.clock_stopped_at,
                "waits_in_unit_id": row.unit_id,
                "open_items": 0,
            },
        )
        known["open_items"] += 1
    return waiting


def _details() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Instance.id.label("instance_id"),
            Instance.number,
            Instance.title,
            Instance.state,
            Instance.definition_id,
            ProcessDefinition.key.label("definition_key"),
            ProcessDefinition.name.label("procedure"),
            Instance.version_id,
            DefinitionVersion.number.label("version_number"),
            Instance.unit_id,
            Unit.name.label("unit_name"),
            Instance.starter_id,
            Employee.name.label("starter_name"),
            Instance.started_at,
            Instance.risk_at,
            Instance.due_at,
            Instance.clock_stopped_at,
            Instance.stopped_minutes,
            Instance.ended_at,
            Instance.variables,
            Instance.state_text,
        )
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .join(DefinitionVersion, DefinitionVersion.id == Instance.version_id)
        .outerjoin(Unit, Unit.id == Instance.unit_id)
        .outerjoin(Employee, Employee.id == Instance.starter_id)
    )


def _detail(reading: Reading, condition: ColumnElement[bool]) -> CaseDetail:
    row = reading.session.execute(_details().where(condition)).one_or_none()
    if row is None:
        raise CaseNotFound
    access = instance_access(reading, row.instance_id)
    require(reading.actor, Permission.SEE_INSTANCE, access)
    return CaseDetail(
        **row._mapping,
        cancel_reason=_cancel_reason(reading.session, row.instance_id) if row.state == InstanceState.CANCELLED else "",
        may_cancel=row.ended_at is None and allows(reading.actor, Permission.CANCEL_CASE, access),
        may_add=allows(reading.actor, Permission.ADD_TO_INSTANCE, access),
        may_grant=allows(reading.actor, Permission.GRANT_READING, access),
        may_see_applicant=allows(reading.actor, Permission.SEE_APPLICANT, access),
    )


def _cancel_reason(session: Session, instance_id: int) -> str:
    facts = latest_facts(session, instance_id, CANCEL_REASON)
    return str(facts.get("reason", ""))
