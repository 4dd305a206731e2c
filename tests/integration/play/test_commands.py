"""Each command of the line protocol does what docs/play.md says."""

import json

import pytest

from tests.integration.play.conftest import Program
from tests.support.diagrams import (
    boundary,
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    process,
    script_task,
    start,
    timer,
    user_task,
)

MESSAGE = element("message", "pesan", name="pesan")
SIGNAL = element("signal", "sinyal", name="sinyal")
ONE_STEP = diagram(*chain(start(), user_task("periksa"), end()))
REMINDED = diagram(
    *chain(start(), user_task("periksa"), end()),
    boundary("ingatkan", "periksa", timer("R/PT1H", "timeCycle"), cancelActivity="false"),
    *chain(script_task("hitung", "kali = kali + 1"), end("diingatkan")),
    flow("ingatkan", "hitung"),
)
FOR_THREE = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
TO_NAMED = (
    '<extensionElements><tk:layanan operasi="notify"><tk:parameter nama="to" teks="kasubbag"/></tk:layanan>'
    "</extensionElements>"
)
BY_FAX = '<extensionElements><tk:layanan operasi="kirim_faks"/></extensionElements>'


def awaiting(*inside: str, outside: str = "") -> bytes:
    return diagram(*chain(start(), catch("tunggu", *inside), end()), outside=(outside,))


def test_a_deploy_names_the_processes_that_can_be_started(program: Program):
    program.deploy(definitions(process(*chain(start(), end())), process(identity="kosong")))
    assert program.answer["ok"]
    assert program.answer["definitions"] == ["proses"]


def test_a_deploy_tells_what_was_found_and_where(program: Program):
    program.deploy(ONE_STEP)
    found = next(each for each in program.answer["problems"] if each["code"] == "performer.missing")
    assert set(found) == {"code", "severity", "message", "element", "line", "file"}
    assert (found["element"], found["file"], found["severity"]) == ("periksa", "0.bpmn", "warning")


def test_a_file_that_cannot_run_is_refused_with_its_problems(program: Program):
    undecided = diagram(*chain(start(), exclusive("pilih"), end()), end("lain"), flow("pilih", "lain"))
    program.deploy(undecided)
    assert program.refusal == "definition.rejected"
    assert "condition.missing" in {each["code"] for each in program.answer["problems"]}


def test_of_several_files_none_is_kept_when_one_is_refused(program: Program):
    program.deploy(ONE_STEP, b"<not bpmn")
    assert program.tell("start", process="proses")["error"]["code"] == "play.process_unknown"


def test_a_case_begins_with_these_variables_and_no_others(program: Program):
    program.begin(ONE_STEP, pemohon="Siti")
    assert program.case == {
        "id": 1,
        "process": "proses",
        "status": "active",
        "open": ["periksa"],
        "waiting": [],
        "variables": {"pemohon": "Siti"},
        "completed": ["mulai"],
        "incidents": [],
    }


def test_completing_takes_the_case_on(program: Program):
    program.begin(ONE_STEP)
    program.tell("complete", instance=1, activity="periksa", variables={"lengkap": True})
    assert program.case["status"] == "completed"
    assert program.case["variables"] == {"lengkap": True}
    assert program.case["completed"] == ["mulai", "periksa", "selesai"]


