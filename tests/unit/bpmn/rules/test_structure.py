"""Rules about what stands where: each is shown one drawing that keeps it and one that breaks it."""

import pytest

from engine.bpmn.problems import Severity
from engine.bpmn.reader import read
from tests.support.diagrams import (
    a_sound_diagram,
    arrows,
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
    extensions,
    flow,
    lane,
    person_task,
    process,
    start,
    sub_process,
    throw,
    timer,
)
from tests.unit.bpmn.findings import codes, places, refusals, the_problem


def test_a_file_without_a_process_is_refused():
    assert refusals(definitions(element("collaboration", "k"))) == ["process.none"]


def test_an_empty_process_is_a_draft():
    assert refusals(definitions(process())) == ["process.empty"]


def test_an_empty_pool_stands_for_somebody_outside():
    source = definitions(process(*chain(start(), end())), process(identity="pemohon"))
    assert the_problem(source, "process.outside").severity is Severity.INFO


def test_two_processes_with_one_id_are_refused():
    source = definitions(process(*chain(start("a"), end("b"))), process(*chain(start("c"), end("d"))))
    assert "process.duplicate_id" in refusals(source)


def test_an_id_used_twice_is_refused():
    source = diagram(*chain(start(), element("task", "t"), end()), element("textAnnotation", "t"))
    assert places(source, "element.duplicate_id") == ["t"]


def test_ids_that_no_column_holds_are_refused():
    source = definitions(process(*chain(start(), person_task("t" * 181), end("e" * 180)), identity="p" * 121))
    assert {"p" * 121, "t" * 181} <= set(places(source, "element.long_id"))
    assert "e" * 180 not in places(source, "element.long_id")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("choreographyTask", "choreography task"),
        ("callChoreography", "call of a choreography"),
        ("subConversation", "sub-conversation"),
        ("teleport", "teleport"),
    ],
)
def test_an_unsupported_element_is_named(kind, word):
    source = diagram(*chain(start(), end()), element(kind, "aneh", name="Aneh"))
    problem = the_problem(source, "element.unsupported")
    assert (problem.severity, problem.element) == (Severity.ERROR, "aneh")
    assert f"“Aneh” is of the kind {word}," in problem.text("en")


def test_an_element_without_name_and_id_is_called_by_its_kind():
    source = diagram(*chain(start(), end()), element("exclusiveGateway", ""))
    problem = the_problem(source, "element.unreachable")
    assert "“exclusive gateway”" in problem.text("en")


def test_a_business_rule_task_says_which_decision_it_asks():
    assert refusals(diagram(*chain(start(), element("businessRuleTask", "tabel"), end()))) == ["decision.not_said"]


def test_an_element_inside_another_kind_of_element_is_refused():
    source = diagram(start(), end("selesai", sub_process("s", element("task", "t"))), flow("mulai", "selesai"))
    assert refusals(source) == ["element.misplaced"]


def test_annotations_and_groups_are_furniture():
    notes = (element("textAnnotation", "catatan"), element("group", "kelompok"), element("dataObject", "data"))
    assert codes(diagram(*chain(start(), end()), *notes)) == set()


@pytest.mark.parametrize("kind", ["message", "signal", "error", "escalation"])
def test_an_unknown_reference_is_told_with_the_element(kind):
    source = diagram(*chain(start(), end("selesai", event(kind, **{f"{kind}Ref": "hilang"}))))
    problem = the_problem(source, "reference.unknown")
    assert (problem.element, problem.params["reference"]) == ("selesai", "hilang")
    assert problem.line is not None


def test_a_reference_to_another_kind_of_thing_is_unknown():
    source = diagram(
        *chain(start(), end("selesai", event("message", messageRef="s"))), outside=(element("signal", "s"),)
    )
    assert refusals(source) == ["reference.unknown"]


