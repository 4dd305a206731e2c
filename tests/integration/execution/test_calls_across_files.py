"""A case runs through the processes of other files as through its own: with their forms, lanes and diagrams."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.examination import Upload
from engine.definitions.operations import publish
from engine.execution.cases import Started, start_case
from engine.execution.consistency import differences
from engine.execution.item_pages import ItemPage, item_page
from engine.execution.journeys import element_marks, journey
from engine.execution.model import HeldMessage, InstanceState
from engine.execution.queries import case_detail
from tests.integration.execution.conftest import Desk, form
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    definitions,
    element,
    end,
    event,
    extensions,
    flow,
    lane,
    person_task,
    process,
    script_task,
    start,
    throw,
    timer,
    user_task,
)
from tests.support.small_office import person

NUMBER = form({"type": "number", "key": "nomor", "label": "Nomor"})
OTHER = form({"type": "textfield", "key": "alasan", "label": "Alasan"})


def with_form(identity: str) -> str:
    said = '<tk:pelaksana jabatan="writer"/><tk:formulir kunci="isian"/><tk:waktu nilai="1" satuan="jam"/>'
    return user_task(identity, f"<documentation>Petunjuk {identity}</documentation>", extensions(said))


def calling(called: str, identity: str, *said: str) -> bytes:
    activity = element("callActivity", "panggil", *([extensions(*said)] if said else []), calledElement=called)
    return definitions(process(*chain(start(), activity, end()), identity=identity))


def upload(name: str, source: bytes, **forms: Any) -> Upload:
    return Upload(filename=name, source=source, forms={key: json.dumps(text).encode() for key, text in forms.items()})


def in_force(core: Core, *uploads: Upload) -> list[int]:
    with core.work() as work:
        deployments = deploy_all(work, examine_all(uploads))
        for deployment in deployments:
            publish(work, deployment.version_id)
    return [deployment.version_id for deployment in deployments]


def started(core: Core, key: str, variables: Mapping[str, Any] | None = None, by: str = "eko") -> Started:
    with core.work(person(core, by)) as work:
        return start_case(work, key, "Sebuah berkas", variables)


def the_item(desk: Desk, case: Started, element_id: str, by: str = "eko") -> ItemPage:
    with desk.core.read(person(desk.core, by)) as reading:
        return item_page(reading, desk.item(case, element_id))


@pytest.fixture
def same_names(core: Core) -> Started:
    """Caller and called have a step of the same id, each with a form of the same key."""
    caller = definitions(
        process(
            lane("Pemohon", "isi"),
            *chain(start(), with_form("isi"), call("panggil", "anak"), end()),
            identity="proses",
        )
    )
    called = definitions(
        process(
            lane("Penyusun", "isi"),
            lane("Agendaris", "periksa"),
            *chain(start(), with_form("isi"), person_task("periksa", "clerk"), end()),
            identity="anak",
        )
    )
    in_force(core, upload("anak.bpmn", called, isian=OTHER), upload("proses.bpmn", caller, isian=NUMBER))
    return started(core, "proses")


def test_a_step_of_a_called_file_has_the_form_of_that_file(desk: Desk, same_names: Started):
    desk.complete(same_names, "isi", "eko", {"nomor": 7})
    page = the_item(desk, same_names, "isi")
    assert [question.key for question in page.form.fields] == ["alasan"]


def test_answers_of_a_called_step_are_held_against_its_own_form(desk: Desk, same_names: Started):
    desk.complete(same_names, "isi", "eko", {"nomor": 7})
    desk.complete(same_names, "isi", "eko", {"alasan": "segera"})
    assert desk.open(same_names).keys() == {"periksa"}


def test_the_way_on_leads_into_a_called_process_and_out_again(desk: Desk, same_names: Started):
    assert the_item(desk, same_names, "isi").next_lanes == ("Penyusun",)
    desk.complete(same_names, "isi", "eko", {})
    assert the_item(desk, same_names, "isi").next_lanes == ("Agendaris",)
    desk.complete(same_names, "isi", "eko", {})
    assert the_item(desk, same_names, "periksa", "ani").next_lanes == (None,)


def test_the_journey_lists_called_steps_with_the_file_they_stand_in(core: Core, desk: Desk, same_names: Started):
    desk.complete(same_names, "isi", "eko", {})
    with core.read() as reading:
        lines = journey(reading.session, same_names.instance_id)
    assert [line.element for line in lines] == ["isi", "isi"]
    assert lines[0].node == "isi"
    assert lines[1].node.endswith("/isi")


def test_each_diagram_has_its_own_marks(core: Core, desk: Desk, same_names: Started):
    desk.complete(same_names, "isi", "eko", {})
    with core.read() as reading:
        marks = {mark.node: mark for mark in element_marks(reading.session, same_names.instance_id)}
    called = next(node for node in marks if node.endswith("/isi"))
    assert (marks["isi"].living, marks["isi"].passed, marks[called].living) == (0, 1, 1)


def test_variables_go_in_and_come_out_over_four_levels(core: Core, desk: Desk):
    bottom = definitions(
        process(
            *chain(start(), person_task("tulis", "writer"), script_task("hitung", "total = dasar + 1"), end()),
            identity="d",
        )
    )
    passed_on = '<tk:masukan nama="dasar" nilai="dasar + 1"/>', '<tk:hasil nama="total" nilai="total + 10"/>'
    in_force(
        core,
        upload("a.bpmn", calling("b", "a", *passed_on)),
        upload("b.bpmn", calling("c", "b", *passed_on)),
        upload("c.bpmn", calling("d", "c", *passed_on)),
        upload("d.bpmn", bottom),
    )
    case = started(core, "a", {"dasar": 0})
    desk.complete(case, "tulis", "eko")
    with core.read() as reading:
        detail = case_detail(reading, case.instance_id)
    assert (detail.state, detail.variables["total"]) == (InstanceState.COMPLETED, 34)


def test_running_cases_stay_with_the_called_version_that_they_began_with(core: Core, desk: Desk):
    first = definitions(process(*chain(start(), person_task("lama", "writer"), end()), identity="anak"))
    later = definitions(process(*chain(start(), person_task("baru", "writer"), end()), identity="anak"))
    in_force(core, upload("anak.bpmn", first), upload("induk.bpmn", calling("anak", "induk")))
    in_force(core, upload("anak.bpmn", later))
    assert desk.open(started(core, "induk")).keys() == {"lama"}


def test_rows_of_a_case_in_a_called_file_follow_from_its_state(core: Core, desk: Desk, same_names: Started):
    desk.complete(same_names, "isi", "eko", {})
    with core.read() as reading:
        assert differences(reading.session, same_names.instance_id) == ()


def test_whoever_does_the_first_step_of_the_called_process_may_start(core: Core):
    called = definitions(process(*chain(start(), person_task("periksa", "clerk"), end()), identity="anak"))
    in_force(core, upload("anak.bpmn", called), upload("induk.bpmn", calling("anak", "induk")))
    assert started(core, "induk", by="ani").number


def test_a_long_id_in_a_called_file_finds_room_in_every_column(core: Core, desk: Desk):
    long = "x" * 179
    task, late = person_task(f"t{long}", "writer"), boundary(f"b{long}", f"t{long}", timer())
    parts = *chain(start(), task, end()), late, flow(f"b{long}", "selesai", identity="f")
    source = definitions(process(*parts, identity="anak"))
    in_force(core, upload("anak.bpmn", source), upload("induk.bpmn", calling("anak", "induk")))
    assert len(desk.open(started(core, "induk"))) == 1


def says(identity: str, lifetime: str, *before: str) -> bytes:
    publishing = extensions(f'<zeebe:publishMessage timeToLive="{lifetime}"/>')
    sent = throw("kirim", publishing, event("message", messageRef="kabar"))
    parts = process(*chain(start(), *before, sent, end()), identity=identity)
    return definitions(element("message", "kabar", name="Kabar"), parts)


def test_a_message_is_kept_as_long_as_its_own_file_says_though_another_has_an_element_of_that_name(core: Core):
    in_force(
        core,
        upload("anak.bpmn", says("anak", "PT5H")),
        upload("induk.bpmn", says("induk", "PT2H", call("panggil", "anak"))),
    )
    started(core, "induk")
    core.run_due_jobs()
    with core.read() as reading:
        kept = [
            held.expires_at - held.sent_at
            for held in reading.session.scalars(select(HeldMessage).order_by(HeldMessage.id))
        ]
    assert kept == [timedelta(hours=5), timedelta(hours=2)]
