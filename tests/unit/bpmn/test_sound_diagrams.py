import pytest

from engine.bpmn.graph import EventKind, PerformerKind, TimerKind
from engine.bpmn.problems import BadDiagram, Verdict
from engine.bpmn.reader import compile_graph, read
from tests.support.diagrams import (
    a_sound_diagram,
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
    lane,
    person_task,
    process,
    script_task,
    start,
    sub_process,
    throw,
    timer,
)


def test_the_linter_has_nothing_to_say_of_a_sound_diagram():
    reading = read(a_sound_diagram())
    assert reading.problems == ()
    assert reading.verdict is Verdict.DEPLOYABLE


def test_children_and_flows_stand_in_document_order():
    graph = compile_graph(a_sound_diagram())
    assert graph.nodes["proses"].children == ("mulai", "terima", "setujui", "lengkap", "selesai", "ingatkan")
    assert [flow.target for flow in graph.nodes["lengkap"].outgoing] == ["selesai", "terima"]
    assert graph.nodes["lengkap"].default == "lengkap_terima"


def test_conditions_are_compiled():
    yes, _no = compile_graph(a_sound_diagram()).nodes["lengkap"].outgoing
    assert yes.name == "Ya"
    assert yes.condition is not None
    assert yes.condition.evaluate({"lengkap": True}) is True


def test_boundary_events_are_known_to_their_host():
    graph = compile_graph(a_sound_diagram())
    [reminder] = graph.boundary(graph.nodes["terima"])
    [definition] = reminder.events
    assert (reminder.host, reminder.is_interrupting) == ("terima", False)
    assert (definition.kind, definition.timer) == (EventKind.TIMER, TimerKind.DURATION)
    assert definition.value is not None
    assert definition.value.evaluate({}) == "PT4H"


def test_each_of_several_timers_keeps_its_own_time():
    source = diagram(
        *chain(start(), person_task("periksa"), end()),
        boundary("batas", "periksa", timer("PT1H"), timer("2026-01-31", "timeDate")),
        flow("batas", "selesai"),
    )
    values = [definition.value.text for definition in compile_graph(source).nodes["batas"].events]
    assert values == ["PT1H", "2026-01-31"]


def test_an_event_sub_process_keeps_its_start():
    alarm = sub_process(
        "darurat",
        *chain(start("galat", event("error", errorRef="e1"), isInterrupting="true"), end("batal")),
        triggeredByEvent="true",
    )
    source = diagram(
        *chain(start(), person_task("periksa"), end()), alarm, outside=(element("error", "e1", errorCode="E-1"),)
    )
    graph = compile_graph(source)
    assert graph.nodes["darurat"].is_triggered_by_event
    assert graph.nodes["darurat"].children == ("galat", "batal")
    assert graph.nodes["galat"].events[0].name == "E-1"
    assert graph.nodes["galat"].parent == "darurat"


def test_a_signal_end_event_throws():
    source = diagram(
        start(),
        end("selesai", event("signal", signalRef="s1")),
        flow("mulai", "selesai"),
        outside=(element("signal", "s1", name="Libur"),),
    )
    [definition] = compile_graph(source).nodes["selesai"].events
    assert (definition.kind, definition.name) == (EventKind.SIGNAL, "Libur")


def test_a_link_pair_is_a_flow():
    source = diagram(
        *chain(start(), throw("ke", event("link", name="A"))),
        *chain(catch("dari", event("link", name="A")), end()),
    )
    graph = compile_graph(source)
    [link] = graph.nodes["ke"].outgoing
    assert (link.source, link.target, link.bpmn_id) == ("ke", "dari", "")
    assert graph.nodes["dari"].incoming == (link,)


def test_conditions_on_flows_that_leave_a_task_are_kept():
    source = diagram(
        *chain(start(), person_task("periksa")),
        end(),
        end("lain"),
        flow("periksa", "selesai", condition="x > 3"),
        flow("periksa", "lain", condition="x <= 3"),
    )
    assert [flow.condition is not None for flow in compile_graph(source).nodes["periksa"].outgoing] == [True, True]


def test_several_outgoing_flows_and_several_starts_are_legal():
    source = diagram(
        *chain(start(), element("task", "cetak"), end()),
        *chain(start("mulai2"), element("task", "catat"), end("e2")),
        flow("cetak", "catat"),
    )
    graph = compile_graph(source)
    assert len(graph.nodes["cetak"].outgoing) == 2
    assert graph.nodes["cetak"].kind == "task"


def test_a_plain_task_in_a_lane_is_a_persons_task():
    lanes = lane("Staf", "tugas", "kirim", "tangan")
    parts = (element("task", "tugas"), element("manualTask", "tangan"), element("sendTask", "kirim"))
    graph = compile_graph(diagram(lanes, *chain(start(), *parts, end())))
    assert [graph.nodes[identity].kind for identity in ("tugas", "tangan", "kirim")] == ["userTask"] * 3
    assert graph.nodes["tugas"].step.performer.kind is PerformerKind.POSITION


def test_a_manual_task_outside_of_lanes_passes():
    graph = compile_graph(diagram(*chain(start(), element("manualTask", "tangan"), end())))
    assert graph.nodes["tangan"].kind == "manualTask"
    assert graph.nodes["tangan"].step is None


