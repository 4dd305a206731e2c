"""Which ladder holds for which work: that of its step, else of its procedure, else the office's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.bpmn.joining import RESERVED
from engine.sla.climbing import STANDARD, RungRule, Rungs
from engine.sla.model import Anchor, Ladder, Rung, RungAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a ladder stands: at a step, at a procedure (`element` empty), or for the office (no procedure)."""

    definition_id: int | None = None
    element: str = ""

    def outwards(self) -> tuple["Place", ...]:
        """This place, then those whose ladders hold where it has none."""
        return tuple(dict.fromkeys((self, Place(definition_id=self.definition_id), OFFICE)))


OFFICE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLadder:
    ladder_id: int
    place: Place
    rungs: Rungs
    changed_at: datetime
    changed_by: str


def ladders(session: Session) -> Mapping[Place, KeptLadder]:
    """All that somebody has kept, in one statement; an office has few of them."""
    return once(session, ladders, lambda: _read(session))


def ladder_at(session: Session, place: Place) -> Rungs:
    """The rungs that hold at a place."""
    kept = ladders(session)
    return next((kept[each].rungs for each in place.outwards() if each in kept), STANDARD)


def place_of(definition_id: int | None, element: str, node: str) -> Place:
    """Where the ladder of an item is looked for; steps of called files go by the procedure of their case."""
    return Place(definition_id=definition_id, element="" if RESERVED.fullmatch(node) else element)


def _read(session: Session) -> Mapping[Place, KeptLadder]:
    query = select(Ladder, Rung).outerjoin(Rung, Rung.ladder_id == Ladder.id).order_by(Ladder.id, Rung.position)
    kept: dict[Place, KeptLadder] = {}
    for row in session.execute(query):
        ladder, rung = row.Ladder, row.Rung
        place = Place(definition_id=ladder.definition_id, element=ladder.element)
        before = kept[place].rungs if place in kept else ()
        kept[place] = KeptLadder(
            ladder_id=ladder.id,
            place=place,
            rungs=before if rung is None else (*before, _rule(rung)),
            changed_at=ladder.changed_at,
            changed_by=ladder.changed_by,
        )
    return kept


def _rule(rung: Rung) -> RungRule:
    return RungRule(
        anchor=Anchor(rung.anchor),
        action=RungAction(rung.action),
        after=timedelta(minutes=rung.after_minutes),
        repeats=rung.repeats,
        every=None if rung.every_minutes is None else timedelta(minutes=rung.every_minutes),
    )
