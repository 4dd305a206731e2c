"""A case is decided by the table of its version, and the trail says by which rule."""

from typing import Any

from sqlalchemy import select

from engine.audit.queries import trail_of_case
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.advance import advance
from engine.execution.beginning import Started
from engine.execution.incidents import retry
from engine.execution.model import Incident
from engine.runtime.stimuli import SetVariables
from tests.integration.execution.conftest import Desk
from tests.support.decisions import decision, dmn, table
from tests.support.diagrams import chain, diagram, element, end, exclusive, extensions, flow, person_task, start

FROM_FIVE = dmn(decision(table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"'])))
FROM_THREE = FROM_FIVE.replace(b"5", b"3")
SOURCE = diagram(
    *chain(
        start(),
        person_task("ajukan", "writer"),
        element("businessRuleTask", "tentukan", extensions('<tk:keputusan kunci="keputusan"/>'), name="Tentukan"),
        exclusive("arah", default="arah_kepala"),
    ),
    *(person_task("oleh_kasubbag", "kasubbag"), person_task("oleh_kepala", "kepala"), end()),
    flow("arah", "oleh_kasubbag", "Kasubbag", 'siapa == "kasubbag"'),
    flow("arah", "oleh_kepala", "Kepala", identity="arah_kepala"),
    *(flow("oleh_kasubbag", "selesai"), flow("oleh_kepala", "selesai")),
)


def put_in_force(core: Core, decisions: bytes) -> None:
    examination = examine(Upload(filename="cuti.bpmn", source=SOURCE, decisions={"siapa.dmn": decisions}))
    with core.work() as work:
        publish(work, deploy(work, examination).version_id)


def asked(desk: Desk, **variables: Any) -> Started:
    case = desk.start(by="eko", variables=variables)
    desk.complete(case, "ajukan", by="eko")
    return case


def test_the_table_says_who_is_next(core: Core, desk: Desk):
    put_in_force(core, FROM_FIVE)
    assert desk.open(asked(desk, hari=2)) == {"oleh_kasubbag": "Citra Dewanti"}
    assert desk.open(asked(desk, hari=12)) == {"oleh_kepala": "Dewi Anggraini"}


def test_the_trail_says_by_which_rule(core: Core, desk: Desk):
    put_in_force(core, FROM_FIVE)
    case = asked(desk, hari=12)
    with core.read() as reading:
        [facts] = [
            line.facts for line in trail_of_case(reading.session, case.instance_id) if line.act == "decision.made"
        ]
    assert facts == {"element": "tentukan", "decision": "Keputusan", "rules": [2]}


def test_a_case_keeps_the_table_that_it_began_with(core: Core, desk: Desk):
    put_in_force(core, FROM_FIVE)
    before = desk.start(by="eko", variables={"hari": 4})
    put_in_force(core, FROM_THREE)
    desk.complete(before, "ajukan", by="eko")
    assert desk.open(before) == {"oleh_kasubbag": "Citra Dewanti"}
    assert desk.open(asked(desk, hari=4)) == {"oleh_kepala": "Dewi Anggraini"}


def test_what_cannot_be_decided_stops_the_case_until_it_is_mended(core: Core, desk: Desk):
    put_in_force(core, FROM_FIVE)
    case = asked(desk)
    with core.work() as work:
        incident = work.session.scalars(select(Incident)).one()
        assert incident.message.startswith("“Keputusan”")
        advance(work, case.instance_id, SetVariables({"hari": 2}))
        retry(work, incident.id)
    assert desk.open(case) == {"oleh_kasubbag": "Citra Dewanti"}