def test_each_work_item_is_open_by_itself(program: Program):
    for_three = (
        "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    program.begin(diagram(*chain(start(), user_task("periksa", for_three), end())))
    assert program.case["open"] == ["periksa"] * 3
    program.tell("complete", instance=1, activity="periksa")
    assert program.case["open"] == ["periksa"] * 2


def test_new_cases_begin_by_the_newest_file(program: Program):
    program.begin(ONE_STEP)
    program.begin(diagram(*chain(start(), user_task("setujui"), end())))
    assert [case["open"] for case in program.cases] == [["periksa"], ["setujui"]]


def test_any_process_of_a_file_can_be_started(program: Program):
    other = process(*chain(start("awal"), user_task("terima"), end("akhir")), identity="loket")
    program.deploy(definitions(process(*chain(start(), end())), other))
    program.tell("start", process="loket")
    assert program.case["open"] == ["terima"]


def test_of_several_starts_the_first_in_the_file_begins(program: Program):
    two = diagram(*chain(start(), user_task("satu"), end()), *chain(start("lain"), user_task("dua"), end("tamat")))
    program.begin(two)
    assert program.case["open"] == ["satu"]


def test_another_start_can_be_named(program: Program):
    two = diagram(*chain(start(), user_task("satu"), end()), *chain(start("lain"), user_task("dua"), end("tamat")))
    program.deploy(two)
    program.tell("start", process="proses", at="lain")
    assert program.case["open"] == ["dua"]


@pytest.mark.parametrize("element", ["periksa", "selesai", "tidak_ada"])
def test_a_case_begins_nowhere_but_at_a_start(program: Program, element: str):
    program.deploy(ONE_STEP)
    program.tell("start", process="proses", at=element)
    assert program.refusal == "runtime.start_not_chosen"


def test_time_stands_still(program: Program):
    program.begin(awaiting(timer("PT1H")))
    assert program.tell("state")["instances"][0]["waiting"] == ["tunggu"]


def test_a_timer_fires_when_enough_time_has_passed(program: Program):
    program.begin(awaiting(timer("PT1H")))
    program.tell("advance", seconds=3599)
    assert program.case["waiting"] == ["tunggu"]
    program.tell("advance", seconds=1)
    assert program.case["status"] == "completed"


def test_a_long_advance_passes_every_moment_on_the_way(program: Program):
    chained = diagram(*chain(start(), catch("satu", timer("PT1H")), catch("dua", timer("PT1H")), end()))
    program.begin(chained)
    program.tell("advance", seconds=7200)
    assert program.case["status"] == "completed"


def test_a_cycle_fires_once_for_each_of_its_turns(program: Program):
    program.begin(REMINDED, kali=0)
    program.tell("advance", seconds=5 * 3600)
    assert program.case["variables"] == {"kali": 5}


def test_a_message_reaches_the_case_that_waits_for_it(program: Program):
    program.begin(awaiting(event("message", messageRef="pesan"), outside=MESSAGE))
    program.tell("message", name="pesan", correlation={}, variables={"isi": 1}, instance=None)
    assert program.case["status"] == "completed"
    assert program.case["variables"] == {"isi": 1}


def test_a_message_can_be_given_to_one_case(program: Program):
    program.begin(awaiting(event("message", messageRef="pesan"), outside=MESSAGE))
    program.tell("start", process="proses")
    program.tell("message", name="pesan", instance=2)
    assert [case["status"] for case in program.cases] == ["active", "completed"]


def test_a_signal_reaches_all_who_wait_for_it(program: Program):
    program.begin(awaiting(event("signal", signalRef="sinyal"), outside=SIGNAL))
    program.tell("start", process="proses")
    program.tell("signal", name="sinyal", variables={"isi": 1})
    assert [case["status"] for case in program.cases] == ["completed", "completed"]


def test_variables_are_set(program: Program):
    program.begin(ONE_STEP, satu=1)
    program.tell("set", instance=1, variables={"dua": 2})
    assert program.case["variables"] == {"satu": 1, "dua": 2}


def test_a_timer_is_triggered_before_its_moment(program: Program):
    program.begin(awaiting(timer("PT1H")))
    program.tell("trigger", instance=1, activity="tunggu")
    assert program.case["status"] == "completed"


def test_an_event_at_the_border_waits_and_can_be_triggered(program: Program):
    program.begin(REMINDED, kali=0)
    assert program.case["waiting"] == ["ingatkan"]
    program.tell("trigger", instance=1, activity="ingatkan")
    assert program.case["variables"] == {"kali": 1}


@pytest.mark.parametrize("said", ["", BY_FAX, TO_NAMED], ids=["nothing", "unknown", "a notice to people by name"])
@pytest.mark.parametrize("command", ["trigger", "complete"])
def test_a_service_of_the_world_waits_for_the_player(program: Program, said: str, command: str):
    program.begin(diagram(*chain(start(), element("serviceTask", "kirim", said, name="Kirim"), end())))
    assert (program.case["status"], program.case["waiting"]) == ("active", ["kirim"])
    program.tell(command, instance=1, activity="kirim", variables={"terkirim": True})
    assert (program.case["status"], program.case["variables"]) == ("completed", {"terkirim": True})


def test_a_service_of_the_house_runs(program: Program):
    asked = '<extensionElements><tk:layanan operasi="number_letter" hasil="surat"/></extensionElements>'
    program.begin(diagram(*chain(start(), element("serviceTask", "nomori", asked, name="Nomori"), end())))
    assert program.case["status"] == "completed"
    assert program.case["variables"]["surat"]["nomor"]


def test_a_fault_is_an_incident_of_its_case(program: Program):
    program.begin(diagram(*chain(start(), script_task("hitung", "n = tidak_ada + 1"), end())))
    assert program.case["status"] == "incident"
    assert [each["activity"] for each in program.case["incidents"]] == ["hitung"]
    assert set(program.case["incidents"][0]) == {"activity", "code", "message"}


def test_a_fault_that_was_mended_is_tried_again_by_trigger(program: Program):
    program.begin(diagram(*chain(start(), script_task("hitung", "n = awal + 1"), end())))
    program.tell("set", instance=1, variables={"awal": 1})
    program.tell("trigger", instance=1, activity="hitung")
    assert (program.case["status"], program.case["variables"]) == ("completed", {"awal": 1, "n": 2})


def test_what_failed_is_completed_by_hand(program: Program):
    program.begin(diagram(*chain(start(), script_task("hitung", "n = tidak_ada + 1"), end())))
    program.tell("complete", instance=1, activity="hitung", variables={"n": 7})
    assert (program.case["status"], program.case["variables"]) == ("completed", {"n": 7})


def test_events_behind_an_event_gateway_wait(program: Program):
    program.begin(
        diagram(
            *chain(start(), element("eventBasedGateway", "mana"), catch("lama", timer("PT1H")), end()),
            *chain(catch("lebih_lama", timer("PT2H")), end("tamat")),
            flow("mana", "lebih_lama"),
        )
    )
    assert program.case["waiting"] == ["lama", "lebih_lama"]


def test_the_order_of_what_finished_is_told(program: Program):
    program.begin(
        diagram(
            *chain(start(), parallel("pisah"), user_task("satu"), parallel("gabung"), end()),
            *chain(user_task("dua")),
            flow("pisah", "dua"),
            flow("dua", "gabung"),
        )
    )
    program.tell("complete", instance=1, activity="dua")
    program.tell("complete", instance=1, activity="satu")
    assert program.case["completed"] == ["mulai", "pisah", "dua", "satu", "gabung", "selesai"]


def test_what_a_file_calls_in_another_is_loaded_with_it(program: Program):
    caller = diagram(*chain(start(), call("panggil", "bagian"), end()))
    called = definitions(process(*chain(start(), user_task("periksa"), end()), identity="bagian"))
    assert program.deploy(caller, called)["definitions"] == ["bagian", "proses"]
    program.tell("start", process="proses")
    assert program.case["open"] == ["periksa"]
    program.tell("complete", instance=1, activity="periksa", variables={"hasil": 1})
    assert (program.case["status"], program.case["variables"]) == ("completed", {"hasil": 1})


def test_forms_lie_beside_the_diagram_and_ask_nothing(program: Program):
    filled = user_task("periksa", '<extensionElements><tk:formulir kunci="isian"/></extensionElements>')
    form = {"type": "default", "components": [{"type": "textfield", "key": "nama", "label": "Nama"}]}
    files = {"a.bpmn": diagram(*chain(start(), filled, end())).decode(), "isian.json": json.dumps(form)}
    assert program.tell("deploy", files=files)["ok"]
    program.tell("start", process="proses")
    program.tell("complete", instance=1, activity="periksa", variables={"lain": 1})
    assert program.case["status"] == "completed"


def test_nothing_that_is_named_as_a_form_stops_a_play(program: Program):
    program.tell("deploy", files={"a.bpmn": ONE_STEP.decode(), "isian.json": "{not a form"})
    assert program.answer["ok"]
    assert "form.not_json" in {each["code"] for each in program.answer["problems"]}


def test_a_process_without_start_and_end_runs_from_its_first_step_to_its_last(program: Program):
    program.begin(diagram(*chain(user_task("periksa"))))
    program.tell("complete", instance=1, activity="periksa")
    assert (program.case["status"], program.case["completed"]) == ("completed", ["periksa"])


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "windows-1252"])
def test_a_text_has_no_encoding_whatever_it_says(program: Program, encoding: str):
    named = diagram(*chain(start(), user_task("periksa", name="Pemeriksaan “ulang”"), end()))
    text = named.decode().replace("UTF-8", encoding)
    assert program.tell("deploy", files={"a.bpmn": text})["ok"]
