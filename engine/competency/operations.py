"""Kinds of competency, what positions require, and what people have shown."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, exists, func, select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.rows import insert_rows
from engine.base.text import one_line
from engine.base.unit_of_work import UnitOfWork
from engine.competency.model import Competency, EmployeeCompetency, PositionCompetency
from engine.organisation.duty_queries import PositionNotFound
from engine.organisation.fields import CODE
from engine.organisation.model import Position
from engine.organisation.queries import employee

NAME_LENGTH = 200


class CompetencyNotFound(NotFound):
    code = "competency.not_found"
    message = _("This competency is not known, or not any more.")


class InvalidCompetency(Invalid):
    code = "competency.invalid"


class CompetencyInUse(Conflict):
    code = "competency.in_use"
    message = _("“%(name)s” is required by a position or held by somebody. Take it away there first.")


def add_competency(work: UnitOfWork, code: str, name: str) -> int:
    """A new kind; diagrams name it by its code or by its name."""
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    code, name = code.strip().lower(), one_line(name)
    problems = [*_name_problems(work, name, None)]
    if not CODE.fullmatch(code):
        text = _("This must be a code of small letters, digits and hyphens, such as kasubbag-tu.")
        problems.append(_problem("code", "code", text))
    elif work.session.scalar(select(exists().where(Competency.code == code))):
        problems.append(_problem("code", "double", _("Another competency has this code.")))
    if problems:
        raise InvalidCompetency(problems)
    row = Competency(code=code, name=name)
    work.session.add(row)
    work.session.flush()  # its id is the answer
    record(work, "competency.added", "competency", row.id, code=code, name=name)
    return row.id


def rename_competency(work: UnitOfWork, competency_id: int, name: str) -> None:
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    row, name = _competency(work, competency_id), one_line(name)
    if problems := _name_problems(work, name, competency_id):
        raise InvalidCompetency(problems)
    record(work, "competency.renamed", "competency", row.id, before=row.name, name=name)
    row.name = name


def drop_competency(work: UnitOfWork, competency_id: int) -> None:
    """Only a kind that nobody requires or has."""
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    row = _competency(work, competency_id)
    uses = (PositionCompetency, EmployeeCompetency)
    if any(work.session.scalar(select(exists().where(use.competency_id == row.id))) for use in uses):
        raise CompetencyInUse(name=row.name)
    record(work, "competency.dropped", "competency", row.id, code=row.code, name=row.name)
    work.session.delete(row)


def require_of_position(work: UnitOfWork, position_id: int, competency_ids: Collection[int]) -> None:
    """From now on the position requires exactly these."""
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    position = work.session.get(Position, position_id)
    if position is None:
        raise PositionNotFound
    known = set(work.session.scalars(select(Competency.id).where(Competency.id.in_(competency_ids))))
    if known != set(competency_ids):
        raise CompetencyNotFound
    work.session.execute(delete(PositionCompetency).where(PositionCompetency.position_id == position_id))
    rows = [{"position_id": position_id, "competency_id": each} for each in sorted(known)]
    insert_rows(work.session, PositionCompetency, rows)
    names = list(
        work.session.scalars(select(Competency.name).where(Competency.id.in_(known)).order_by(Competency.name))
    )
    record(work, "competency.required", "position", position_id, position=position.title, names=names)


def note_held(
    work: UnitOfWork,
    employee_id: int,
    competency_id: int,
    certificate: str,
    obtained_on: date,
    valid_until: date | None,
) -> None:
    """An employee has shown it; the same certificate entered again is corrected."""
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    person, kind, certificate = (
        employee(work.session, employee_id),
        _competency(work, competency_id),
        one_line(certificate),
    )
    problems = []
    if len(certificate) > NAME_LENGTH:
        text = _("Keep this within %(longest)s characters.")
        problems.append(_problem("certificate", "too_long", text, longest=NAME_LENGTH))
    if valid_until is not None and valid_until < obtained_on:
        problems.append(_problem("valid_until", "order", _("The last day lies before the first one.")))
    if problems:
        raise InvalidCompetency(problems)
    query = select(EmployeeCompetency).where(
        EmployeeCompetency.employee_id == employee_id,
        EmployeeCompetency.competency_id == competency_id,
        EmployeeCompetency.obtained_on == obtained_on,
    )
    row = work.session.scalar(query) or EmployeeCompetency(
        employee_id=employee_id, competency_id=competency_id, obtained_on=obtained_on
    )
    row.certificate, row.valid_until = certificate or None, valid_until
    work.session.add(row)
    record(work, "competency.held", "employee", employee_id, name=person.name, competency=kind.name)


def drop_held(work: UnitOfWork, held_id: int) -> int:
    """It was entered by mistake; whose it was."""
    require(work.actor, Permission.MANAGE_COMPETENCIES)
    row = work.session.get(EmployeeCompetency, held_id)
    if row is None:
        raise CompetencyNotFound
    kind = _competency(work, row.competency_id)
    name = employee(work.session, row.employee_id).name
    record(work, "competency.not_held", "employee", row.employee_id, name=name, competency=kind.name)
    work.session.delete(row)
    return row.employee_id


def _competency(work: UnitOfWork, competency_id: int) -> Competency:
    row = work.session.get(Competency, competency_id)
    if row is None:
        raise CompetencyNotFound
    return row


def _name_problems(work: UnitOfWork, name: str, own_id: int | None) -> list[FieldProblem]:
    if not name or len(name) > NAME_LENGTH:
        text = _("This must be text of 1 to %(longest)s characters.")
        return [_problem("name", "text", text, longest=NAME_LENGTH)]
    same = exists().where(func.lower(Competency.name) == func.lower(name), Competency.id != (own_id or 0))
    if work.session.scalar(select(same)):
        return [_problem("name", "double", _("Another competency has this name."))]
    return []


def _problem(field: str, code: str, message: str, **params: object) -> FieldProblem:
    return FieldProblem(name=field, code=f"competency.{code}", message=message, params=params)
