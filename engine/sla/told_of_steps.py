"""Of a case that is due with one of its steps people hear once: whom the ladder of the step tells knows enough."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.base.unit_of_work import UnitOfWork
from engine.calendar.queries import working_hours
from engine.sla.climbed import climbed, is_answered
from engine.sla.climbing import turns_of
from engine.sla.ladders import ladder_at, place_of
from engine.sla.model import Anchor, RungAction
from engine.sla.people import Level, Responsible, heads, holder_ids, responsible_for, superiors
from engine.worklist.model import WorkItem


def told_of_steps(
    work: UnitOfWork, items: Collection[WorkItem], anchor: Anchor, moment: datetime | None
) -> frozenset[int]:
    """Those who hear at this moment of one of these items."""
    together = [item for item in items if moment == (item.risk_at if anchor is Anchor.RISK else item.due_at)]
    come = climbed(work.session, together)
    today = work.today
    told = (
        _told(work.session, action, responsible_for(work.session, item), today)
        for item in together
        if item.clock_stopped_at is None and not is_answered(item, come[item.id])
        for action in _actions(work, item, anchor, moment)
    )
    return frozenset[int]().union(*told)


def _actions(work: UnitOfWork, item: WorkItem, anchor: Anchor, moment: datetime | None) -> list[RungAction]:
    if item.risk_at is None or item.due_at is None:
        return []
    rungs = ladder_at(work.session, place_of(item.definition_id, item.element, item.node))
    hours = working_hours(work.session, work.settings.zone, item.unit_id)
    turns = turns_of(anchor, rungs, item.risk_at, item.due_at, hours)
    return [turn.action for turn in turns if turn.at == moment]


def _told(session: Session, action: RungAction, responsible: Responsible, on: date) -> frozenset[int]:
    """What moves the work tells whoever has it then."""
    above = _ABOVE.get(action)
    found = frozenset(each.employee_id for each in above(session, responsible, on)) if above else frozenset[int]()
    return found or holder_ids(session, responsible, on)


_ABOVE: Mapping[RungAction, Callable[[Session, Responsible, date], Level]] = {
    RungAction.TELL_SUPERIOR: superiors,
    RungAction.TELL_HEAD: heads,
}
