"""What another engine would do besides the diagram is refused by name, never left out in silence."""

from tests.support.diagrams import Part, catch, chain, diagram, element, end, event, extensions, start, user_task
from tests.unit.bpmn.findings import refusals

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
