"""Positions open, change and close; a closed one stays as history, without holders."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from engine.base.alphabet import in_alphabet
from engine.base.errors import FieldProblem, NotFound
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.fields import HIGHEST_CLASS, MOST_SEATS
from engine.organisation.holdings import spans_of
from engine.organisation.keeping import Names, give, note, problem, refuse, tell_holders
from engine.organisation.model import Employee, Holding, HoldingKind, Position, PositionKind, Unit
from engine.organisation.seating import Span, most_at_once
from engine.organisation.tree import leads_back


class PositionNotFound(NotFound):
    code = "organisation.position_not_found"
    message = _("This position is not known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFacts:
    title: str
    kind: PositionKind
    unit_id: int
    superior_id: int | None = None
    is_head_of_unit: bool = False
    seats: int = 1
    job_class: int | None = None


def open_position(work: UnitOfWork, code: str, facts: PositionFacts) -> int:
    """A new position, and its id; raises OfficeRefused with all that is wrong."""
    taken = work.session.scalar(select(Position.id).where(Position.code == code)) is not None
    text = _("Another position has this code. Give this one a code of its own.")
    refuse([problem("code", "double", text) if taken else None, *_problems(work, None, facts)])
    position = Position(code=code, **_values(facts))
    work.session.add(position)
    work.session.flush()  # its id is the answer
    note(work, "position.opened", "position", position.id, title=facts.title, code=code)
    return position.id


def change_position(work: UnitOfWork, position_id: int, facts: PositionFacts) -> None:
    """Raises OfficeRefused with all that is wrong, also where superiors would form a circle."""
    position = locked_position(work, position_id)
    spans = list(spans_of(work.session, position_id, HoldingKind.DEFINITIVE).values())
    refuse([*_problems(work, position, facts), _seats_problem(spans, facts.seats, work.today)])
    title = position.title
    changes = give(position, _names(work, position, facts), **_values(facts))
    if changes:
        note(work, "position.changed", "position", position.id, title=title, changes=changes)
        tell_holders(work, {position.id}, ())


def close_position(work: UnitOfWork, position_id: int, closed_on: date) -> None:
    """Nobody holds it from that day on; raises OfficeRefused while someone would."""
    position = locked_position(work, position_id)
    refuse([_held_problem(work, position_id, closed_on)])
    position.closed_on = closed_on
    note(work, "position.closed", "position", position.id, title=position.title, closed_on=closed_on.isoformat())
    tell_holders(work, {position.id}, ())


def reopen_position(work: UnitOfWork, position_id: int) -> None:
    """It was closed by mistake; raises OfficeRefused where its unit is closed."""
    position = locked_position(work, position_id)
    refuse([_unit_problem(work, None, position.unit_id)])
    before, position.closed_on = position.closed_on, None
    was = None if before is None else before.isoformat()
    note(work, "position.reopened", "position", position.id, title=position.title, closed_on=was)
    tell_holders(work, {position.id}, ())


def locked_position(work: UnitOfWork, position_id: int) -> Position:
    """Two appointments to one seat wait for each other; raises PositionNotFound."""
    query = select(Position).where(Position.id == position_id).with_for_update()
    position = work.session.scalar(query.execution_options(populate_existing=True))
    if position is None:
        raise PositionNotFound
    return position


def _values(facts: PositionFacts) -> dict[str, object]:
    return {
        "title": facts.title,
        "kind": facts.kind,
        "unit_id": facts.unit_id,
        "superior_id": facts.superior_id,
        "is_head_of_unit": facts.is_head_of_unit,
        "seats": facts.seats,
        "job_class": facts.job_class,
    }


def _names(work: UnitOfWork, position: Position, facts: PositionFacts) -> Names:
    """Of the units and superiors before and after; those of before are at hand, those of after were looked at."""
    units = (work.session.get(Unit, unit_id) for unit_id in (position.unit_id, facts.unit_id))
    ids = {position.superior_id, facts.superior_id} - {None}
    superiors = work.session.scalars(select(Position).where(Position.id.in_(ids)))
    return {
        **{("unit_id", unit.id): unit.name for unit in units if unit is not None},
        **{("superior_id", superior.id): superior.title for superior in superiors},
    }


def _problems(work: UnitOfWork, position: Position | None, facts: PositionFacts) -> list[FieldProblem | None]:
    return [
        _unit_problem(work, position, facts.unit_id),
        _superior_problem(work, position, facts.superior_id),
        _head_problem(work, position, facts),
        _count_problem("seats", facts.seats, MOST_SEATS),
        None if facts.job_class is None else _count_problem("job_class", facts.job_class, HIGHEST_CLASS),
    ]


def _unit_problem(work: UnitOfWork, position: Position | None, unit_id: int) -> FieldProblem | None:
    if position is not None and position.unit_id == unit_id:
        return None
    unit = work.session.get(Unit, unit_id)
    if unit is None:
        return problem("unit_id", "unknown", _("This unit is not known. Choose one of the list."))
    if unit.closed_on is not None:
        text = _("%(name)s closes on %(day)s. Choose a unit that stays open.")
        return problem("unit_id", "closed", text, name=unit.name, day=unit.closed_on)
    return None


def _superior_problem(work: UnitOfWork, position: Position | None, superior_id: int | None) -> FieldProblem | None:
    if superior_id is None or (position is not None and position.superior_id == superior_id):
        return None
    superior = work.session.get(Position, superior_id)
    if superior is None:
        return problem("superior_id", "unknown", _("This position is not known. Choose one of the list."))
    if superior.closed_on is not None:
        text = _("%(title)s closes on %(day)s. Choose a superior that stays.")
        return problem("superior_id", "closed", text, title=superior.title, day=superior.closed_on)
    if position is None:
        return None
    above = {row.id: row.superior_id for row in work.session.execute(select(Position.id, Position.superior_id))}
    if leads_back(position.id, above | {position.id: superior_id}):
        text = _("%(superior)s has %(title)s above it already. Choose a superior that is not below this position.")
        return problem("superior_id", "circle", text, superior=superior.title, title=position.title)
    return None


def _head_problem(work: UnitOfWork, position: Position | None, facts: PositionFacts) -> FieldProblem | None:
    if not facts.is_head_of_unit:
        return None
    query = select(Position.title).where(
        Position.unit_id == facts.unit_id,
        Position.is_head_of_unit,
        Position.closed_on.is_(None),
        Position.id != (position.id if position else 0),
    )
    head = work.session.scalar(query.limit(1))
    if head is None:
        return None
    text = _("%(title)s heads this unit already. Take the mark away there first.")
    return problem("is_head_of_unit", "double", text, title=head)


def _count_problem(field: str, count: int, most: int) -> FieldProblem | None:
    if 1 <= count <= most:
        return None
    return problem(field, "count", _("This must be a whole number from 1 to %(most)s."), most=most)


def _seats_problem(spans: list[Span], seats: int, on: date) -> FieldProblem | None:
    held = most_at_once([span for span in spans if span.ends_on is None or span.ends_on >= on])
    if held <= seats:
        return None
    text = _("%(held)s people hold it for good at one time. End a holding first, or give as many seats.")
    return problem("seats", "too_few", text, held=held)


def _held_problem(work: UnitOfWork, position_id: int, closed_on: date) -> FieldProblem | None:
    query = (
        select(Employee.name)
        .join(Holding, Holding.employee_id == Employee.id)
        .where(Holding.position_id == position_id)
        .where(or_(Holding.ends_on.is_(None), Holding.ends_on >= closed_on))
        .where(or_(Employee.left_on.is_(None), Employee.left_on > closed_on))
        .order_by(in_alphabet(Employee.name))
    )
    names = work.session.scalars(query).all()
    if not names:
        return None
    text = _("%(names)s would still hold it then. End this holding first, or choose a later day.")
    return problem("closed_on", "held", text, names=", ".join(names))
