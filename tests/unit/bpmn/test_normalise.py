from engine.bpmn.graph import EventKind, PerformerKind
from engine.bpmn.problems import Severity, Verdict
from engine.bpmn.reader import compile_graph, read
from tests.support.diagrams import (
    Part,
    boundary,
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
    process,
    start,
    throw,
    user_task,
)
from tests.unit.bpmn.findings import codes, the_problem


def task_with(*inside: str, **attributes: str) -> Part:
    return user_task("periksa", *inside, **attributes)


def node_of(task: Part, *outside: str):
    return compile_graph(diagram(*chain(start(), task, end()), outside=outside)).nodes[task.identity]


def test_flows_without_ids_are_kept_and_get_the_same_ids_every_time():
    source = diagram(start(), end(), flow("mulai", "selesai", identity=""))
    graph = compile_graph(source)
    assert list(graph.flows) == ["mulai__selesai"] == list(compile_graph(source).flows)
    assert graph.flows["mulai__selesai"].bpmn_id == ""
    assert the_problem(source, "repair.ids").severity is Severity.INFO


def test_parallel_flows_without_ids_are_told_apart():
    source = diagram(start(), end(), *[flow("mulai", "selesai", identity="")] * 2)
    assert len(compile_graph(source).flows) == 2


def test_a_given_id_is_never_named_as_the_files():
    source = diagram(start(), end(), flow("mulai", "tidak_ada", identity=""))
    assert the_problem(source, "flow.loose").element is None


def test_prefixed_references_are_of_this_file():
    task = catch("tunggu", event("message", messageRef="tns:m1"))
    source = diagram(*chain(start(), task, end()), outside=(element("message", "m1", name="Surat"),))
    assert compile_graph(source).nodes["tunggu"].events[0].name == "Surat"
    assert codes(source) == {"repair.prefixes"}


def test_event_definitions_may_stand_elsewhere():
    shared = element("timerEventDefinition", "t1", "<timeDuration>PT5M</timeDuration>")
    waiting = catch("tunggu", "<eventDefinitionRef>tns:t1</eventDefinitionRef>")
    graph = compile_graph(diagram(*chain(start(), waiting, end()), outside=(shared,)))
    assert graph.nodes["tunggu"].events[0].kind is EventKind.TIMER


def test_a_global_task_is_a_process_of_one_step():
    source = definitions(element("globalScriptTask", "hitung", "<script>x = 1</script>", name="Hitung"))
    reading = read(source)
    assert reading.verdict is Verdict.DEPLOYABLE
    assert reading.main is not None
    assert reading.main.id == "hitung"


def test_a_process_that_is_not_executable_is_repaired():
    source = definitions(process(*chain(start(), end()), isExecutable="false"))
    assert codes(source) == {"repair.executable"}
    assert read(source).graph is not None


def test_the_only_branch_without_a_condition_is_the_default():
    source = diagram(
        *chain(start(), exclusive("g")),
        end(),
        end("lain"),
        flow("g", "selesai", "Ya", "ya"),
        flow("g", "lain", "Tidak", identity=""),
    )
    assert compile_graph(source).nodes["g"].default == "g__lain"
    assert the_problem(source, "repair.default_flow").element == "g"


def test_errors_without_code_are_told_apart_by_name_or_id():
    source = diagram(
        *chain(start(), element("task", "t"), end("selesai", event("error", errorRef="e1"))),
        outside=(element("error", "e1"),),
    )
    assert compile_graph(source).nodes["selesai"].events[0].name == "e1"


def test_camunda_assignees_are_employees():
    performer = node_of(task_with(camunda__assignee="${penyusun}")).step.performer
    assert (performer.kind, performer.refs) == (PerformerKind.EMPLOYEE, ("${penyusun}",))


def test_the_camunda_initiator_is_whoever_started_the_case():
    assert node_of(task_with(camunda__assignee="${initiator}")).step.performer.kind is PerformerKind.INITIATOR


def test_camunda_groups_are_positions_and_users_employees():
    groups = node_of(task_with(camunda__candidateGroups="kasi, kasubbag")).step.performer
    users = node_of(task_with(camunda__candidateUsers="siti")).step.performer
    assert (groups.kind, groups.refs) == (PerformerKind.POSITION, ("kasi", "kasubbag"))
    assert (users.kind, users.refs) == (PerformerKind.EMPLOYEE, ("siti",))


def test_zeebe_assignments_and_forms_are_understood():
    said = '<zeebe:assignmentDefinition assignee="= penyusun"/><zeebe:formDefinition formId="periksa-nota"/>'
    step = node_of(task_with(extensions(said))).step
    assert step.performer.refs == ("${penyusun}",)
    assert step.form_key == "periksa-nota"


