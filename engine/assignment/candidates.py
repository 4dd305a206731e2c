"""Whom a performer of the model means today, for one case."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.access.model import Account
from engine.assignment.choosing import Candidates
from engine.assignment.people import History, Person, person_of
from engine.base.i18n import _
from engine.bpmn.graph import Performer, PerformerKind
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import Expression
from engine.organisation.finding import find_positions
from engine.organisation.model import Employee
from engine.organisation.queries import (
    Holder,
    find_employee_by_nip,
    head_of_unit,
    holders_of,
    positions_of,
    superiors_of,
)

STARTED = _("%(name)s started this case.")
FOR_APPLICANT = _("%(name)s enters this for the applicant, having started the case.")
NAMED = _("%(name)s is named by the procedure or by the data of the case.")
SAME = _("%(name)s did the step before to which this one belongs.")
IN_TEAM = _("%(name)s has this role in the team of the case.")
MOST_PEOPLE = 200  # more than a team has; data of a case are anybody's


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What assignment must know of a case; `is_starting` while its start is being written."""

    unit_id: int | None
    starter_id: int | None
    is_starting: bool = False


def candidates_for(
    session: Session,
    performer: Performer,
    case: CaseFacts,
    on: date,
    variables: Mapping[str, Any],
    history: History,
) -> Candidates:
    match performer.kind:
        case PerformerKind.POSITION:
            return _of_positions(session, performer, case, on, variables)
        case PerformerKind.HEAD_OF_UNIT:
            heads = head_of_unit(session, case.unit_id, on) if case.unit_id is not None else ()
            return _chosen(heads, _("the head of the unit"))
        case PerformerKind.SUPERIOR_OF_INITIATOR:
            superiors = superiors_of(session, case.starter_id, on) if case.starter_id is not None else ()
            return _chosen(superiors, _("the superior of whoever started the case"))
        case PerformerKind.EMPLOYEE:
            refs = _resolved(performer.refs, variables)
            return _people(session, _found(session, refs), on, NAMED, " / ".join(refs))
        case PerformerKind.TEAM_ROLE:
            refs = tuple(_members(performer, variables))
            return _people(session, _found(session, refs), on, IN_TEAM, " / ".join(performer.refs))
        case PerformerKind.SAME_AS:
            last = history.doers_of(performer.refs)[:1]
            return _people(session, last, on, SAME, _("whoever did the step before"))
        case PerformerKind.INITIATOR:
            return _starter(session, case, on, STARTED)
        case PerformerKind.EXTERNAL:
            return _starter(session, case, on, FOR_APPLICANT)


def _of_positions(
    session: Session, performer: Performer, case: CaseFacts, on: date, variables: Mapping[str, Any]
) -> Candidates:
    refs = _resolved(performer.refs, variables)
    positions = [position for ref in refs for position in find_positions(session, ref, case.unit_id, on)]
    named = _found(session, _resolved(performer.people, variables))
    others = _people(session, named, on, NAMED, "") if named else Candidates()
    if not positions and not others.people:
        return Candidates(wanted=" / ".join(refs))
    position_ids = tuple(dict.fromkeys(position.id for position in positions))
    holders = tuple(person_of(holder) for holder in holders_of(session, position_ids, on))
    pool = Candidates(
        people=(*holders, *others.people),
        position_ids=position_ids,
        employee_ids=others.employee_ids,
        unit_id=positions[0].unit_id if positions else others.unit_id,
        wanted=positions[0].title if positions else " / ".join(refs),
    )
    if case.is_starting and any(person.employee_id == case.starter_id for person in pool.people):
        return _only_starter(pool, _starter(session, case, on, STARTED))
    return pool


def _only_starter(pool: Candidates, starter: Candidates) -> Candidates:
    """Whoever starts a case has its first step at once; others of the position may take it if it is released."""
    return Candidates(
        people=starter.people,
        position_ids=pool.position_ids,
        employee_ids=pool.employee_ids,
        unit_id=starter.unit_id,
        wanted=pool.wanted,
    )


def _chosen(holders: Sequence[Holder], wanted: str) -> Candidates:
    people = tuple(person_of(holder) for holder in holders)
    return Candidates(
        people=people,
        position_ids=tuple(dict.fromkeys(p.position_id for p in people if p.position_id is not None)),
        unit_id=people[0].unit_id if people else None,
        wanted=wanted,
    )


def _starter(session: Session, case: CaseFacts, on: date, why: str) -> Candidates:
    ids = () if case.starter_id is None else (case.starter_id,)
    return _people(session, ids, on, why, _("whoever started the case"))


def _people(session: Session, employee_ids: Collection[int], on: date, why: str, wanted: str) -> Candidates:
    """Those of them who work here, each as a person and not as the holder of a seat."""
    people = tuple(_themselves(session, employee_ids, on, why))
    return Candidates(
        people=people,
        employee_ids=tuple(person.employee_id for person in people),
        unit_id=people[0].unit_id if people else None,
        wanted=wanted,
    )


def _themselves(session: Session, employee_ids: Collection[int], on: date, why: str) -> Iterator[Person]:
    wanted = list(dict.fromkeys(employee_ids))[:MOST_PEOPLE]
    held = {each: positions_of(session, each, on) for each in wanted}
    seatless = [each for each in wanted if not held[each]]
    names = {each: holders[0].name for each, holders in held.items() if holders} | _names(session, seatless, on)
    for employee_id in wanted:
        if employee_id in names:
            main = next(iter(held[employee_id]), None)
            yield Person(
                employee_id=employee_id,
                name=names[employee_id],
                position_id=None,
                position_title=main.position_title if main else "",
                unit_id=main.unit_id if main else None,
                why=why,
            )


def _names(session: Session, employee_ids: Collection[int], on: date) -> dict[int, str]:
    if not employee_ids:
        return {}
    is_here = or_(Employee.left_on.is_(None), Employee.left_on > on)
    query = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids), is_here)
    return {row.id: row.name for row in session.execute(query)}


def _found(session: Session, refs: Sequence[str]) -> tuple[int, ...]:
    """Employees by NIP, else by the username of their account."""
    found: list[int] = []
    for ref in refs[:MOST_PEOPLE]:
        known = find_employee_by_nip(session, ref)
        if known is not None:
            found.append(known.id)
        elif ref.isprintable():
            username = func.lower(Account.username) == ref.strip().lower()
            found += [each for each in session.scalars(select(Account.employee_id).where(username)) if each is not None]
    return tuple(dict.fromkeys(found))


def _members(performer: Performer, variables: Mapping[str, Any]) -> Iterator[str]:
    """Of a list such as [{"pegawai": "1986…", "peran": "Ketua Tim"}], those with one of the wanted roles."""
    roles = {role.casefold() for role in performer.refs}
    team = _value(performer.team, variables)
    for member in team if isinstance(team, list) else ():
        if isinstance(member, Mapping) and " ".join(str(member.get("peran", "")).split()).casefold() in roles:
            yield str(member.get("pegawai") or member.get("nip") or "")


def _resolved(refs: Sequence[str], variables: Mapping[str, Any]) -> tuple[str, ...]:
    """References may be written as `${…}` over the case's data; what cannot be evaluated names nobody."""
    found: list[str] = []
    for ref in refs:
        value = _value(ref, variables)
        found += [str(part) for part in value] if isinstance(value, list) else [str(value)]
    return tuple(found)


def _value(text: str, variables: Mapping[str, Any]) -> Any:
    if not text.lstrip().startswith(("${", "=")):
        return text
    try:
        return Expression(text).evaluate(variables)
    except (EvaluationFault, ExpressionFault):
        return text
