"""Strategic acts are refused to those who only act for the holder (UU 30/2014 art. 14 (7): no mandate for them)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import HoldingKind
from engine.organisation.principals import Principal
from engine.organisation.queries import Holder, positions_of, superiors_of_position
from engine.worklist.behalf import candidates_of
from engine.worklist.errors import MayNotDoIt
from engine.worklist.model import WorkItem

ACTING = {HoldingKind.PLH: "Plh.", HoldingKind.PLT: "Plt."}


class NotForActing(MayNotDoIt):
    code = "work_item.not_for_acting"
    message = _(
        "This is a strategic act, and you hold %(position)s as %(kind)s only: by Law 30/2014, article 14, acting "
        "officials may not take such decisions. What you typed is kept. %(superior)s can take the task: ask to have "
        "it handed up, or wait for the holder."
    )


class NotOnBehalf(MayNotDoIt):
    code = "work_item.not_on_behalf"
    message = _(
        "This is a strategic act: by Law 30/2014, article 14, it is not done on behalf of another. "
        "%(principal)s must do it herself, or the official above her."
    )


class NotItsHolder(MayNotDoIt):
    code = "work_item.not_its_holder"
    message = _(
        "This is a strategic act: only the definitive holder of its position, or the official above, may decide it "
        "(Law 30/2014, article 14). Hand it to one of them."
    )


def require_competent(work: UnitOfWork, item: WorkItem, principal: Principal | None) -> None:
    """Raises a refusal that says the law and the way out."""
    if not item.is_strategic:
        return
    if principal is not None:
        raise NotOnBehalf(principal=principal.name)
    if work.actor.employee_id is None:
        return
    on = work.today
    if not is_competent(work.session, item, work.actor.employee_id, on):
        raise _refusal(work.session, item, work.actor.employee_id, on)


def is_competent(session: Session, item: WorkItem, employee_id: int, on: date) -> bool:
    """Whether she may decide it in her own name; work that was meant for a person has no seat to act for."""
    positions = _positions(session, item) if item.is_strategic else frozenset()
    if not positions:
        return True
    deciding = positions | {each.position_id for each in _above(session, positions, on)}
    return any(
        holder.position_id in deciding and not holder.is_acting for holder in positions_of(session, employee_id, on)
    )


def _positions(session: Session, item: WorkItem) -> frozenset[int]:
    return frozenset(position for position, _employee in candidates_of(session, item.id) if position is not None)


def _above(session: Session, positions: Collection[int], on: date) -> list[Holder]:
    return [each for position in sorted(positions) for each in superiors_of_position(session, position, on)]


def _refusal(session: Session, item: WorkItem, employee_id: int, on: date) -> MayNotDoIt:
    positions, held = _positions(session, item), positions_of(session, employee_id, on)
    acting = next((holder for holder in held if holder.position_id in positions), None)
    if acting is None:
        return NotItsHolder()
    above = _above(session, positions, on)
    superior = next((each for each in above if not each.is_acting and each.employee_id != acting.employee_id), None)
    name = superior.name if superior else {"message": _("The official above")}
    return NotForActing(position=acting.position_title, kind=ACTING[acting.kind], superior=name)
