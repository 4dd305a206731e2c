"""What the secretariat changes in the office by hand: each act asks who may, and its line in the trail follows."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select

from engine.access.keys_to_the_house import require_an_administrator
from engine.access.model import Account
from engine.access.permissions import Permission, require
from engine.access.sessions import end_sessions
from engine.access.tokens import end_tokens
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.events import CalendarChanged
from engine.organisation import appointments, employees, positions, units
from engine.organisation.events import OfficeChanged

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")


def _for_keepers(
    act: Callable[Concatenate[UnitOfWork, Rest], Answer],
) -> Callable[Concatenate[UnitOfWork, Rest], Answer]:
    def guarded(work: UnitOfWork, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        require(work.actor, Permission.MANAGE_ORGANISATION)
        return act(work, *args, **kwargs)

    return guarded


open_unit = _for_keepers(units.open_unit)
change_unit = _for_keepers(units.change_unit)
close_unit = _for_keepers(units.close_unit)
reopen_unit = _for_keepers(units.reopen_unit)
open_position = _for_keepers(positions.open_position)
change_position = _for_keepers(positions.change_position)
close_position = _for_keepers(positions.close_position)
reopen_position = _for_keepers(positions.reopen_position)
take_on = _for_keepers(employees.take_on)
change_employee = _for_keepers(employees.change_employee)
end_employment = _for_keepers(employees.end_employment)
take_back = _for_keepers(employees.take_back)
appoint = _for_keepers(appointments.appoint)
change_end = _for_keepers(appointments.change_end)
end_holding = _for_keepers(appointments.end_holding)
withdraw = _for_keepers(appointments.withdraw)


def record_change(work: UnitOfWork, event: OfficeChanged) -> None:
    record(work, event.act, event.subject, event.subject_id, **event.facts)
    if event.act == "employee.left":
        require_an_administrator(work)
    if event.act == "unit.changed" and event.subject_id is not None:
        work.tell(CalendarChanged(unit_id=event.subject_id))  # moved below another unit, it works by that one's hours
    if event.act == "employee.taken_back" and event.subject_id is not None:
        _begin_anew(work, event.subject_id)


def _begin_anew(work: UnitOfWork, employee_id: int) -> None:
    """Browsers and programs of before she left do not come back with her."""
    account_id = work.session.scalar(select(Account.id).where(Account.employee_id == employee_id))
    if account_id is not None:
        end_sessions(work, account_id)
        end_tokens(work, account_id)
