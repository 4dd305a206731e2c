"""Somebody can always open accounts and take people back."""

from sqlalchemy import select

from engine.access.model import Account, AccountRole, Role
from engine.base.errors import Conflict
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee


class LastAdministrator(Conflict):
    code = "access.last_administrator"
    message = _("%(name)s is the only administrator. Give somebody else that role first; nothing was changed.")


def require_an_administrator(work: UnitOfWork) -> None:
    """Whoever leaves may be an administrator, but not the last one; an office without any has other worries."""
    work.session.flush()  # who has just left is read
    query = (
        select(Employee.name, Employee.left_on)
        .select_from(Account)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .where(Account.is_active, AccountRole.role == Role.ADMINISTRATOR)
    )
    administrators = work.session.execute(query).all()
    if administrators and all(row.left_on is not None for row in administrators):
        raise LastAdministrator(name=administrators[0].name)