def test_an_unknown_event_definition_is_refused():
    waiting = catch("tunggu", "<eventDefinitionRef>hilang</eventDefinitionRef>")
    assert "reference.unknown" in refusals(diagram(*chain(start(), waiting, end())))


def test_a_default_that_does_not_leave_the_gateway_is_refused():
    source = diagram(
        *chain(start(), exclusive("g", default="mulai_g")),
        end(),
        end("lain"),
        flow("g", "selesai", "Ya", "ya"),
        flow("g", "lain", "Tidak", "not ya"),
    )
    assert refusals(source) == ["reference.default"]


def test_a_lane_may_list_what_is_not_there():
    source = diagram(lane("Staf", "hantu"), *chain(start(), end()))
    assert the_problem(source, "reference.lane_member").severity is Severity.WARNING


def test_a_loose_flow_is_refused():
    assert places(diagram(*chain(start(), end()), flow("mulai", "hilang")), "flow.loose") == ["mulai_hilang"]


def test_a_flow_across_a_scope_is_refused():
    inner = sub_process("sub", *chain(start("s"), element("task", "dalam"), end("e")))
    source = diagram(*chain(start(), inner, end()), flow("mulai", "dalam"))
    assert refusals(source) == ["flow.crosses_scope"]


def test_a_process_without_start_or_end_is_a_draft():
    source = diagram(*chain(element("task", "a"), element("task", "b")))
    assert refusals(source) == ["start.missing", "end.missing"]


def test_a_sub_process_needs_neither_start_nor_end():
    inner = sub_process("sub", *chain(element("task", "a"), element("task", "b")))
    assert codes(diagram(*chain(start(), inner, end()))) == set()


def test_nothing_leads_to_a_start_and_nothing_leaves_an_end():
    source = diagram(*chain(start(), element("task", "t"), end()), flow("t", "mulai"), flow("selesai", "t"))
    assert set(refusals(source)) == {"start.has_incoming", "end.has_outgoing"}


def test_the_first_of_an_unreachable_chain_is_told():
    lost = chain(element("task", "a"), element("task", "b"), element("task", "c"))
    source = diagram(*chain(start(), end()), *lost, flow("c", "selesai"))
    assert places(source, "element.unreachable") == ["a"]


def test_an_unreachable_ring_is_told_once():
    ring = (element("task", "a"), element("task", "b"), *arrows("a", "b", "a"), flow("b", "selesai"))
    assert places(diagram(*chain(start(), end()), *ring), "element.unreachable") == ["a"]


def test_an_element_that_leads_nowhere_is_told():
    source = diagram(*chain(start(), element("task", "t"), end()), element("task", "buntu"), flow("t", "buntu"))
    assert places(source, "element.dead_end") == ["buntu"]


def test_a_ring_without_a_way_out_is_told():
    ring = (element("task", "a"), element("task", "b"), *arrows("mulai", "a", "b", "a"))
    source = diagram(*chain(start(), end()), *ring)
    assert places(source, "element.dead_end") == ["a"]


def test_what_only_a_boundary_event_leads_to_is_reachable():
    source = diagram(
        *chain(start(), element("task", "t"), end()),
        boundary("b", "t", timer()),
        element("task", "lambat"),
        *arrows("b", "lambat", "selesai"),
    )
    assert codes(source) == set()


def test_a_boundary_event_on_nothing_is_refused():
    source = diagram(*chain(start(), end()), boundary("b", "hilang", timer()), flow("b", "selesai"))
    assert refusals(source) == ["boundary.no_host"]


def test_a_boundary_event_on_a_gateway_is_refused():
    source = diagram(*chain(start(), exclusive("g"), end()), boundary("b", "g", timer()), flow("b", "selesai"))
    assert refusals(source) == ["boundary.wrong_host"]


def test_a_boundary_event_of_another_scope_is_refused():
    inner = sub_process("sub", *chain(start("s"), element("task", "dalam"), end("e")))
    source = diagram(*chain(start(), inner, end()), boundary("b", "dalam", timer()), flow("b", "selesai"))
    assert "boundary.wrong_host" in refusals(source)