def test_camunda_form_keys_lose_their_path():
    task = task_with(camunda__assignee="siti", camunda__formKey="camunda-forms:deployment:formulir/nota.form")
    assert node_of(task).step.form_key == "nota"


def test_a_fixed_camunda_due_date_is_a_standard_time():
    def time(text: str):
        return node_of(task_with(camunda__assignee="siti", camunda__dueDate=text)).step.standard_time

    assert time("P2D").working_days == 2
    assert time("PT1H30M").working_minutes == 90
    assert (time("P1DT2H").working_days, time("P1DT2H").working_minutes) == (1, 120)
    assert time("${lusa}") is None


def test_a_computed_due_date_of_camunda_or_zeebe_is_the_moment_itself():
    of_zeebe = extensions('<zeebe:taskSchedule dueDate="=batas"/>')
    assert node_of(task_with(camunda__dueDate="${lusa}")).step.due.names == {"lusa"}
    assert node_of(task_with(of_zeebe)).step.due.names == {"batas"}


def test_our_own_words_win_over_those_of_camunda():
    task = task_with(extensions('<tk:pelaksana jabatan="Kasi"/>'), camunda__assignee="siti")
    assert node_of(task).step.performer.refs == ("Kasi",)


def test_bpmns_own_performers_are_positions():
    owner = (
        "<potentialOwner><resourceAssignmentExpression><formalExpression>Kasi</formalExpression>"
        "</resourceAssignmentExpression></potentialOwner>"
    )
    assert node_of(task_with(owner)).step.performer.refs == ("Kasi",)


def test_camunda_topics_and_zeebe_types_are_operations():
    parameter = '<camunda:inputParameter name="isi">${judul}</camunda:inputParameter>'
    given = extensions(f"<camunda:inputOutput>{parameter}</camunda:inputOutput>")
    topic = element("serviceTask", "kirim", given, camunda__topic="notify")
    kind = element("serviceTask", "nomori", extensions('<zeebe:taskDefinition type="number_letter"/>'))
    service = node_of(topic).service
    assert service.operation == "notify"
    assert service.parameters["isi"].evaluate({"judul": "A"}) == "A"
    assert node_of(kind).service.operation == "number_letter"


def test_a_send_task_with_a_topic_is_a_service():
    assert node_of(element("sendTask", "kirim", camunda__topic="notify")).kind == "serviceTask"


def test_variables_are_carried_into_called_processes():
    mappings = extensions('<camunda:in source="surat" target="nota"/><camunda:out sourceExpression="${a}" target="b"/>')
    caller = element("callActivity", "panggil", mappings, calledElement="anak")
    source = definitions(
        process(*chain(start(), caller, end())), process(*chain(start("s"), end("e")), identity="anak")
    )
    node = compile_graph(source).nodes["panggil"]
    assert [(mapping.target, mapping.value.text) for mapping in node.inputs] == [("nota", "surat")]
    assert [(mapping.target, mapping.value.text) for mapping in node.outputs] == [("b", "${a}")]


def test_zeebe_names_the_called_process_beside_the_element():
    caller = element("callActivity", "panggil", extensions('<zeebe:calledElement processId="anak"/>'))
    source = definitions(
        process(*chain(start(), caller, end())), process(*chain(start("s"), end("e")), identity="anak")
    )
    assert compile_graph(source).nodes["panggil"].called == "anak"


