"""People are taken on, their data are corrected, and they leave; whoever left keeps her name on all that she did."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from engine.base.errors import Conflict, FieldProblem
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.keeping import begun_before, give, note, problem, refuse, tell_holders
from engine.organisation.model import Employee, Holding
from engine.organisation.queries import EmployeeNotFound


class NipTaken(Conflict):
    code = "organisation.nip_taken"
    message = _("Someone else has just been entered with this NIP. Look for her in the list of employees.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeFacts:
    """`nip` without spaces; who has none is known by her e-mail address."""

    name: str
    nip: str | None = None
    email: str | None = None
    phone: str | None = None
    rank: str | None = None


def take_on(work: UnitOfWork, facts: EmployeeFacts) -> int:
    """A new employee, and her id; raises OfficeRefused with all that is wrong."""
    refuse([_nip_problem(work, facts, None)])
    employee = Employee(**asdict(facts))
    work.session.add(employee)
    _flush(work)
    note(work, "employee.taken_on", "employee", employee.id, name=facts.name, nip=facts.nip)
    return employee.id


def change_employee(work: UnitOfWork, employee_id: int, facts: EmployeeFacts) -> None:
    employee = locked_employee(work, employee_id)
    refuse([_nip_problem(work, facts, employee_id)])
    before = employee.name
    changes = give(employee, **asdict(facts))
    _flush(work)
    if changes:
        note(work, "employee.changed", "employee", employee_id, name=before, changes=changes)


def end_employment(work: UnitOfWork, employee_id: int, left_on: date) -> None:
    """She works here until the day before; her holdings end with it, and those that had not begun are withdrawn."""
    employee = locked_employee(work, employee_id)
    last_day = left_on - timedelta(days=1)
    still = or_(Holding.ends_on.is_(None), Holding.ends_on > last_day)
    holdings = work.session.scalars(select(Holding).where(Holding.employee_id == employee_id, still)).all()
    refuse([begun_before(work, holding, last_day, "left_on") for holding in holdings])
    positions = set()
    for holding in holdings:
        positions.add(holding.position_id)
        if holding.starts_on > last_day:
            work.session.delete(holding)
        else:
            holding.ends_on = last_day
    employee.left_on = left_on
    note(work, "employee.left", "employee", employee_id, name=employee.name, left_on=left_on.isoformat())
    tell_holders(work, positions, {employee_id})


def take_back(work: UnitOfWork, employee_id: int) -> None:
    """She stays, or came back: her holdings are entered anew."""
    employee = locked_employee(work, employee_id)
    was, employee.left_on = employee.left_on, None
    left_on = None if was is None else was.isoformat()
    note(work, "employee.taken_back", "employee", employee_id, name=employee.name, left_on=left_on)


def locked_employee(work: UnitOfWork, employee_id: int) -> Employee:
    """Raises EmployeeNotFound."""
    query = select(Employee).where(Employee.id == employee_id).with_for_update()
    employee = work.session.scalar(query.execution_options(populate_existing=True))
    if employee is None:
        raise EmployeeNotFound
    return employee


def _nip_problem(work: UnitOfWork, facts: EmployeeFacts, own_id: int | None) -> FieldProblem | None:
    if facts.nip is None:
        if facts.email:
            return None
        text = _("Give a NIP, or an e-mail address by which the next import knows the person.")
        return problem("nip", "missing", text)
    query = select(Employee.name).where(Employee.nip == facts.nip, Employee.id != (own_id or 0))
    other = work.session.scalar(query)
    if other is None:
        return None
    return problem("nip", "double", _("%(name)s has this NIP. Compare it with the decree of appointment."), name=other)


def _flush(work: UnitOfWork) -> None:
    try:
        work.session.flush()  # someone may have been quicker
    except IntegrityError:
        raise NipTaken from None
