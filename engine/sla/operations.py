"""Late work climbs its ladder. Handlers of the jobs that the worklist schedules at both moments of an item, and of
those for the rungs in between; each takes many at a time, for thousands may be due when the office opens.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.audit.operations import record
from engine.base.rows import insert_rows, update_row
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.queries import working_hours
from engine.execution.model import Instance
from engine.jobs.operations import NewJob, schedule_all_again
from engine.sla.climbed import climbed, is_answered
from engine.sla.climbing import Turn, due_turns, next_turn, turns_of
from engine.sla.deeds import Deed, Situation, do
from engine.sla.events import WorkEscalated
from engine.sla.ladders import ladder_at, place_of
from engine.sla.model import Anchor, Climb
from engine.sla.people import holder_ids, names_by_id, responsible_for_all
from engine.sla.saying import said
from engine.worklist.model import WorkItem, WorkItemState

RUNG_JOB = "sla.rung"
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open item that is locked, and the part of its ladder whose moments have come since `after`."""

    item: WorkItem
    number: str
    case_title: str
    anchor: Anchor
    after: datetime | None = None


def remind(work: UnitOfWork, payload: Payload) -> None:
    remind_many(work, (payload,))


def become_overdue(work: UnitOfWork, payload: Payload) -> None:
    become_overdue_many(work, (payload,))


def climb_on(work: UnitOfWork, payload: Payload) -> None:
    climb_on_many(work, (payload,))


def remind_many(work: UnitOfWork, payloads: Sequence[Payload]) -> None:
    """At 75 % of the standard time begins the part of the ladder that ends when it is due; what is late is past it."""
    _climb(work, [each for each in _open(work, payloads, Anchor.RISK) if each.item.overdue_at is None])


def become_overdue_many(work: UnitOfWork, payloads: Sequence[Payload]) -> None:
    """At 100 % the item is late from now on, and the other part of its ladder begins.

    One that was late before its due moment moved, and still is, goes on from here: what has come does not come again.
    """
    late = [each for each in _open(work, payloads, Anchor.DUE) if each.item.due_at and each.item.due_at <= work.now]
    newly = [each.item for each in late if each.item.overdue_at is None]
    responsible = responsible_for_all(work.session, newly)
    today = work.today
    for item in newly:
        update_row(work.session, item, overdue_at=work.now)
        held_by = sorted(holder_ids(work.session, responsible[item.id], today))
        facts = {"title": item.title, "due_at": item.due_at.isoformat() if item.due_at else "", "held_by": held_by}
        record(work, "work_item.became_late", "work_item", item.id, item.instance_id, **facts)
    begun = {item.id for item in newly}
    _climb(work, [each if each.item.id in begun else replace(each, after=work.now) for each in late])


def climb_on_many(work: UnitOfWork, payloads: Sequence[Payload]) -> None:
    """At a rung in between; one that was meant for another due moment does not come any more."""
    found = {(each.item.id, anchor): each for anchor in Anchor for each in _open(work, payloads, anchor)}
    going = []
    for payload in payloads:
        waiting = found.get((payload["work_item_id"], Anchor(payload["anchor"])))
        if waiting is not None and waiting.item.due_at == datetime.fromisoformat(payload["due_at"]):
            going.append(waiting)
    _climb(work, going)


def _open(work: UnitOfWork, payloads: Sequence[Payload], anchor: Anchor) -> Iterator[Waiting]:
    """Those that are not done or dropped and whose clock runs; locked, in the order in which everyone locks several."""
    afters = {
        payload["work_item_id"]: payload.get("after") for payload in payloads if payload.get("anchor", anchor) == anchor
    }
    query = (
        select(WorkItem, Instance.number, Instance.title)
        .join(Instance, Instance.id == WorkItem.instance_id)
        .where(
            WorkItem.id.in_(afters),
            WorkItem.state == WorkItemState.OPEN,
            WorkItem.due_at.is_not(None),
            WorkItem.risk_at.is_not(None),
            WorkItem.clock_stopped_at.is_(None),
        )
        .order_by(WorkItem.id)
        .with_for_update(of=WorkItem)
        .execution_options(populate_existing=True)
    )
    for item, number, title in work.session.execute(query) if afters else ():
        after = afters[item.id]
        since = datetime.fromisoformat(after) if after else None
        yield Waiting(item=item, number=number, case_title=title, anchor=anchor, after=since)


