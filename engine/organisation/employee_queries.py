"""One employee for her page; what of it is personal is shown by the page to those who need it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine.organisation.model import Employee
from engine.organisation.queries import EmployeeNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeDetail:
    id: int
    name: str
    nip: str | None
    email: str | None
    phone: str | None
    rank: str | None
    left_on: date | None

    def has_left(self, on: date) -> bool:
        return self.left_on is not None and self.left_on <= on


def employee_detail(session: Session, employee_id: int) -> EmployeeDetail:
    """Raises EmployeeNotFound."""
    row = session.get(Employee, employee_id)
    if row is None:
        raise EmployeeNotFound
    return EmployeeDetail(
        id=row.id,
        name=row.name,
        nip=row.nip,
        email=row.email,
        phone=row.phone,
        rank=row.rank,
        left_on=row.left_on,
    )
