"""What a ladder must be, so that it ends and its rungs come in the order in which they stand: pure."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.calendar.describe import WORKING_DAY
from engine.sla.climbing import AT_ONCE, MOVES, RungRule
from engine.sla.model import Anchor

MOST_RUNGS = 10
MOST_TURNS = 20
LATEST = 250 * WORKING_DAY  # a year of work
MINUTE = timedelta(minutes=1)
RANK = {Anchor.RISK: 0, Anchor.DUE: 1}


class BadLadder(Invalid):
    code = "ladder.bad"
    message = _("The ladder was not kept. Please look at the marked fields.")


def require_sound(rungs: Sequence[RungRule]) -> None:
    """Raises BadLadder with every place that is wrong."""
    found = problems(rungs)
    if found:
        raise BadLadder(found)


def problems(rungs: Sequence[RungRule]) -> tuple[FieldProblem, ...]:
    """Fields are called by their rung, counted from one: `after-2`."""
    of_rungs = (each for number in range(1, len(rungs) + 1) for each in _of_rung(rungs, number))
    return (*_of_all(rungs), *of_rungs)


def _of_all(rungs: Sequence[RungRule]) -> Iterator[FieldProblem]:
    if len(rungs) > MOST_RUNGS:
        message = _("A ladder has at most %(most)s rungs. Remove some of them.")
        yield _problem("rungs", "too_many", message, most=MOST_RUNGS)
    count = sum(1 + max(rung.repeats, 0) for rung in rungs)
    if count > MOST_TURNS:
        longest = max(range(len(rungs)), key=lambda place: rungs[place].repeats) + 1
        message = _(
            "With its repetitions the ladder has %(count)s moments, at most %(most)s are possible. Repeat less."
        )
        yield _problem(f"repeats-{longest}", "endless", message, count=count, most=MOST_TURNS)


def _of_rung(rungs: Sequence[RungRule], number: int) -> Iterator[FieldProblem]:
    rung, before = rungs[number - 1], rungs[: number - 1]
    if not _is_possible(rung):
        yield _problem(f"after-{number}", "too_long", _("Give a time between none and 250 working days."))
    elif before and _is_possible(before[-1]) and _comes_before(rung, before[-1]):
        message = _("It would come before rung %(number)s. Give it a later time, or move it up.")
        yield _problem(f"after-{number}", "out_of_order", message, number=number - 1)
    yield from _of_repeats(rung, number)
    yield from _of_places(rung, before, number)


def _of_repeats(rung: RungRule, number: int) -> Iterator[FieldProblem]:
    if rung.repeats < 0:
        yield _problem(f"repeats-{number}", "negative", _("Give how often it comes again: none, or a number."))
    elif rung.repeats and rung.action in MOVES:
        message = _("Work moves there once: a second time it would be there already. Do not repeat it.")
        yield _problem(f"repeats-{number}", "moves_again", message)
    elif rung.repeats and (rung.every is None or not MINUTE <= rung.every <= LATEST):
        message = _("Say how much working time lies between the repetitions, or do not repeat it.")
        yield _problem(f"every-{number}", "no_pause", message)


def _of_places(rung: RungRule, before: Sequence[RungRule], number: int) -> Iterator[FieldProblem]:
    same = next((place for place, each in enumerate(before, start=1) if each.action is rung.action), None)
    if rung.action in MOVES and same is not None:
        message = _("Rung %(number)s moves the work there already. Choose another action, or remove one of the two.")
        yield _problem(f"action-{number}", "moves_twice", message, number=same)
        return
    twin = next((place for place, each in enumerate(before, start=1) if _is_twin(each, rung)), None)
    if twin is not None:
        message = _("Rung %(number)s does the same at the same moment. Give it a later time, or remove it.")
        yield _problem(f"action-{number}", "twice", message, number=twin)


def _is_possible(rung: RungRule) -> bool:
    return AT_ONCE <= rung.after <= LATEST


def _comes_before(rung: RungRule, other: RungRule) -> bool:
    return (RANK[rung.anchor], rung.after) < (RANK[other.anchor], other.after)


def _is_twin(one: RungRule, other: RungRule) -> bool:
    return (one.anchor, one.after, one.action) == (other.anchor, other.after, other.action)


def _problem(name: str, code: str, message: str, **params: int) -> FieldProblem:
    return FieldProblem(name=name, code=f"ladder.{code}", message=message, params=params)
