"""The people of the office as a list."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.base.alphabet import in_alphabet
from engine.organisation.model import Employee
from engine.organisation.queries import EmployeeLine


def employees_here(session: Session, on: date) -> tuple[EmployeeLine, ...]:
    """Everyone who works here on this day, by name; an office has hundreds, not thousands."""
    query = (
        select(Employee)
        .where(or_(Employee.left_on.is_(None), Employee.left_on > on))
        .order_by(in_alphabet(Employee.name))
    )
    return tuple(
        EmployeeLine(id=row.id, nip=row.nip, name=row.name, email=row.email, rank=row.rank, left_on=row.left_on)
        for row in session.scalars(query)
    )
