"""When the organisation changes, open work is asked again to whom it belongs: case by case, each under its lock."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from engine.assignment.candidates import CaseFacts
from engine.assignment.operations import assign
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.graph import Step
from engine.definitions.graphs import graph_of
from engine.execution.model import Instance
from engine.execution.standing import lacks_performer
from engine.jobs.operations import NewJob, schedule_again, schedule_all_again
from engine.organisation.queries import positions_above
from engine.runtime import inspect
from engine.worklist.events import CaseName
from engine.worklist.histories import CaseHistory
from engine.worklist.model import Candidate, WorkItem
from engine.worklist.rerouting import given_by_rule, reroute

ASK_JOB = "work.ask_again"
CASE_JOB = "work.reroute"
AT_ONCE = 500
MANY = 100  # beyond that, all open work is asked: an import, or an office that is reorganised


def ask_again(work: UnitOfWork, position_ids: Collection[int], employee_ids: Collection[int]) -> None:
    """A job looks for the work that may belong to others now; nothing is heavy in the act that changed something."""
    if not (position_ids or employee_ids) or not _is_any(work):
        return
    if len(position_ids) + len(employee_ids) > MANY:
        ask_all_again(work)
        return
    positions, employees = sorted(position_ids), sorted(employee_ids)
    key = f"{ASK_JOB}:{'.'.join(map(str, positions))}:{'.'.join(map(str, employees))}"
    schedule_again(work, ASK_JOB, key, work.now, {"key": key, "positions": positions, "employees": employees})


def ask_all_again(work: UnitOfWork) -> None:
    if _is_any(work):
        schedule_again(work, ASK_JOB, ASK_JOB, work.now, {"key": ASK_JOB})


def look_for_work(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """One job for each case, some hundreds at a time."""
    after = int(payload.get("after", 0))
    query = select(WorkItem.instance_id).where(given_by_rule(), WorkItem.instance_id > after)
    if "positions" in payload:
        query = query.where(_touched(work, payload["positions"], payload["employees"]))
    found = list(work.session.scalars(query.distinct().order_by(WorkItem.instance_id).limit(AT_ONCE)))
    schedule_all_again(
        work,
        [
            NewJob(
                kind=CASE_JOB,
                key=f"{CASE_JOB}:{instance_id}",
                due_at=work.now,
                payload={"instance_id": instance_id},
                instance_id=instance_id,
            )
            for instance_id in found
        ],
    )
    if len(found) == AT_ONCE:
        schedule_again(work, ASK_JOB, payload["key"], work.now, {**payload, "after": found[-1]})


def reroute_case(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """The runner of jobs has locked the case."""
    instance = work.session.get(Instance, payload["instance_id"])
    if instance is None or instance.ended_at is not None:
        return
    case = CaseName(instance_id=instance.id, number=instance.number, title=instance.title)
    graph = graph_of(work.session, instance.version_id)
    query = select(WorkItem).where(WorkItem.instance_id == instance.id, given_by_rule()).order_by(WorkItem.id)
    for item in work.session.scalars(query.with_for_update()):
        node = graph.nodes[item.node or item.element]
        history = CaseHistory(
            work=work,
            instance_id=instance.id,
            definition_id=instance.definition_id,
            node=node,
            now_with=item.assignee_id,
        )
        facts = CaseFacts(unit_id=instance.unit_id, starter_id=instance.starter_id)
        variables = inspect.variables(instance.state_text, item.activity_id)
        reroute(work, item, case, assign(work, node.step or Step(), facts, variables, history))


def _is_any(work: UnitOfWork) -> bool:
    """An office that has just begun has no work to lay elsewhere."""
    return work.session.scalar(select(WorkItem.id).where(given_by_rule()).limit(1)) is not None


def _touched(work: UnitOfWork, positions: Collection[int], employees: Collection[int]) -> ColumnElement[bool]:
    """Work of these people, in a pool of these positions or of those above them, and work that is nobody's."""
    wide = {*positions, *(above for each in positions for above in positions_above(work.session, each))}
    may_claim = exists().where(
        Candidate.work_item_id == WorkItem.id,
        or_(Candidate.position_id.in_(wide), Candidate.employee_id.in_(employees)),
    )
    return or_(WorkItem.assignee_id.in_(employees), may_claim, lacks_performer())
