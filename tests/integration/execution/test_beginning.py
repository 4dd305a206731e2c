"""Cases that a person's click does not start: any process of a version, at any of its events."""

from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.model import DefinitionVersion
from engine.execution.beginning import begin_case, start_by_event
from engine.execution.model import Instance, InstanceState
from engine.organisation.model import Unit
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, definitions, element, end, event, process, start
from tests.support.small_office import person

TWO_PROCESSES = definitions(
    element("message", "surat", name="Surat masuk"),
    process(*chain(start(), element("task", "catat"), end())),
    process(
        *chain(start("kosong"), element("manualTask", "urus"), end("beres")),
        *chain(start("datang", event("message", messageRef="surat")), element("manualTask", "jawab"), end("usai")),
        identity="kantor",
        name="Kantor",
    ),
)


def version_id(core: Core) -> int:
    with core.read() as reading:
        return reading.session.scalars(select(DefinitionVersion.id)).one()


def the_case(core: Core) -> Instance:
    with core.read() as reading:
        return reading.session.scalars(select(Instance)).one()


def test_any_process_of_a_version_begins_with_its_own_variables_only(core: Core, desk: Desk):
    desk.publish(TWO_PROCESSES)
    with core.work(person(core, "eko")) as work:
        begin_case(work, version_id(core), "kantor", "Percobaan", {"n": 1})
    case = the_case(core)
    assert (case.process_id, case.variables, case.state) == ("kantor", {"n": 1}, InstanceState.COMPLETED)


def test_a_case_that_an_event_starts_is_nobodys_and_of_the_procedures_unit(core: Core, desk: Desk):
    desk.publish(TWO_PROCESSES)
    with core.work(person(core, "eko")) as work:
        start_by_event(work, version_id(core), "kantor", "datang", {"n": 1}, "Surat masuk")
        office = work.session.scalars(select(Unit.id).where(Unit.code == "kantor")).one()
    case = the_case(core)
    assert (case.starter_id, case.unit_id) == (None, office)
    assert case.variables == {"judul": "Surat masuk", "n": 1}