def test_collections_of_camunda_and_zeebe_are_loops():
    camunda = '<multiInstanceLoopCharacteristics camunda:collection="pegawai" camunda:elementVariable="orang"/>'
    zeebe = (
        '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="= pegawai" '
        'inputElement="orang"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    for said in (camunda, zeebe):
        loop = node_of(element("task", "tiap", said)).loop
        assert loop.item == "orang"
        assert loop.collection.evaluate({"pegawai": ["A"]}) == ["A"]


def test_zeebe_scripts_are_assignments():
    said = extensions('<zeebe:script expression="= a + 1" resultVariable="b"/>')
    assert node_of(element("scriptTask", "hitung", said)).script.run({"a": 1}) == {"b": 2}


def test_correlation_comes_from_zeebe_or_from_bpmn():
    zeebe = element("message", "m1", extensions('<zeebe:subscription correlationKey="= nomor"/>'), name="Balasan")
    bpmn = (
        element("message", "m1", name="Balasan"),
        '<correlationProperty><correlationPropertyRetrievalExpression messageRef="m1"><messagePath>nomor</messagePath>'
        "</correlationPropertyRetrievalExpression></correlationProperty>",
    )
    for outside in ((zeebe,), bpmn):
        node = node_of(catch("tunggu", event("message", messageRef="m1")), *outside)
        assert node.events[0].correlation.evaluate({"nomor": 7}) == 7


def test_whoever_waits_may_take_the_key_from_elsewhere_than_whoever_sends():
    message = (
        element("message", "m1", name="Balasan"),
        '<correlationProperty id="nomor"><correlationPropertyRetrievalExpression messageRef="m1">'
        "<messagePath>nomor_surat</messagePath></correlationPropertyRetrievalExpression></correlationProperty>",
    )
    subscription = (
        '<correlationSubscription correlationKeyRef="kunci"><correlationPropertyBinding correlationPropertyRef="nomor">'
        "<dataPath>nomor_berkas</dataPath></correlationPropertyBinding></correlationSubscription>"
    )
    waits = catch("tunggu", event("message", messageRef="m1"))
    source = diagram(
        subscription, *chain(start(), throw("kirim", event("message", messageRef="m1")), waits, end()), outside=message
    )
    nodes = compile_graph(source).nodes
    names = {"nomor_surat": 1, "nomor_berkas": 2}
    assert nodes["kirim"].events[0].correlation.evaluate(names) == 1
    assert nodes["tunggu"].events[0].correlation.evaluate(names) == 2


def test_a_zeebe_message_says_how_long_it_is_kept():
    publishing = extensions('<zeebe:publishMessage correlationKey="= nomor" timeToLive="PT2H"/>')
    message = element("message", "m1", name="Balasan")
    [sent] = node_of(throw("kirim", publishing, event("message", messageRef="m1")), message).events
    assert (sent.lifetime, sent.correlation.evaluate({"nomor": 7})) == ("PT2H", 7)


def test_conditions_are_understood_as_camunda_and_zeebe_write_them():
    source = diagram(
        *chain(start(), exclusive("g")),
        end(),
        end("lain"),
        end("sisa"),
        flow("g", "selesai", "A", "${x > 3 && !y}"),
        flow("g", "lain", "B", "= x = 3"),
        flow("g", "sisa", "C"),
    )
    first, second, _default = compile_graph(source).nodes["g"].outgoing
    assert first.condition.evaluate({"x": 4, "y": False}) is True
    assert second.condition.evaluate({"x": 3}) is True


def test_steps_in_a_sub_process_are_in_its_lane():
    inner = element("subProcess", "sub", *chain(start("s"), element("task", "t"), end("e")))
    source = diagram(lane("Staf", "sub"), *chain(start(), inner, end()))
    assert compile_graph(source).nodes["t"].step.lane == "Staf"


def test_a_boundary_event_reads_prefixed_hosts():
    source = diagram(
        *chain(start(), element("task", "t"), end()),
        boundary("b", "tns:t", "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"),
        flow("b", "selesai"),
    )
    assert compile_graph(source).nodes["t"].boundary == ("b",)


def test_an_error_always_interrupts():
    parts = (*chain(start(), user_task("t"), end()), user_task("u"), flow("tepi", "u"), element("error", "g"))
    source = diagram(*parts[:-1], boundary("tepi", "t", event("error"), cancelActivity="false"), outside=parts[-1:])
    assert compile_graph(source).nodes["tepi"].is_interrupting
    assert the_problem(source, "repair.interrupting").element == "tepi"


def test_a_list_that_comes_by_an_arrow_of_data_is_found():
    arrow = "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>masuk</targetRef></dataInputAssociation>"
    inputs = '<ioSpecification><dataInput id="masuk" name="masukan"/></ioSpecification>'
    loop = element("multiInstanceLoopCharacteristics", "", "<loopDataInputRef>masuk</loopDataInputRef>")
    task = user_task("t", inputs, arrow, loop)
    source = diagram(element("dataObject", "d", name="daftar"), *chain(start(), task, end()))
    repeated = compile_graph(source).nodes["t"].loop
    assert repeated.collection.text == "daftar"
    assert the_problem(source, "repair.data_arrow").element == "t"


def test_what_a_data_arrow_calculates_is_not_left_out_in_silence():
    arrow = (
        "<dataOutputAssociation><targetRef>d</targetRef><transformation>n * 2</transformation></dataOutputAssociation>"
    )
    source = diagram(*chain(start(), element("userTask", "t", arrow), end()), element("dataObject", "d"))
    assert the_problem(source, "data.not_calculated").element == "t"
