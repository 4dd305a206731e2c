"""Where the office has decided so, work passes over whoever has not acknowledged her duties yet."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine.base.i18n import translate
from engine.core.core import Core
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, Holding, Position
from engine.staffing.duties import add_duty
from engine.staffing.issuing import issue_sheet
from engine.staffing.signing import acknowledge_sheet, sign_sheet
from engine.worklist.model import WorkItem
from tests.integration.execution.conftest import Desk
from tests.integration.staffing.conftest import JANUARY
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task
from tests.support.small_office import load_small_office, person

FOR_WRITER = diagram(
    *chain(
        start(), user_task("isi", extensions('<tk:pelaksana peran="pemulai"/>')), person_task("susun", "writer"), end()
    )
)


@pytest.fixture
def strict(core: Core) -> Core:
    """An office that routes nothing before the sheet is acknowledged; Eko, its only writer, has not done so."""
    patient = Core(replace(core.settings, route_before_acknowledged=False), core.clock, core.engine)
    load_small_office(patient)
    give_duties(patient)
    return patient


def give_duties(core: Core) -> None:
    duty = Duty(
        sentence="Menyusun formasi", result_unit=None, norm_minutes=None, yearly_volume=None, kind=DutyKind.MAIN
    )
    with core.work() as work:
        writer = work.session.scalars(select(Position.id).where(Position.code == "writer")).one()
        add_duty(work, writer, duty, JANUARY)
        issue_sheet(work, work.session.scalars(select(Holding.id).where(Holding.position_id == writer)).one())


def at_writer(core: Core) -> Any:
    """A case whose second step is the writer's."""
    desk = Desk(core)
    desk.publish(FOR_WRITER)
    case = desk.start(by="ani")
    desk.complete(case, "isi", by="ani")
    return desk.item(case, "susun")


def whose(core: Core, item_id: int) -> tuple[int | None, str]:
    with core.read() as reading:
        item = reading.session.get_one(WorkItem, item_id)
        return item.assignee_id, translate(item.assignment_reason["message"], item.assignment_reason["params"], "en")


def test_work_goes_to_the_superior_and_says_why(strict: Core) -> None:
    assignee, reason = whose(strict, at_writer(strict))
    assert assignee == person(strict, "citra").employee_id
    assert reason.startswith("Passed over until the duty sheet is acknowledged: Eko Prasetyo.")


def test_acknowledging_brings_the_work_to_her(strict: Core) -> None:
    item_id = at_writer(strict)
    with strict.work(person(strict, "citra")) as work:
        sign_sheet(work, 1)
    with strict.work(person(strict, "eko")) as work:
        acknowledge_sheet(work, 1)
    strict.run_due_jobs()
    assert whose(strict, item_id)[0] == person(strict, "eko").employee_id


def test_by_default_nobody_waits_for_a_sheet(core: Core) -> None:
    load_small_office(core)
    give_duties(core)
    assert whose(core, at_writer(core))[0] == person(core, "eko").employee_id
