"""From the rungs of a ladder to moments: pure, over the two moments of an item and the hours of its unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar.describe import WORKING_DAY
from engine.calendar.hours import WorkingHours, add_working_time
from engine.sla.model import Anchor, RungAction

AT_ONCE = timedelta(0)
MOVES = (RungAction.OFFER_TO_POOL, RungAction.REASSIGN_TO_SUPERIOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRule:
    """What happens `after` so much working time since the item came to be at risk, or was due.

    It comes `repeats` times more, each `every` of working time later.
    """

    anchor: Anchor
    action: RungAction
    after: timedelta = AT_ONCE
    repeats: int = 0
    every: timedelta | None = None

    def waits(self) -> Iterator[timedelta]:
        """The working time from the anchor to each of its turns."""
        for turn in range(1 + self.repeats):
            yield self.after + turn * (self.every or AT_ONCE)


Rungs = tuple[RungRule, ...]

# What happens where nobody has said anything else.
STANDARD: Rungs = (
    RungRule(anchor=Anchor.RISK, action=RungAction.REMIND_HOLDER),
    RungRule(anchor=Anchor.DUE, action=RungAction.REMIND_HOLDER),
    RungRule(anchor=Anchor.DUE, action=RungAction.TELL_SUPERIOR),
    RungRule(anchor=Anchor.DUE, action=RungAction.TELL_SUPERIOR, after=WORKING_DAY),
    RungRule(anchor=Anchor.DUE, action=RungAction.TELL_HEAD, after=2 * WORKING_DAY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One coming of one rung; rungs count from one, turns from zero."""

    at: datetime
    position: int
    turn: int
    action: RungAction


def turns(rungs: Sequence[RungRule], risk_at: datetime, due_at: datetime, hours: WorkingHours) -> tuple[Turn, ...]:
    """All that comes, in its order, if nobody answers."""
    parts = (turns_of(anchor, rungs, risk_at, due_at, hours) for anchor in (Anchor.RISK, Anchor.DUE))
    return tuple(turn for part in parts for turn in part)


def turns_of(
    anchor: Anchor, rungs: Sequence[RungRule], risk_at: datetime, due_at: datetime, hours: WorkingHours
) -> tuple[Turn, ...]:
    """Those of one part. The part that begins when it comes to be at risk ends when it is due."""
    if anchor is Anchor.DUE:
        return _in_order(_turns(rungs, anchor, due_at, hours))
    return _in_order(turn for turn in _turns(rungs, anchor, risk_at, hours) if turn.at < due_at)


def due_turns(all_turns: Sequence[Turn], after: datetime | None, now: datetime) -> tuple[Turn, ...]:
    """Those whose moment has come since `after`, the last look; of several that were missed, each action once.

    The workers may have stood still for days: nobody is told the same three times in one moment.
    """
    come = [turn for turn in all_turns if turn.at <= now and (after is None or turn.at > after)]
    last = {turn.action: turn for turn in come}
    return tuple(turn for turn in come if last[turn.action] is turn)


def next_turn(all_turns: Sequence[Turn], now: datetime) -> Turn | None:
    return next((turn for turn in all_turns if turn.at > now), None)


def _turns(rungs: Sequence[RungRule], anchor: Anchor, start: datetime, hours: WorkingHours) -> Iterator[Turn]:
    for position, rung in enumerate(rungs, start=1):
        if rung.anchor is anchor:
            for turn, wait in enumerate(rung.waits()):
                at = add_working_time(start, wait, hours)
                yield Turn(at=at, position=position, turn=turn, action=rung.action)


def _in_order(found: Iterable[Turn]) -> tuple[Turn, ...]:
    """At one moment the work moves first, so that whoever is told reads who has it then."""
    return tuple(sorted(found, key=lambda turn: (turn.at, turn.action not in MOVES, turn.position, turn.turn)))
