"""What a rung does to an item: whom it concerns, who may have the work, and what is done where she may not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from engine.assignment.reasons import Reason
from engine.base.i18n import _
from engine.base.rows import update_row
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.absences import presence_of
from engine.organisation.queries import Holder, holders_of
from engine.sla.model import RungAction
from engine.sla.people import Responsible, heads, holder_ids, names_by_id, pools_of, responsible_for, superiors
from engine.worklist.four_eyes import forbidden
from engine.worklist.measuring import measure
from engine.worklist.model import WorkItem
from engine.worklist.queries import pool_names
from engine.worklist.strategic import is_competent

HANDED_UP = _("Nobody answered in time, so it went to the superior, %(name)s. Before, %(from)s had it.")
HANDED_UP_FROM_POOL = _("Nobody took it in time, so it went to the superior, %(name)s.")
OFFERED = _("%(from)s did not answer in time, so it was offered to all who hold the position %(position)s.")

NOBODY_ABOVE = Reason(message=_("nobody is above"), params={})
IN_THE_QUEUE = Reason(message=_("it lies in the queue already"), params={})
NOBODY_ELSE = Reason(message=_("nobody else can take it from a queue"), params={})
STRATEGIC = _("%(name)s may not decide it: it is a strategic act")
FOUR_EYES = _("%(name)s did the other step, and two people must do these")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done in fact, to whom by id and name; `why` it was another thing than the rung says.

    Work that moved lies with `left_with`, or in its pool; `from_id` had it before.
    """

    action: RungAction
    told: Mapping[int, str]
    why: Reason | None = None
    has_moved: bool = False
    left_with: int | None = None
    from_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An item that nobody answered, on a day; `names` are those of its holders as far as they are known."""

    work: UnitOfWork
    item: WorkItem
    on: date
    responsible: Responsible
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        return self.work.session

    def holders(self) -> Mapping[int, str]:
        ids = holder_ids(self.session, self.responsible, self.on)
        return {each: self.names[each] for each in ids} if ids <= self.names.keys() else names_by_id(self.session, ids)

    def after_move(self) -> "Situation":
        responsible = responsible_for(self.session, self.item)
        return Situation(work=self.work, item=self.item, on=self.on, responsible=responsible)


def do(situation: Situation, action: RungAction) -> Deed:
    match action:
        case RungAction.REMIND_HOLDER:
            return _remind(situation)
        case RungAction.TELL_SUPERIOR:
            return _tell_superior(situation)
        case RungAction.TELL_HEAD:
            return _tell_head(situation)
        case RungAction.OFFER_TO_POOL:
            return _offer(situation)
        case RungAction.REASSIGN_TO_SUPERIOR:
            return _reassign(situation)


def _remind(situation: Situation, why: Reason | None = None) -> Deed:
    return Deed(action=RungAction.REMIND_HOLDER, told=situation.holders(), why=why)


def _tell_superior(situation: Situation, why: Reason | None = None) -> Deed:
    above = superiors(situation.session, situation.responsible, situation.on)
    if not above:
        return _remind(situation, why.also(NOBODY_ABOVE) if why else NOBODY_ABOVE)
    return Deed(action=RungAction.TELL_SUPERIOR, told=_named(above), why=why)


def _tell_head(situation: Situation) -> Deed:
    above = heads(situation.session, situation.responsible, situation.on)
    return Deed(action=RungAction.TELL_HEAD, told=_named(above)) if above else _remind(situation, NOBODY_ABOVE)


def _offer(situation: Situation, why: Reason | None = None) -> Deed:
    """To all who may take it besides the one who has it; whoever may not, or is away, is nobody to offer it to."""
    item, former = situation.item, situation.item.assignee_id
    if former is None:
        return _tell_superior(situation, why or IN_THE_QUEUE)
    takers = _takers(situation)
    if not takers:
        return _tell_superior(situation, why or NOBODY_ELSE)
    position = " / ".join(pool_names(situation.session, item.id))
    params = {"from": situation.holders().get(former, ""), "position": position}
    _lay(situation, None, Reason(message=OFFERED, params=params))
    return Deed(action=RungAction.OFFER_TO_POOL, told=takers, why=why, has_moved=True, from_id=former)


def _reassign(situation: Situation) -> Deed:
    """To the superior who is here; work is never given to one who may not do it."""
    above = superiors(situation.session, situation.responsible, situation.on)
    if not above:
        return _remind(situation, NOBODY_ABOVE)
    superior, former = above[0], situation.item.assignee_id
    why_not = _why_not(situation, superior)
    if why_not is not None:
        return _offer(situation, why_not)
    before = situation.holders().get(former, "") if former is not None else ""
    params = {"name": superior.name, "from": before}
    _lay(situation, superior.employee_id, Reason(message=HANDED_UP if before else HANDED_UP_FROM_POOL, params=params))
    return Deed(
        action=RungAction.REASSIGN_TO_SUPERIOR,
        told={superior.employee_id: superior.name},
        has_moved=True,
        left_with=superior.employee_id,
        from_id=former,
    )


def _lay(situation: Situation, assignee_id: int | None, reason: Reason) -> None:
    """By decision, not by the rule of its step: whoever comes to hold the position leaves it where it is."""
    measure(situation.work, situation.item)
    values: dict[str, Any] = {"assignee_id": assignee_id, "routed_to_id": None, "assignment_reason": reason.as_json()}
    values["claimed_at"] = None if assignee_id is None else situation.work.now
    update_row(situation.session, situation.item, **values)


def _takers(situation: Situation) -> Mapping[int, str]:
    session, item, on = situation.session, situation.item, situation.on
    pool = pools_of(session, [item.id])[item.id]
    holders = holders_of(session, tuple(position for position, _one in pool if position is not None), on)
    people = {holder.employee_id for holder in holders} | {each for _position, each in pool if each is not None}
    others = people - {item.assignee_id} - forbidden(session, item).keys() - presence_of(session, people, on).keys()
    return names_by_id(session, {each for each in others if is_competent(session, item, each, on)})


def _why_not(situation: Situation, superior: Holder) -> Reason | None:
    session, item = situation.session, situation.item
    if not is_competent(session, item, superior.employee_id, situation.on):
        return Reason(message=STRATEGIC, params={"name": superior.name})
    if superior.employee_id in forbidden(session, item):
        return Reason(message=FOUR_EYES, params={"name": superior.name})
    return None


def _named(holders: tuple[Holder, ...]) -> Mapping[int, str]:
    return {holder.employee_id: holder.name for holder in holders}