def test_a_cancel_event_sits_on_a_transaction_only():
    def hosted(kind: str) -> bytes:
        host = element(kind, "sub", *chain(start("s"), end("e")))
        return diagram(*chain(start(), host, end()), boundary("b", "sub", event("cancel")), flow("b", "selesai"))

    assert refusals(hosted("subProcess")) == ["boundary.wrong_host"]
    assert refusals(hosted("transaction")) == []


def test_a_boundary_event_is_not_entered_by_a_flow():
    source = diagram(
        *chain(start(), element("task", "t"), end()),
        boundary("b", "t", timer()),
        *arrows("b", "selesai"),
        flow("mulai", "b"),
    )
    assert refusals(source) == ["boundary.has_incoming"]


def test_a_compensation_without_handler_is_a_draft():
    source = diagram(*chain(start(), element("task", "t"), end()), boundary("b", "t", event("compensate")))
    assert refusals(source) == ["boundary.no_handler"]


@pytest.mark.parametrize(
    ("place", "trigger", "is_right"),
    [
        ("intermediateCatchEvent", "timer", True),
        ("intermediateCatchEvent", "error", False),
        ("intermediateCatchEvent", "terminate", False),
        ("intermediateThrowEvent", "escalation", True),
        ("intermediateThrowEvent", "timer", False),
        ("endEvent", "terminate", True),
        ("endEvent", "timer", False),
        ("endEvent", "cancel", False),
        ("startEvent", "signal", True),
        ("startEvent", "error", False),
    ],
)
def test_each_place_allows_its_own_events(place, trigger, is_right):
    definition = timer() if trigger == "timer" else event(trigger)
    source = diagram(start(), element(place, "x", definition, name="X"), end())
    assert ("event.wrong_place" in codes(source)) is not is_right


def test_an_event_that_waits_for_nothing_is_a_draft():
    assert refusals(diagram(*chain(start(), catch("tunggu"), end()))) == ["event.no_trigger"]


def test_an_event_sub_process_starts_by_an_event():
    alarm = sub_process("alarm", *chain(start("s"), end("e")), triggeredByEvent="true")
    assert refusals(diagram(*chain(start(), end()), alarm)) == ["event.no_trigger"]


def off_the_flow(*inside: str, beside: tuple[str, ...] = ()) -> bytes:
    alarm = sub_process("alarm", *inside, triggeredByEvent="true")
    return diagram(*chain(start(), element("task", "t"), end()), alarm, *beside)


def test_an_event_sub_process_begins_by_its_event_alone():
    begun = chain(start("s", timer()), end("e"))
    assert refusals(off_the_flow(*begun)) == []
    assert refusals(off_the_flow(element("task", "u"))) == ["event_sub_process.no_start"]
    assert refusals(off_the_flow(*begun, beside=(flow("t", "alarm"),))) == ["event_sub_process.on_flow"]
    often = "<standardLoopCharacteristics><loopCondition>x</loopCondition></standardLoopCharacteristics>"
    assert refusals(off_the_flow(*begun, often)) == ["event_sub_process.loop"]
    border = boundary("b", "alarm", timer()), flow("b", "selesai")
    assert refusals(off_the_flow(*begun, beside=border)) == ["event_sub_process.border"]


def undone(*beside: str, **how: str) -> bytes:
    return diagram(
        *chain(start(), element("task", "t"), throw("balik", event("compensate", **how)), end()),
        *(boundary("u", "t", event("compensate")), element("task", "x", isForCompensation="true")),
        *(element("association", "h", sourceRef="u", targetRef="x"), *beside),
    )


def test_what_undoes_stands_beside_the_flow():
    assert refusals(undone()) == []
    assert refusals(undone(flow("x", "selesai"))) == ["compensation.on_flow"]


