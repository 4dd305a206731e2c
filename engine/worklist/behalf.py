"""Work that a person may see and do on behalf of others, while delegations to her run.

For a list of it (the view "on behalf of"), with `principals_for(reading)` asked once a request:

    select(WorkItem).where(on_behalf_of(principals_for(reading)), not_(candidate_for(reader)))

Only open work is meant. What lies in a pool of hers as well she does in her own name; to count by principal, give
one of them at a time.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true, union_all
from sqlalchemy.orm import Session

from engine.base.unit_of_work import Reading, UnitOfWork
from engine.organisation.acting_for import ALL
from engine.organisation.principals import Principal, principals
from engine.organisation.queries import position_ids_held
from engine.worklist.model import Candidate, WorkItem, WorkItemState

CandidateKey = tuple[int | None, int | None]  # a position, or an employee


def principals_for(work: Reading | UnitOfWork) -> tuple[Principal, ...]:
    """On whose behalf the actor may act now."""
    return principals_at(work.session, work.actor.employee_id, work.now.astimezone(work.settings.zone))


def principals_at(session: Session, employee_id: int | None, local: datetime) -> tuple[Principal, ...]:
    return () if employee_id is None else principals(session, employee_id, local, local.date())


def on_behalf_of(chosen: Collection[Principal]) -> ColumnElement[bool]:
    """Open items that one of them holds, or may claim while nobody does, of the procedures that she passed on."""
    if not chosen:
        return false()
    # Lists put together, for each of which there is an index; an OR would read all that is open.
    return WorkItem.id.in_(union_all(*(query for principal in chosen for query in _items_of(principal))))


def represented(
    chosen: Iterable[Principal], item: WorkItem, candidates: Collection[CandidateKey]
) -> tuple[Principal, ...]:
    """Those of them whose work this item is: she holds it, or it lies in a pool of hers."""
    return tuple(
        principal
        for principal in chosen
        if principal.covers(item.definition_id)
        and (
            item.assignee_id == principal.employee_id
            or any(
                position_id in principal.position_ids or employee_id == principal.employee_id
                for position_id, employee_id in candidates
            )
        )
    )


def acting_for(work: UnitOfWork, item: WorkItem) -> Principal | None:
    """On whose behalf the actor does what she does to this item now; None for what is hers to do herself."""
    me = work.actor.employee_id
    if item.assignee_id == me:
        return None
    chosen = principals_for(work)
    if not chosen or me is None:
        return None
    candidates = candidates_of(work.session, item.id)
    held = position_ids_held(work.session, me, work.today)
    if item.assignee_id is None and any(position in held or employee == me for position, employee in candidates):
        return None
    found = represented(chosen, item, candidates)
    return next((each for each in found if item.assignee_id in (None, each.employee_id)), None)


def said(principal: Principal | None) -> dict[str, str]:
    """What the trail keeps of it, beside the name of whoever acted."""
    return {} if principal is None else {"on_behalf_of": principal.name}


def candidates_of(session: Session, work_item_id: int) -> tuple[CandidateKey, ...]:
    query = select(Candidate.position_id, Candidate.employee_id).where(Candidate.work_item_id == work_item_id)
    return tuple((position_id, employee_id) for position_id, employee_id in session.execute(query))


def _items_of(principal: Principal) -> Iterator[Select[int]]:
    is_open = and_(WorkItem.state == WorkItemState.OPEN, _covered(principal))
    may_claim = exists().where(
        Candidate.work_item_id == WorkItem.id,
        or_(Candidate.employee_id == principal.employee_id, Candidate.position_id.in_(principal.position_ids)),
    )
    yield select(WorkItem.id).where(is_open, WorkItem.assignee_id == principal.employee_id)
    yield select(WorkItem.id).where(is_open, WorkItem.assignee_id.is_(None), may_claim)


def _covered(principal: Principal) -> ColumnElement[bool]:
    if principal.definition_ids is ALL:
        return true()
    return WorkItem.definition_id.in_(principal.definition_ids)
