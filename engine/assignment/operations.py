"""Lane to position to people, as the organisation stands today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from engine.assignment.choosing import Assignment, Person, Reason, to_holders, to_person, to_superiors
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import Performer, PerformerKind, Step
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import Expression
from engine.organisation.model import HoldingKind
from engine.organisation.queries import (
    Holder,
    employee,
    find_employee_by_nip,
    find_positions,
    head_of_unit,
    holders_of,
    positions_of,
    superiors_of,
    superiors_of_position,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What assignment must know of a case; `is_starting` while its start is being written."""

    unit_id: int | None
    starter_id: int | None
    is_starting: bool = False


def assign(work: UnitOfWork | Reading, step: Step, case: CaseFacts, variables: Mapping[str, Any]) -> Assignment:
    """Who does a step of this case today, and why she. Never refuses: nobody is an answer, with its reason."""
    on = work.now.astimezone(work.settings.zone).date()
    performer = step.performer or Performer(kind=PerformerKind.INITIATOR)
    match performer.kind:
        case PerformerKind.POSITION:
            return _to_positions(work.session, performer, case, on, variables)
        case PerformerKind.HEAD_OF_UNIT:
            heads = head_of_unit(work.session, case.unit_id, on) if case.unit_id is not None else ()
            return _to_chosen(heads, _("the head of the unit"))
        case PerformerKind.SUPERIOR_OF_INITIATOR:
            superiors = superiors_of(work.session, case.starter_id, on) if case.starter_id is not None else ()
            return _to_chosen(superiors, _("the superior of whoever started the case"))
        case PerformerKind.EMPLOYEE:
            return _to_employee(work.session, performer, on, variables)
        case PerformerKind.INITIATOR:
            return _to_starter(work.session, case, on, _("%(name)s started this case."))
        case PerformerKind.EXTERNAL:
            text = _("%(name)s enters this for the applicant, having started the case.")
            return _to_starter(work.session, case, on, text)


def person_of(holder: Holder) -> Person:
    return Person(
        employee_id=holder.employee_id,
        name=holder.name,
        position_id=holder.position_id,
        position_title=holder.position_title,
        unit_id=holder.unit_id,
        is_acting=holder.kind != HoldingKind.DEFINITIVE,
    )


def _to_positions(
    session: Session, performer: Performer, case: CaseFacts, on: date, variables: Mapping[str, Any]
) -> Assignment:
    refs = _resolved(performer.refs, variables)
    positions = [position for ref in refs for position in find_positions(session, ref, case.unit_id)]
    if not positions:
        return _nobody(" / ".join(refs))
    position_ids = tuple(dict.fromkeys(position.id for position in positions))
    people = [person_of(holder) for holder in holders_of(session, position_ids, on)]
    if case.is_starting and any(person.employee_id == case.starter_id for person in people):
        return _to_starter(session, case, on, _("%(name)s started this case.")).among(position_ids)
    if people:
        return to_holders(position_ids, people, positions[0].unit_id)
    superiors = [person_of(holder) for holder in superiors_of_position(session, position_ids[0], on)]
    return to_superiors(superiors, positions[0].title)


def _to_chosen(holders: Sequence[Holder], wanted: str) -> Assignment:
    people = [person_of(holder) for holder in holders]
    position_ids = tuple(dict.fromkeys(p.position_id for p in people if p.position_id is not None))
    return to_holders(position_ids, people, people[0].unit_id) if people else _nobody(wanted)


def _to_employee(session: Session, performer: Performer, on: date, variables: Mapping[str, Any]) -> Assignment:
    refs = _resolved(performer.refs, variables)
    for ref in refs:
        found = find_employee_by_nip(session, ref)
        if found is not None:
            text = _("%(name)s is named by the procedure or by the data of the case.")
            return _to_known(found.id, found.name, positions_of(session, found.id, on), text)
    return _nobody(" / ".join(refs))


def _to_starter(session: Session, case: CaseFacts, on: date, text: str) -> Assignment:
    if case.starter_id is None:
        return _nobody(_("whoever started the case"))
    held = positions_of(session, case.starter_id, on)
    name = held[0].name if held else employee(session, case.starter_id).name
    return _to_known(case.starter_id, name, held, text)


def _to_known(employee_id: int, name: str, held: Sequence[Holder], text: str) -> Assignment:
    person = Person(
        employee_id=employee_id,
        name=name,
        position_id=None,  # hers as a person, not as the holder of a seat
        position_title=held[0].position_title if held else "",
        unit_id=held[0].unit_id if held else None,
    )
    return to_person(person, Reason(message=text, params={"name": name}))


def _nobody(wanted: str) -> Assignment:
    params = {"position": {"message": wanted}}
    return Assignment(reason=Reason(message=_("Nobody holds the position %(position)s today."), params=params))


def _resolved(refs: Sequence[str], variables: Mapping[str, Any]) -> tuple[str, ...]:
    """References may be written as `${…}` over the case's data; what cannot be evaluated names nobody."""
    found: list[str] = []
    for ref in refs:
        if not ref.lstrip().startswith(("${", "=")):
            found.append(ref)
            continue
        try:
            value = Expression(ref).evaluate(variables)
        except (EvaluationFault, ExpressionFault):
            value = ref
        found += [str(part) for part in value] if isinstance(value, list) else [str(value)]
    return tuple(found)