def test_whoever_asks_for_undoing_waits_for_it():
    assert "compensation.always_waits" in codes(undone(waitForCompletion="false"))
    assert "compensation.always_waits" not in codes(undone(waitForCompletion="true"))


def test_an_activity_is_undone_in_one_way():
    by_border = boundary("b", "s", event("compensate"))
    from_inside = sub_process("k", *chain(start("d", event("compensate")), end("e")), triggeredByEvent="true")
    host = sub_process("s", *chain(start("m"), element("task", "t"), end("n")), from_inside)
    assert places(diagram(*chain(start(), host, end()), by_border), "compensation.several") == ["k"]
    assert places(diagram(*chain(start(), host, end())), "compensation.several") == []


def test_what_is_to_be_undone_stands_beside_the_event_that_names_it():
    naming = throw("undo", event("compensate", activityRef="t"))
    inside = chain(start("m"), naming, end("n"))
    beside = (*chain(start(), element("userTask", "t"), naming, end()), boundary("b", "t", event("compensate")))
    below = (*chain(start(), element("userTask", "t"), sub_process("s", *inside), end()),)
    aside = (*chain(start(), element("userTask", "t"), end()), sub_process("k", *inside, triggeredByEvent="true"))
    assert "compensation.out_of_reach" in codes(diagram(*below))
    assert "compensation.out_of_reach" not in codes(diagram(*beside)) | codes(diagram(*aside))


def test_an_event_gateway_that_begins_a_case_by_all_its_events_is_refused():
    gateway = element("eventBasedGateway", "g", instantiate="true", eventGatewayType="Parallel")
    source = diagram(
        *chain(gateway, catch("a", event("signal", signalRef="s")), end()), outside=(element("signal", "s"),)
    )
    assert refusals(source) == ["element.unsupported"]


def test_messages_say_which():
    nameless = element("receiveTask", "terima")
    named = catch("Surat balasan", event("message"))
    assert refusals(diagram(*chain(start(), nameless, end()))) == ["event.no_name"]
    assert refusals(diagram(*chain(start(), named, end()))) == []


def test_a_thrown_error_says_which():
    assert refusals(diagram(*chain(start(), end("selesai", event("error"))))) == ["event.no_name"]


def test_after_an_event_gateway_come_events():
    gateway = element("eventBasedGateway", "pilih")
    right = diagram(*chain(start(), gateway, catch("tunggu", timer()), end()))
    wrong = diagram(*chain(start(), gateway, element("task", "t"), end()))
    assert refusals(right) == []
    assert refusals(wrong) == ["event_gateway.wrong_target"]


def test_links_are_pairs():
    thrown = chain(start(), throw("ke", event("link", name="A")))
    caught = chain(catch("dari", event("link", name="A")), end())
    assert refusals(diagram(*thrown, *caught)) == []
    assert "link.no_target" in refusals(diagram(*thrown, *chain(start("s2"), end())))
    assert "link.no_source" in refusals(diagram(*chain(start(), end("e2")), *caught))
    assert "link.several_targets" in refusals(
        diagram(*thrown, *caught, catch("dua", event("link", name="A")), flow("dua", "selesai"))
    )


def test_a_called_process_that_is_not_in_the_file_is_missing():
    known = definitions(
        process(*chain(start(), call("c", "anak"), end())), process(*chain(start("s"), end("e")), identity="anak")
    )
    assert refusals(known) == []
    assert refusals(diagram(*chain(start(), call("c", "hilang"), end()))) == ["call.unknown"]
    assert refusals(diagram(*chain(start(), call("c", ""), end()))) == ["call.missing"]


def test_a_file_that_only_lacks_the_process_it_calls_has_its_graph():
    reading = read(diagram(*chain(start(), call("c", "hilang"), end())))
    assert (reading.calls, reading.graph.nodes["c"].called) == (("hilang",), "hilang")


