"""What is required of whom, what people have, and what they lack."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.competency.gaps import Held, Missing, Required, missing
from engine.competency.model import Competency, EmployeeCompetency, PositionCompetency


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyLine:
    """A kind, with how many positions require it and how many people have it today."""

    id: int
    code: str
    name: str
    positions: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    id: int
    competency_id: int
    name: str
    certificate: str | None
    obtained_on: date
    valid_until: date | None


def competencies(session: Session, on: date) -> tuple[CompetencyLine, ...]:
    """All kinds by name; an office has dozens."""
    positions = (
        select(func.count()).where(PositionCompetency.competency_id == Competency.id).correlate(Competency)
    ).scalar_subquery()
    counts_today = (
        EmployeeCompetency.obtained_on <= on,
        or_(EmployeeCompetency.valid_until.is_(None), EmployeeCompetency.valid_until >= on),
    )
    people = (
        select(func.count(EmployeeCompetency.employee_id.distinct()))
        .where(EmployeeCompetency.competency_id == Competency.id, *counts_today)
        .correlate(Competency)
    ).scalar_subquery()
    query = select(
        Competency.id, Competency.code, Competency.name, positions.label("positions"), people.label("people")
    )
    return tuple(
        CompetencyLine(**row._mapping) for row in session.execute(query.order_by(in_alphabet(Competency.name)))
    )


def required_ids(session: Session, position_id: int) -> frozenset[int]:
    query = select(PositionCompetency.competency_id).where(PositionCompetency.position_id == position_id)
    return frozenset(session.scalars(query))


def held_by(session: Session, employee_id: int) -> tuple[HeldLine, ...]:
    """All that she has shown, also what has expired; the newest of each kind first."""
    query = (
        select(
            EmployeeCompetency.id,
            EmployeeCompetency.competency_id,
            Competency.name,
            EmployeeCompetency.certificate,
            EmployeeCompetency.obtained_on,
            EmployeeCompetency.valid_until,
        )
        .join(Competency, Competency.id == EmployeeCompetency.competency_id)
        .where(EmployeeCompetency.employee_id == employee_id)
        .order_by(in_alphabet(Competency.name), EmployeeCompetency.obtained_on.desc())
    )
    return tuple(HeldLine(**row._mapping) for row in session.execute(query))


def lacking_for_position(
    session: Session, position_id: int, employee_ids: Collection[int], on: date
) -> dict[int, tuple[Missing, ...]]:
    """What each of these people would lack in a position; who lacks nothing is left out."""
    query = (
        select(Competency.id, Competency.name)
        .join(PositionCompetency, PositionCompetency.competency_id == Competency.id)
        .where(PositionCompetency.position_id == position_id)
    )
    required = [Required(competency_id=id_, name=name) for id_, name in session.execute(query)]
    return _lacking(session, required, employee_ids, on)


def lacking_for_step(
    session: Session, qualifications: Collection[str], employee_ids: Collection[int], on: date
) -> dict[int, tuple[Missing, ...]]:
    """The same for a step of a diagram, which names what it requires by codes or names."""
    if not qualifications:
        return {}
    wanted = {" ".join(each.split()).lower(): each for each in qualifications}
    query = select(Competency.id, Competency.code, Competency.name).where(
        or_(func.lower(Competency.code).in_(wanted), func.lower(Competency.name).in_(wanted))
    )
    known = {key: row for row in session.execute(query) for key in (row.code.lower(), row.name.lower())}
    required = [
        Required(competency_id=known[key].id, name=known[key].name)
        if key in known
        else Required(competency_id=None, name=written)
        for key, written in wanted.items()
    ]
    return _lacking(session, required, employee_ids, on)


def _lacking(
    session: Session, required: Collection[Required], employee_ids: Collection[int], on: date
) -> dict[int, tuple[Missing, ...]]:
    if not required or not employee_ids:
        return {}
    query = select(
        EmployeeCompetency.employee_id,
        EmployeeCompetency.competency_id,
        EmployeeCompetency.obtained_on,
        EmployeeCompetency.valid_until,
    ).where(
        EmployeeCompetency.employee_id.in_(employee_ids),
        EmployeeCompetency.competency_id.in_([each.competency_id for each in required if each.competency_id]),
    )
    held: dict[int, list[Held]] = defaultdict(list)
    for employee_id, competency_id, obtained_on, valid_until in session.execute(query):
        held[employee_id].append(Held(competency_id=competency_id, obtained_on=obtained_on, valid_until=valid_until))
    gaps = {employee_id: missing(required, held[employee_id], on) for employee_id in employee_ids}
    return {employee_id: found for employee_id, found in gaps.items() if found}
