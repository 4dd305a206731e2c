"""What another engine would do besides the diagram is refused by name, never left out in silence."""

from tests.support.diagrams import (
    Part,
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    extensions,
    flow,
    start,
    throw,
    user_task,
)
from tests.unit.bpmn.findings import codes, refusals

SIGNAL = event("signal", signalRef="datang")


def found(part: Part) -> list[str]:
    return [code for code in refusals(diagram(*chain(start(), part, end()))) if code.startswith("foreign.")]


def test_a_listener_of_either_camunda():
    of_zeebe = "<zeebe:executionListeners><zeebe:executionListener type='x'/></zeebe:executionListeners>"
    assert found(user_task("a", extensions('<camunda:executionListener class="X"/>', of_zeebe))) == [
        "foreign.listener",
        "foreign.listener",
    ]


def test_a_program_that_maps_the_variables_of_a_call():
    mapped = element("callActivity", "a", calledElement="lain", camunda__variableMappingClass="org.contoh.Peta")
    assert found(mapped) == ["foreign.mapping_code"]


def test_an_event_that_renames_what_it_brings():
    mapping = '<zeebe:ioMapping><zeebe:output source="=a" target="b"/></zeebe:ioMapping>'
    assert found(catch("a", extensions(mapping), SIGNAL)) == ["foreign.event_mapping"]


def test_a_parameter_that_is_a_script():
    script = '<camunda:inputParameter name="x"><camunda:script scriptFormat="groovy">1</camunda:script>'
    mapping = f"<camunda:inputOutput>{script}</camunda:inputParameter></camunda:inputOutput>"
    assert found(user_task("a", extensions(mapping))) == ["foreign.parameter"]


def test_work_that_another_engine_does_beside_a_step():
    script = '<s:preScript xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">x = 1</s:preScript>'
    assert found(user_task("a", extensions(script))) == ["foreign.work_beside"]
    assert found(user_task("a", extensions(script.replace("x = 1", "")))) == []
    sent = extensions('<camunda:in source="a" target="b"/>')
    assert found(throw("a", element("signalEventDefinition", "", sent, signalRef="datang"))) == ["foreign.work_beside"]


def test_a_code_that_is_to_be_kept():
    caught = '<errorEventDefinition camunda:errorCodeVariable="kode"/>'
    source = diagram(*chain(start(), user_task("a"), end()), boundary("b", "a", caught), flow("b", "selesai"))
    assert "foreign.kept_code" in codes(source)
