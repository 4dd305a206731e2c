"""Business rule tasks in every dialect, and the decisions that they ask."""

import pytest

from engine.bpmn.check import check_safely
from engine.bpmn.decision import DecisionCall, Shape
from engine.bpmn.problems import Severity, Verdict
from engine.bpmn.reader import compile_graph, read
from tests.support.decisions import decision, dmn, literal, table
from tests.support.diagrams import Part, chain, diagram, element, end, extensions, start

TABLE = dmn(decision(table(["hari"], ["siapa"], ["<= 5", '"kasubbag"'], ["> 5", '"kepala"'])))
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"


def rule_task(*inside: str, **attributes: str) -> Part:
    return element("businessRuleTask", "tentukan", *inside, name="Tentukan", **attributes)


def asking(said: str = 'kunci="keputusan"') -> Part:
    return rule_task(extensions(f"<tk:keputusan {said}/>"))


def in_a_process(task: Part) -> bytes:
    return diagram(*chain(start(), task, end()))


def call_of(task: Part) -> DecisionCall:
    call = compile_graph(in_a_process(task), {"aturan.dmn": TABLE}).nodes["tentukan"].decision
    assert call is not None
    return call


def codes(task: Part, *files: bytes) -> list[str]:
    decisions = {f"{number}.dmn": file for number, file in enumerate(files)}
    return [problem.code for problem in read(in_a_process(task), decisions).problems]


def test_our_own_words():
    call = call_of(asking('kunci="keputusan" hasil="penyetuju" bentuk="daftar-nilai"'))
    assert (call.decision_id, call.result, call.shape) == ("keputusan", "penyetuju", Shape.VALUES)
    assert [each.id for each in call.decisions] == ["keputusan"]


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("singleEntry", Shape.VALUE),
        ("singleResult", Shape.RECORD),
        ("collectEntries", Shape.VALUES),
        ("resultList", Shape.RECORDS),
        ("", Shape.NATURAL),
    ],
)
def test_camunda_7(written: str, shape: Shape):
    given = {"decisionRef": "keputusan", "resultVariable": "siapa", "mapDecisionResult": written}
    call = call_of(rule_task(**{f"camunda__{name}": value for name, value in given.items()}))
    assert (call.decision_id, call.result, call.shape) == ("keputusan", "siapa", shape)


def test_camunda_8():
    said = '<zeebe:calledDecision decisionId="keputusan" resultVariable="siapa"/>'
    mapped = '<zeebe:ioMapping><zeebe:input source="=lama" target="hari"/></zeebe:ioMapping>'
    task = rule_task(extensions(said, mapped))
    node = compile_graph(in_a_process(task), {"aturan.dmn": TABLE}).nodes["tentukan"]
    assert (call_of(task).decision_id, call_of(task).result) == ("keputusan", "siapa")
    assert [(each.target, each.value.text) for each in node.inputs] == [("hari", "=lama")]


def test_spiffworkflow():
    named = f'<s:calledDecisionId xmlns:s="{SPIFF}">keputusan</s:calledDecisionId>'
    assert call_of(rule_task(extensions(named))).result is None


def test_a_task_with_an_operation_is_a_service_task():
    task = rule_task(camunda__type="external", camunda__topic="notify")
    assert compile_graph(in_a_process(task)).nodes["tentukan"].kind == "serviceTask"


def test_a_decision_that_is_not_there_is_missing():
    reading = read(in_a_process(asking()))
    assert [(problem.code, problem.element, problem.severity) for problem in reading.problems] == [
        ("decision.missing", "tentukan", Severity.MISSING)
    ]
    assert reading.verdict is Verdict.DRAFT
    assert reading.graph is not None


def test_a_decision_in_any_of_the_files_will_do():
    other = dmn(decision(literal("1"), identity="lain"))
    reading = read(in_a_process(asking()), {"a.dmn": other, "b.dmn": TABLE})
    assert reading.problems == ()
    assert reading.decision_files == ("b.dmn",)


def test_a_faulty_decision_is_not_missing_as_well():
    assert codes(asking(), dmn(decision(literal("1 +")))) == ["decision.bad_cell"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "decision.not_said"),
        ('kunci="=pilihan"', "decision.calculated"),
        ('kunci="${pilihan}"', "decision.calculated"),
        ('kunci="keputusan" hasil="si apa"', "decision.bad_result"),
        ('kunci="keputusan" hasil="_x"', "decision.bad_result"),
        ('kunci="keputusan" bentuk="bulat"', "decision.bad_shape"),
    ],
)
def test_a_task_that_does_not_ask_clearly_is_told(said: str, code: str):
    assert code in codes(asking(said), TABLE)


def test_files_are_read_in_the_child():
    report = check_safely(in_a_process(asking()), decisions={"aturan.dmn": TABLE})
    assert report.verdict is Verdict.DEPLOYABLE
    assert report.decision_files == ("aturan.dmn",)
    assert [problem.code for problem in check_safely(in_a_process(asking()), decisions={"x": b"<x/>"}).problems] == [
        "decision.missing",
        "file.not_dmn",
    ]


def test_more_files_than_a_diagram_can_need_are_not_read():
    files = {f"{number}.dmn": b" " * (1 << 20) for number in range(6)}
    assert [problem.code for problem in check_safely(in_a_process(asking()), decisions=files).problems] == [
        "file.too_large"
    ]
