"""From those who could do a step to those who do: pure, over what the organisation and the case answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.assignment import reasons
from engine.assignment.people import History, Person
from engine.assignment.reasons import Reason
from engine.base.i18n import _
from engine.bpmn.graph import Sharing
from engine.organisation.absences import Away

TEXTS = {
    Sharing.LEAST_LOADED: _("%(name)s has the fewest open tasks of those who hold the position %(position)s."),
    Sharing.IN_TURN: _("It is the turn of %(name)s among those who hold the position %(position)s."),
    Sharing.FIXED: _("%(name)s always does this step for the position %(position)s."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who may claim (positions, people) and, when only one can do it, who has it."""

    position_ids: tuple[int, ...] = ()
    employee_ids: tuple[int, ...] = ()
    assignee_id: int | None = None
    unit_id: int | None = None
    reason: Reason
    is_kept: bool = False  # she has it already, for the reason that was given then

    @property
    def is_nobody(self) -> bool:
        return not self.position_ids and not self.employee_ids and self.assignee_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Who could do it today by what the model says, before anything is known of this case."""

    people: tuple[Person, ...] = ()
    position_ids: tuple[int, ...] = ()
    employee_ids: tuple[int, ...] = ()
    unit_id: int | None = None
    wanted: str = ""

    def without(self, people: Collection[Person]) -> "Candidates":
        return replace(self, people=tuple(person for person in self.people if person not in people))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Those of the candidates who may and are here; with what must be said of the others.

    `may_not` are here too, and did the other step of a pair or have it.
    """

    people: tuple[Person, ...]
    may_not: tuple[Person, ...] = ()
    besides: tuple[Reason | None, ...] = ()

    def also(self, reason: Reason | None) -> "Choice":
        return replace(self, besides=(*self.besides, reason))


def among(
    candidates: Candidates,
    away: Mapping[int, Away],
    done_otherwise: Mapping[int, str],
    held_otherwise: Mapping[int, str] = MappingProxyType({}),
) -> Choice:
    """Whoever did the other step of a pair may not; whoever is away is passed over where somebody else is here,
    and so is whoever has the other step still to do: of the two she could complete only one.
    """
    may = [person for person in candidates.people if person.employee_id not in done_otherwise]
    may_not = [person for person in candidates.people if person.employee_id in done_otherwise]
    here = [person for person in may if person.employee_id not in away]
    absent = [person for person in may if person.employee_id in away]
    free = [person for person in here if person.employee_id not in held_otherwise]
    has_other = [person for person in here if free and person.employee_id in held_otherwise]
    return Choice(
        people=tuple(free or here or absent),
        may_not=(*may_not, *has_other),
        besides=(
            reasons.did_the_other_step(may_not, _step_of(may_not, done_otherwise)),
            reasons.has_the_other_step(has_other, _step_of(has_other, held_otherwise)),
            reasons.others_away(absent, away) if here else reasons.all_away(absent, away),
        ),
    )


def _step_of(people: Sequence[Person], steps: Mapping[int, str]) -> str:
    return next((steps[person.employee_id] for person in people), "")


def settle(candidates: Candidates, choice: Choice, sharing: Sharing, history: History) -> Assignment:
    """One who can has it at once; of several, as the model shares their work."""
    by_id = {person.employee_id: person for person in reversed(choice.people)}
    first = choice.people[0]
    pool = Assignment(
        position_ids=candidates.position_ids,
        employee_ids=candidates.employee_ids,
        unit_id=candidates.unit_id,
        reason=reasons.in_pool(choice.people).also(*choice.besides),
    )
    if len(by_id) == 1:
        return _given(pool, first, reasons.why_she(first, choice.may_not).also(*choice.besides))
    now_with = history.has_it_now()
    if now_with in by_id:
        return replace(_given(pool, by_id[now_with], pool.reason), is_kept=True)
    picked = _picked(tuple(by_id), first, sharing, history)
    if picked is None:
        return pool
    person = by_id[picked]
    return _given(pool, person, reasons.chosen(person, TEXTS[sharing]).also(*choice.besides))


def next_in_turn(employee_ids: Collection[int], last: int | None) -> int:
    """The one after the last; those who came or went meanwhile change nobody else's place."""
    in_order = sorted(employee_ids)
    return next((each for each in in_order if last is not None and each > last), in_order[0])


def least_loaded(employee_ids: Collection[int], loads: Mapping[int, int]) -> int:
    return min(employee_ids, key=lambda each: (loads.get(each, 0), each))


def to_superiors(candidates: Candidates, superiors: Sequence[Person], besides: Sequence[Reason | None]) -> Assignment:
    """Work that none of those whom the model names can do goes to the superior, and says so.

    The position itself stays among the candidates: whoever is appointed to it may take over.
    """
    forbidden = next((reason for reason in besides if reason is not None), None)
    if not superiors:
        return Assignment(unit_id=candidates.unit_id, reason=forbidden or reasons.nobody_above(candidates.wanted))
    above = tuple(dict.fromkeys(p.position_id for p in superiors if p.position_id is not None))
    is_one = len({person.employee_id for person in superiors}) == 1
    name = superiors[0].name
    return Assignment(
        position_ids=(*candidates.position_ids, *(each for each in above if each not in candidates.position_ids)),
        assignee_id=superiors[0].employee_id if is_one else None,
        unit_id=superiors[0].unit_id,
        reason=forbidden.also(reasons.to_superior_besides(name))
        if forbidden
        else reasons.to_superior(name, candidates.wanted),
    )


def _picked(employee_ids: tuple[int, ...], first: Person, sharing: Sharing, history: History) -> int | None:
    match sharing:
        case Sharing.POOL:
            return None
        case Sharing.LEAST_LOADED:
            return least_loaded(employee_ids, history.loads(employee_ids))
        case Sharing.IN_TURN:
            return history.take_turn(employee_ids)
        case Sharing.FIXED:
            before = history.did_it_before()
            return before if before in employee_ids else first.employee_id


def _given(pool: Assignment, person: Person, reason: Reason) -> Assignment:
    """Hers; her unit is where it waits."""
    return replace(pool, assignee_id=person.employee_id, unit_id=person.unit_id or pool.unit_id, reason=reason)
