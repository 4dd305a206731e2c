"""Which variables go into a called process and which come back, as office, Camunda 7 and Camunda 8 files say it."""

import pytest

from engine.bpmn.reader import compile_graph
from engine.runtime import inspect
from tests.support.diagrams import Part, chain, definitions, element, end, extensions, process, start, user_task
from tests.unit.runtime.cases import Case

CASE = {"surat": 1, "rahasia": 2}
RESULT = {"nomor": 7, "catatan": "baik"}
DONE_BY_SOMEBODY = extensions('<tk:pelaksana jabatan="X"/>')
ZEEBE_CALL = '<zeebe:calledElement processId="anak" {}/>'


def case_with(said: str) -> Case:
    caller = element("callActivity", "panggil", extensions(said), calledElement="anak")
    return Case(
        compile_graph(
            definitions(process(*chain(start(), caller, user_task("akhir", DONE_BY_SOMEBODY), end())), the_called())
        ),
        CASE,
    )


def the_called() -> Part:
    return process(*chain(start("s"), user_task("isi", DONE_BY_SOMEBODY), end("e")), identity="anak")


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("", CASE),
        ('<tk:masukan nama="nota" nilai="surat + 1"/>', {"nota": 2}),
        ('<tk:masukan semua="true"/><tk:masukan nama="nota" nilai="surat + 1"/>', {**CASE, "nota": 2}),
        ('<tk:masukan semua="false"/>', {}),
        ('<camunda:in source="surat" target="nota"/>', {"nota": 1}),
        ('<camunda:in sourceExpression="${surat + 1}" target="nota"/>', {"nota": 2}),
        ('<camunda:in variables="all"/><camunda:in source="surat" target="nota"/>', {**CASE, "nota": 1}),
        ('<camunda:in businessKey="#{execution.processBusinessKey}"/>', CASE),
        (
            ZEEBE_CALL.format("") + '<zeebe:ioMapping><zeebe:input source="= surat" target="nota"/></zeebe:ioMapping>',
            {**CASE, "nota": 1},
        ),
        (
            ZEEBE_CALL.format('propagateAllParentVariables="false"')
            + '<zeebe:ioMapping><zeebe:input source="= surat" target="nota"/></zeebe:ioMapping>',
            {"nota": 1},
        ),
        ('<tk:masukan nama="nota" nilai="9"/><camunda:in source="surat" target="nota"/>', {"nota": 9}),
    ],
)
def test_what_goes_in(said: str, inside: dict[str, object]):
    [work] = inspect.open_work(case_with(said).state)
    assert work.variables == inside


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("", RESULT),
        ('<tk:hasil nama="agenda" nilai="nomor"/>', {"agenda": 7}),
        ('<tk:hasil semua="true"/><tk:hasil nama="agenda" nilai="nomor"/>', {**RESULT, "agenda": 7}),
        ('<camunda:out source="nomor" target="agenda"/>', {"agenda": 7}),
        ('<camunda:out variables="all"/>', RESULT),
        (ZEEBE_CALL.format(""), RESULT),
        (ZEEBE_CALL.format('propagateAllChildVariables="false"'), {}),
        (
            ZEEBE_CALL.format('propagateAllChildVariables="false"')
            + '<zeebe:ioMapping><zeebe:output source="= nomor" target="agenda"/></zeebe:ioMapping>',
            {"agenda": 7},
        ),
    ],
)
def test_what_comes_back(said: str, back: dict[str, object]):
    case = case_with(said)
    case.complete("isi", **RESULT)
    assert case.variables == {**CASE, **back}