def test_an_id_that_looks_like_one_of_a_called_file_is_refused():
    assert set(refusals(diagram(*chain(start(), person_task("7/t"), end())))) == {"element.bad_id"}


def test_a_process_that_calls_itself_at_once_is_refused():
    assert refusals(diagram(*chain(start(), call("c", "proses"), end()))) == ["call.endless"]


def test_processes_that_call_each_other_in_a_ring_are_refused():
    source = definitions(
        process(*chain(start(), sub_process("s", call("c", "dua")), end())),
        process(*chain(start("s2"), call("d", "proses"), end("e2")), identity="dua"),
    )
    assert set(refusals(source)) == {"call.endless"}


def test_a_process_may_call_itself_after_somebody_did_something():
    assert refusals(diagram(*chain(start(), person_task("t"), call("c", "proses"), end()))) == []


def test_a_sound_diagram_breaks_no_rule():
    assert codes(a_sound_diagram()) == set()


STARTS_BY_ITSELF = (
    timer("R/PT1H", "timeCycle"),
    timer("30 7 * * MON-FRI", "timeCycle"),
    event("message", messageRef="m"),
    event("signal", signalRef="s"),
)


@pytest.mark.parametrize("trigger", STARTS_BY_ITSELF)
def test_a_process_that_only_an_event_starts_can_run(trigger):
    named = element("message", "m", name="Surat"), element("signal", "s", name="Bel")
    source = diagram(*chain(start("mulai", trigger), person_task("kerja"), end()), outside=named)
    assert refusals(source) == []


def test_a_process_that_only_a_condition_could_start_is_a_draft():
    waits = "<conditionalEventDefinition><condition>x > 1</condition></conditionalEventDefinition>"
    source = diagram(*chain(start("mulai", waits), person_task("kerja"), end()))
    assert places(source, "start.by_event") == ["mulai"]


def test_a_condition_beside_a_plain_start_is_told_to_begin_nothing():
    waits = "<conditionalEventDefinition><condition>x > 1</condition></conditionalEventDefinition>"
    source = diagram(*chain(start(), end()), *chain(start("surat", waits), end("akhir")))
    assert places(source, "start.not_heard") == ["surat"]
    assert "start.by_event" not in codes(source)


def test_a_timer_that_starts_cases_cannot_read_their_data():
    source = diagram(*chain(start("mulai", timer("${besok}", "timeDate")), person_task("kerja"), end()))
    assert places(source, "start.timer_needs_data") == ["mulai"]


def test_a_timer_that_starts_cases_may_ask_the_calendar():
    source = diagram(*chain(start("mulai", timer("${hari_kerja(3)}", "timeDate")), person_task("kerja"), end()))
    assert "start.timer_needs_data" not in codes(source)


@pytest.mark.parametrize("text", ["besok", "P1M", "-P1D", "7"])
def test_a_message_is_kept_for_a_fixed_time(text):
    kept = element("message", "m", extensions(f'<tk:simpan selama="{text}"/>'), name="Surat")
    source = diagram(*chain(start(), catch("tunggu", event("message", messageRef="m")), end()), outside=(kept,))
    assert places(source, "event.bad_lifetime") == ["m"]


def test_several_plain_starts_are_a_choice_and_no_problem():
    source = diagram(*chain(start(), end()), *chain(start("surel"), end("akhir")))
    assert not {"start.by_event", "start.not_heard", "start.missing"} & codes(source)


@pytest.mark.parametrize("identity", ["../../x", "a b", "1surat", "a/b"])
def test_a_process_id_that_is_no_name_is_refused(identity):
    assert "process.bad_id" in codes(definitions(process(*chain(start(), end()), identity=identity)))


def test_a_process_id_may_have_letters_digits_and_dots():
    assert "process.bad_id" not in codes(definitions(process(*chain(start(), end()), identity="Surat_Masuk-2.1")))
