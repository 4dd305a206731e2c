"""The service task `notify` tells the starter, and whom else the diagram names."""

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.execution.model import Incident
from engine.notifications.model import Notice
from engine.organisation.model import Employee
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, element, end, extensions, start
from tests.support.small_office import NIPS, load_small_office


@pytest.fixture
def desk(core: Core) -> Desk:
    load_small_office(core)
    return Desk(core)


def run(desk: Desk, to: str) -> None:
    said = f'<tk:parameter nama="text" teks="Surat siap"/>{to}'
    step = element("serviceTask", "kabari", extensions(f'<tk:layanan operasi="notify">{said}</tk:layanan>'))
    desk.publish(diagram(*chain(start(), step, end())))
    desk.start(by="dewi")
    desk.core.run_due_jobs()


def told(core: Core) -> set[str]:
    names = {nip: name for name, nip in NIPS.items()}
    with core.read() as reading:
        query = select(Employee.nip).join(Notice, Notice.employee_id == Employee.id)
        return {names[nip] for nip in reading.session.scalars(query.where(Notice.kind == "service.notify"))}


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("", {"dewi"}),
        ('<tk:parameter nama="to" teks="kasubbag"/>', {"dewi", "citra"}),
        (f"""<tk:parameter nama="to" nilai="['{NIPS["budi"]}', 'kepala']"/>""", {"dewi", "budi"}),
    ],
)
def test_the_starter_is_told_and_whoever_is_named(core: Core, desk: Desk, to: str, expected: set[str]):
    run(desk, to)
    assert told(core) == expected


def test_whoever_is_not_known_stops_the_case_with_a_reason(core: Core, desk: Desk):
    run(desk, '<tk:parameter nama="to" teks="tiada"/>')
    with core.read() as reading:
        [message] = reading.session.scalars(select(Incident.message))
    assert "tiada" in message
    assert told(core) == set()
