"""On the day when units close: their open work, running cases and procedures go to those who were named."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, or_, select, update

from engine.assignment.reasons import Reason
from engine.audit.operations import record
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.retiring import hand_to_unit, retire
from engine.execution.model import Instance
from engine.organisation.model import Position, Unit
from engine.organisation.queries import holders_of, unit
from engine.staffing.unit_contents import open_work, procedures_of, running_cases
from engine.worklist.measuring import measure
from engine.worklist.model import Candidate, WorkItem
from engine.worklist.operations import give_to

HANDOVER_JOB: Final = "unit.handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Successors:
    """The work goes to a position or to a person; procedures without a unit are retired."""

    position_id: int | None
    employee_id: int | None
    cases_to: int | None
    procedures_to: int | None

    def as_payload(self, unit_ids: Collection[int]) -> dict[str, Any]:
        return {
            "units": sorted(unit_ids),
            "position": self.position_id,
            "employee": self.employee_id,
            "cases_to": self.cases_to,
            "procedures_to": self.procedures_to,
        }


def hand_over(work: UnitOfWork, payload: Mapping[str, Any]) -> None:
    """Only of units that are closed by now: one that was opened again in the meantime keeps what it has."""
    closed = select(Unit.id).where(Unit.id.in_(payload["units"]), Unit.closed_on <= work.today)
    unit_ids = work.session.scalars(closed.order_by(Unit.id)).all()
    if not unit_ids:
        return
    _hand_cases(work, unit_ids, payload["cases_to"])
    _hand_work(work, unit_ids, payload["position"], payload["employee"])
    procedures = [each.definition_id for each in procedures_of(work.session, unit_ids)]
    to = payload["procedures_to"]
    if to is None:
        retire(work, procedures)
    else:
        hand_to_unit(work, procedures, to, unit(work.session, to).name)


def _hand_cases(work: UnitOfWork, unit_ids: Collection[int], to: int | None) -> None:
    """Before the work: whoever locks both locks the case first."""
    if to is None:
        return
    ids = work.session.scalars(running_cases(unit_ids).with_only_columns(Instance.id).with_for_update()).all()
    work.session.execute(update(Instance).where(Instance.id.in_(ids)).values(unit_id=to))
    name = unit(work.session, to).name
    for instance_id in ids:
        record(work, "case.unit_changed", "instance", instance_id, instance_id, unit=name)


def _hand_work(work: UnitOfWork, unit_ids: Collection[int], position_id: int | None, employee_id: int | None) -> None:
    locked = open_work(unit_ids).with_for_update(of=WorkItem).execution_options(populate_existing=True)
    items = work.session.scalars(locked).all()
    position = None if position_id is None else work.session.get(Position, position_id)
    if position is None and employee_id is None:
        return
    closed = select(Position.id).where(Position.unit_id.in_(unit_ids))
    of_items = Candidate.work_item_id.in_([item.id for item in items])
    # The successor too: whoever had it in her queue already has it there once.
    gone = or_(Candidate.position_id.in_(closed), Candidate.position_id == position_id)
    work.session.execute(delete(Candidate).where(of_items, gone))
    holders = [] if position is None else holders_of(work.session, [position.id], work.today)
    to = employee_id if position is None else holders[0].employee_id if len(holders) == 1 else None
    for item in items:
        _lay(work, item, position, employee_id)
        if to is not None and item.assignee_id != to:
            give_to(work, item, to)


def _lay(work: UnitOfWork, item: WorkItem, position: Position | None, employee_id: int | None) -> None:
    """Into the queue of the successor, from which one single holder gets it at once."""
    if position is None:
        work.session.add(Candidate(work_item_id=item.id, employee_id=employee_id))
    else:
        work.session.add(Candidate(work_item_id=item.id, position_id=position.id))
        item.unit_id = position.unit_id
        text = _("The unit where it waited has closed; it came to %(position)s.")
        item.assignment_reason = Reason(message=text, params={"position": position.title}).as_json()
        measure(work, item)
        item.assignee_id = item.claimed_at = None
    item.routed_to_id = None
