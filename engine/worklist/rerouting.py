"""Open work goes to whom it belongs now. What somebody took by name, was handed or has begun stays with her."""

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlalchemy.orm import Session

from engine.assignment.choosing import Assignment
from engine.audit.operations import record
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.worklist.behalf import candidates_of
from engine.worklist.events import CaseName, WorkRerouted, WorkUnassigned
from engine.worklist.measuring import measure
from engine.worklist.model import Candidate, WorkItem, WorkItemState
from engine.worklist.operations import name_of


def given_by_rule() -> ColumnElement[bool]:
    """Open items that lie where the rule of their step laid them; whether they were begun only the row tells."""
    untouched = or_(WorkItem.assignee_id.is_(None), WorkItem.assignee_id == WorkItem.routed_to_id)
    return and_(WorkItem.state == WorkItemState.OPEN, untouched)


def reroute(work: UnitOfWork, item: WorkItem, case: CaseName, answer: Assignment) -> bool:
    """Lay it where it belongs; both people hear of it. Whether anything is other than before."""
    if item.draft:
        return False
    if not _differs(work.session, item, answer):
        _say_why_still(item, answer)
        return False
    former = item.assignee_id
    _lay(work, item, answer)
    if former == answer.assignee_id and not answer.is_nobody:
        return True  # only others who might take it came or went
    item.assignment_reason = answer.reason.as_json()
    facts: dict[str, Any] = {"title": item.title, "reason": answer.reason.as_json()}
    facts["from"] = "" if former is None else name_of(work.session, former)
    facts["to"] = "" if answer.assignee_id is None else name_of(work.session, answer.assignee_id)
    record(work, "work_item.rerouted", "work_item", item.id, item.instance_id, **facts)
    _tell(work, item, case, former, answer)
    return True


def _say_why_still(item: WorkItem, answer: Assignment) -> None:
    """The same person, and perhaps not as before: her Plh may have gone, or she is away."""
    if not answer.is_kept:
        item.assignment_reason = answer.reason.as_json()


def _differs(session: Session, item: WorkItem, answer: Assignment) -> bool:
    candidates = {*((each, None) for each in answer.position_ids), *((None, each) for each in answer.employee_ids)}
    return item.assignee_id != answer.assignee_id or set(candidates_of(session, item.id)) != candidates


def _lay(work: UnitOfWork, item: WorkItem, answer: Assignment) -> None:
    measure(work, item)
    item.assignee_id = answer.assignee_id
    item.routed_to_id = answer.assignee_id
    item.claimed_at = work.now if answer.assignee_id is not None else None
    item.unit_id = answer.unit_id or item.unit_id
    work.session.flush()
    work.session.execute(delete(Candidate).where(Candidate.work_item_id == item.id))
    positions = [{"work_item_id": item.id, "position_id": each, "employee_id": None} for each in answer.position_ids]
    people = [{"work_item_id": item.id, "position_id": None, "employee_id": each} for each in answer.employee_ids]
    insert_rows(work.session, Candidate, [*positions, *people])


def _tell(work: UnitOfWork, item: WorkItem, case: CaseName, former: int | None, answer: Assignment) -> None:
    if answer.is_nobody:
        work.tell(WorkUnassigned(work_item_id=item.id, case=case, title=item.title, unit_id=item.unit_id))
    work.tell(
        WorkRerouted(
            work_item_id=item.id,
            case=case,
            title=item.title,
            from_id=former,
            to_id=answer.assignee_id,
            reason=answer.reason.as_json(),
        )
    )
