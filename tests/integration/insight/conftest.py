"""An office with an administrator who hears of what is wrong."""

import pytest

from engine.access.model import Account, AccountRole, Role
from engine.core.core import Core
from engine.organisation.model import Employee


@pytest.fixture
def administrator(core: Core) -> int:
    with core.work() as work:
        employee = Employee(name="Fani Rahma")
        work.session.add(employee)
        work.session.flush()
        work.session.add(
            Account(
                username="fani",
                password_hash="",
                employee_id=employee.id,
                created_at=work.now,
                roles=[AccountRole(role=Role.ADMINISTRATOR)],
            )
        )
        return employee.id