def _climb(work: UnitOfWork, waiting: Collection[Waiting]) -> None:
    items = [each.item for each in waiting]
    come = climbed(work.session, items)
    responsible = responsible_for_all(work.session, items)
    today = work.today
    holders = {each for item in items for each in holder_ids(work.session, responsible[item.id], today)}
    names = names_by_id(work.session, holders) if holders else {}
    rows: list[dict[str, Any]] = []
    jobs: list[NewJob] = []
    for each in waiting:
        if not is_answered(each.item, come[each.item.id]):
            situation = Situation(
                work=work, item=each.item, on=today, responsible=responsible[each.item.id], names=names
            )
            all_turns = _turns(work, each)
            rows += _come(situation, each, due_turns(all_turns, each.after, work.now), come[each.item.id])
            following = next_turn(all_turns, work.now)
            jobs += [_job(work, each, following)] if following else []
    insert_rows(work.session, Climb, rows)
    schedule_all_again(work, jobs)


def _turns(work: UnitOfWork, waiting: Waiting) -> tuple[Turn, ...]:
    item = waiting.item
    if item.risk_at is None or item.due_at is None:
        raise LookupError(f"item {item.id} has no moments")
    rungs = ladder_at(work.session, place_of(item.definition_id, item.element, item.node))
    hours = working_hours(work.session, work.settings.zone, item.unit_id)
    return turns_of(waiting.anchor, rungs, item.risk_at, item.due_at, hours)


def _come(
    situation: Situation, waiting: Waiting, coming: Sequence[Turn], come: Sequence[Climb]
) -> Iterator[dict[str, Any]]:
    """Each of these turns that has not come before; who has the work is asked anew after it moved."""
    before = {(climb.planned_at, climb.action) for climb in come}
    for turn in coming:
        if (turn.at, turn.action) in before:
            continue
        deed = do(situation, turn.action)
        situation = situation.after_move() if deed.has_moved else situation
        _tell(situation, waiting, turn, deed)
        yield _row(situation, turn, deed)


def _tell(situation: Situation, waiting: Waiting, turn: Turn, deed: Deed) -> None:
    item, work = situation.item, situation.work
    is_late = waiting.anchor is Anchor.DUE
    facts = {"title": item.title, "message": said(deed, item.title, is_late=is_late), "told": sorted(deed.told)}
    record(work, "work_item.escalated", "work_item", item.id, item.instance_id, **facts)
    work.tell(
        WorkEscalated(
            work_item_id=item.id,
            instance_id=item.instance_id,
            number=waiting.number,
            case_title=waiting.case_title,
            title=item.title,
            due_at=item.due_at or turn.at,
            planned_at=turn.at,
            is_late=is_late,
            action=deed.action,
            told_ids=frozenset(deed.told),
            holder_names=tuple(sorted(situation.holders().values())),
            from_id=deed.from_id,
        )
    )


def _row(situation: Situation, turn: Turn, deed: Deed) -> dict[str, Any]:
    moved = {"left_with": deed.left_with} if deed.has_moved else {}
    why = {"why": deed.why.as_json()} if deed.why else {}
    return {
        "work_item_id": situation.item.id,
        "due_at": situation.item.due_at,
        "planned_at": turn.at,
        "position": turn.position,
        "turn": turn.turn,
        "action": turn.action,
        "outcome": {"did": deed.action, "told": sorted(deed.told), **moved, **why},
        "climbed_at": situation.work.now,
    }


def _job(work: UnitOfWork, waiting: Waiting, turn: Turn) -> NewJob:
    item, due = waiting.item, waiting.item.due_at.isoformat() if waiting.item.due_at else ""
    return NewJob(
        kind=RUNG_JOB,
        key=f"{RUNG_JOB}:{item.id}:{due}:{turn.at.isoformat()}",
        due_at=turn.at,
        payload={"work_item_id": item.id, "anchor": waiting.anchor, "due_at": due, "after": work.now.isoformat()},
        instance_id=item.instance_id,
    )
