"""Lane to position to people, as the organisation stands today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.assignment import reasons
from engine.assignment.candidates import CaseFacts, candidates_for
from engine.assignment.choosing import Assignment, Candidates, among, settle, to_superiors
from engine.assignment.people import History, NoHistory, Person, person_of
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import Performer, PerformerKind, Step
from engine.organisation.absences import presence_of
from engine.organisation.acknowledged import not_acknowledged
from engine.organisation.holdings import holders_away
from engine.organisation.model import HoldingKind
from engine.organisation.queries import head_of_unit, superiors_of, superiors_of_position

NOTHING_YET = NoHistory()
NOBODY = Performer(kind=PerformerKind.INITIATOR)


def assign(
    work: UnitOfWork | Reading,
    step: Step,
    case: CaseFacts,
    variables: Mapping[str, Any],
    history: History = NOTHING_YET,
) -> Assignment:
    """Who does a step of this case today, and why she. Never refuses: nobody is an answer, with its reason."""
    on = work.today
    has_other = history.holds_otherwise()
    # Whoever starts a case has its first step at once, but not both of a pair that begin together.
    case = replace(case, is_starting=case.is_starting and case.starter_id not in has_other)
    candidates = candidates_for(work.session, step.performer or NOBODY, case, on, variables, history)
    if not candidates.people and not candidates.position_ids:
        return Assignment(unit_id=case.unit_id, reason=reasons.nobody(candidates.wanted))
    away = presence_of(work.session, {person.employee_id for person in candidates.people}, on)
    unready = _without_acknowledged_sheet(work, candidates, on)
    forbidden = history.done_otherwise()
    ready = _with_absences(work, candidates.without(unready), on)
    choice = among(ready, away, forbidden, has_other).also(reasons.sheet_not_acknowledged(unready))
    if choice.people:
        return settle(candidates, choice, step.sharing, history)
    above = [person for person in _above(work, candidates, case) if person.employee_id not in forbidden]
    return to_superiors(candidates, above, choice.besides)


def _with_absences(work: UnitOfWork | Reading, candidates: Candidates, on: date) -> Candidates:
    """Of each Plh, how long the one is away for whom she acts."""
    acting = {person.position_id for person in candidates.people if person.kind is HoldingKind.PLH}
    if not acting:
        return candidates
    ends = holders_away(work.session, acting, on)
    return replace(candidates, people=tuple(_until(person, ends) for person in candidates.people))


def _until(person: Person, ends: Mapping[int | None, date]) -> Person:
    return replace(person, until=ends.get(person.position_id)) if person.kind is HoldingKind.PLH else person


def _without_acknowledged_sheet(work: UnitOfWork | Reading, candidates: Candidates, on: date) -> tuple[Person, ...]:
    """Those whom the office passes over until they have acknowledged their duties, where it has decided so."""
    if work.settings.route_before_acknowledged or not candidates.position_ids:
        return ()
    waiting = not_acknowledged(work.session, candidates.position_ids, on)
    return tuple(person for person in candidates.people if (person.employee_id, person.position_id) in waiting)


def _above(work: UnitOfWork | Reading, candidates: Candidates, case: CaseFacts) -> tuple[Person, ...]:
    session, on = work.session, work.today
    if candidates.position_ids:
        holders = superiors_of_position(session, candidates.position_ids[0], on)
    else:
        holders = superiors_of(session, candidates.people[0].employee_id, on)
    if not holders and case.unit_id is not None:
        holders = head_of_unit(session, case.unit_id, on)
    return tuple(person_of(holder) for holder in holders)