def test_data_stores_are_ignored_with_a_note():
    task = element("task", "catat", "<dataOutputAssociation><targetRef>gudang</targetRef></dataOutputAssociation>")
    source = diagram(*chain(start(), task, end()), element("dataStoreReference", "gudang"))
    assert [problem.code for problem in read(source).problems] == ["repair.data_store"]


def test_several_processes_stand_in_one_graph():
    source = definitions(
        process(*chain(start("s1"), end("e1")), identity="anak", name="Anak"),
        process(*chain(start("s2"), call("panggil", "anak"), end("e2")), identity="induk", name="Induk"),
    )
    reading = read(source)
    assert reading.graph is not None
    assert dict(reading.graph.processes) == {"anak": "anak", "induk": "induk"}
    assert reading.graph.nodes["panggil"].called == "anak"
    assert reading.main is not None
    assert reading.main.name == "Induk"


def test_a_process_is_named_after_its_pool():
    pool = element(
        "collaboration", "kolaborasi", element("participant", "kolam", name="Surat masuk", processRef="proses")
    )
    source = definitions(pool, process(*chain(start(), end()), name=""))
    assert read(source).main.name == "Surat masuk"


def test_ids_that_the_library_uses_itself_do_no_harm():
    names = ("Start", "End", "proses.EndJoin", "StartEventSplit")
    start_event, *tasks = start(names[0]), *(script_task(name, "x = 1") for name in names[1:])
    graph = compile_graph(diagram(*chain(start_event, *tasks, end())))
    assert set(names) <= set(graph.nodes)


def test_loops_are_read():
    several = (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>pegawai</loopDataInputRef>'
        '<loopDataOutputRef>hasil</loopDataOutputRef><inputDataItem id="orang"/><outputDataItem id="nilai"/>'
        "<completionCondition>cukup</completionCondition></multiInstanceLoopCharacteristics>"
    )
    again = (
        '<standardLoopCharacteristics loopMaximum="3" testBefore="true"><loopCondition>ulang</loopCondition>'
        "</standardLoopCharacteristics>"
    )
    graph = compile_graph(
        diagram(*chain(start(), element("task", "tiap", several), element("task", "lagi", again), end()))
    )
    each, repeated = graph.nodes["tiap"].loop, graph.nodes["lagi"].loop
    assert (each.collection.text, each.item, each.output, each.output_item) == ("pegawai", "orang", "hasil", "nilai")
    assert each.is_sequential
    assert not each.is_standard
    assert (repeated.is_standard, repeated.maximum, repeated.tests_before) == (True, 3, True)


def test_scripts_in_loops_are_read():
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    task = element("scriptTask", "hitung", "<script>n = 1</script>", loop)
    node = compile_graph(diagram(*chain(start(), task, end()))).nodes["hitung"]
    assert node.script is not None
    assert node.loop is not None
    assert not node.loop.is_sequential


def test_the_handler_of_a_compensation_is_joined_to_its_host():
    source = diagram(
        *chain(start(), element("task", "pesan"), throw("batalkan", event("compensate")), end()),
        boundary("undur", "pesan", event("compensate")),
        element("task", "batal_pesan", isForCompensation="true"),
        element("association", "a1", sourceRef="undur", targetRef="batal_pesan"),
    )
    graph = compile_graph(source)
    assert graph.nodes["pesan"].handler == "batal_pesan"
    assert graph.nodes["batal_pesan"].is_for_compensation


def test_lines_are_those_of_the_file():
    graph = compile_graph(a_sound_diagram())
    text = a_sound_diagram().decode().splitlines()
    assert 'id="setujui"' in text[graph.nodes["setujui"].line - 1]


def test_an_accepted_version_is_compiled_whatever_the_linter_has_learned_since():
    source = diagram(*chain(start(), element("userTask", "t"), end()))
    assert read(source).verdict is Verdict.DRAFT
    assert "t" in compile_graph(source).nodes


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        diagram(*chain(start(), element("scriptTask", "t", "<script>import os</script>"), end())),
        diagram(*chain(start(), catch("t", "<timerEventDefinition/>"), end())),
        diagram(*chain(start(), catch("t", "<fooEventDefinition/>"), end())),
        diagram(*chain(start(), throw("t", event("link", name="A")), end())),
        diagram(*chain(start(), element("task", "t", startQuantity="x"), end())),
        diagram(*chain(start(), element("task", "t", "<multiInstanceLoopCharacteristics/>"), end())),
        diagram(*chain(start(), end("t", event("signal", signalRef="hilang")))),
        definitions(process(start(), identity="a"), process(start(), identity="a")),
    ],
)
def test_what_cannot_be_compiled_is_told_with_its_problems(broken):
    with pytest.raises(BadDiagram) as refused:
        compile_graph(broken)
    assert refused.value.problems


def test_an_exclusive_gateway_may_only_join():
    source = diagram(
        *chain(start(), exclusive("gabung"), end()), *chain(start("mulai2"), element("task", "t")), flow("t", "gabung")
    )
    assert compile_graph(source).nodes["gabung"].default is None
