"""Administrators say how late work climbs; each act leaves its line in the trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import Conflict
from engine.base.i18n import _
from engine.base.looking import forget_edition
from engine.base.rows import insert_rows
from engine.base.unit_of_work import UnitOfWork
from engine.sla.climbing import RungRule
from engine.sla.ladder_places import in_words
from engine.sla.ladder_rules import require_sound
from engine.sla.ladders import Place
from engine.sla.model import Ladder, Rung


class LadderChanged(Conflict):
    code = "ladder.changed"
    message = _(
        "Somebody has changed this ladder since you opened it. Look at it in another window; keep yours again if it is "
        "to hold instead."
    )


def keep_ladder(work: UnitOfWork, place: Place, rungs: Sequence[RungRule]) -> None:
    """Work that climbs already goes on by these rungs from its next moment on. Raises BadLadder."""
    require(work.actor, Permission.KEEP_LADDERS)
    require_sound(rungs)
    ladder = _made_or_locked(work, place)
    ladder.changed_at, ladder.changed_by = work.now, work.actor.name
    work.session.execute(delete(Rung).where(Rung.ladder_id == ladder.id))
    insert_rows(work.session, Rung, list(_rows(ladder.id, rungs)))
    forget_edition(work.session)
    record(work, "ladder.kept", "ladder", ladder.id, name=in_words(work.session, place), items=len(rungs))


def require_as_seen(work: UnitOfWork, place: Place, seen: str) -> None:
    """Raises LadderChanged when somebody has kept, or removed, the ladder since it stood as in `seen`."""
    ladder = work.session.scalar(_at(place).with_for_update())
    if mark_of(ladder.changed_at if ladder else None) != seen:
        raise LadderChanged


def mark_of(changed_at: datetime | None) -> str:
    """By which a page knows again how a ladder stood; empty for a place without its own."""
    return changed_at.isoformat() if changed_at else ""


def drop_ladder(work: UnitOfWork, place: Place) -> None:
    """From now on the ladder of the next place around it holds; a place without its own stays as it is."""
    require(work.actor, Permission.KEEP_LADDERS)
    ladder = work.session.scalar(_at(place).with_for_update())
    if ladder is None:
        return
    record(work, "ladder.dropped", "ladder", ladder.id, name=in_words(work.session, place))
    work.session.execute(delete(Rung).where(Rung.ladder_id == ladder.id))
    work.session.delete(ladder)
    work.session.flush()
    forget_edition(work.session)


def _made_or_locked(work: UnitOfWork, place: Place) -> Ladder:
    """Two who change one ladder come one after the other, and make it once."""
    new = {
        "definition_id": place.definition_id,
        "element": place.element,
        "changed_at": work.now,
        "changed_by": work.actor.name,
    }
    insert_rows(work.session, Ladder, [new], "ON CONFLICT DO NOTHING")
    return work.session.scalars(_at(place).with_for_update()).one()


def _at(place: Place) -> Select[Ladder]:
    return select(Ladder).where(Ladder.definition_id == place.definition_id, Ladder.element == place.element)


def _rows(ladder_id: int, rungs: Sequence[RungRule]) -> Iterator[dict[str, Any]]:
    for position, rung in enumerate(rungs, start=1):
        yield {
            "ladder_id": ladder_id,
            "position": position,
            "anchor": rung.anchor,
            "after_minutes": _minutes(rung.after),
            "action": rung.action,
            "repeats": rung.repeats,
            "every_minutes": _minutes(rung.every) if rung.repeats and rung.every else None,
        }


def _minutes(duration: timedelta) -> int:
    return duration // timedelta(minutes=1)
