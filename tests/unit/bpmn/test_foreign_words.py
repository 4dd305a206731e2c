"""What other engines write beside BPMN is meant as they mean it."""

import pytest

from engine.bpmn.reader import compile_graph
from tests.support.diagrams import chain, diagram, element, end, extensions, start, user_task

RELATIVES = ("http://activiti.org/bpmn", "http://flowable.org/bpmn", "http://operaton.org/schema/1.0/bpmn")
TIMES_TWO = '<zeebe:input source="= x * 2" target="y"/><zeebe:output source="= y + jawab" target="z"/>'


def node_of(kind: str, *inside: str, **attributes: str):
    return compile_graph(diagram(*chain(start(), element(kind, "kerja", *inside, **attributes), end()))).nodes["kerja"]


def scripted(text: str, **attributes: str) -> dict[str, object]:
    script = node_of("scriptTask", f"<script>{text}</script>", **attributes).script
    return dict(script.run({"a": 1, "b": 2}))


def mapped(*inside: str) -> tuple[list[tuple[str, object]], list[tuple[str, object]]]:
    node, known = node_of("userTask", extensions(*inside)), {"x": 2, "y": 4, "jawab": 3, "nama": "Siti"}
    taken, given = ([(one.target, one.value.evaluate(known)) for one in each] for each in (node.inputs, node.outputs))
    return taken, given


@pytest.mark.parametrize("namespace", RELATIVES)
def test_relatives_of_camunda_use_its_words(namespace: str):
    loop = '<multiInstanceLoopCharacteristics camunda:collection="${pegawai}" camunda:elementVariable="orang"/>'
    source = diagram(*chain(start(), user_task("tiap", loop, camunda__assignee="siti"), end()))
    node = compile_graph(source.replace(b"http://camunda.org/schema/1.0/bpmn", namespace.encode())).nodes["tiap"]
    assert node.loop.item == "orang"
    assert node.step.performer.refs == ("siti",)


def test_zeebe_mappings_lead_into_a_step_and_out_of_it():
    assert mapped(f"<zeebe:ioMapping>{TIMES_TWO}</zeebe:ioMapping>") == ([("y", 4)], [("z", 7)])


def test_camunda_parameters_are_expressions_or_texts_with_places():
    given = (
        '<camunda:inputParameter name="a">${x}</camunda:inputParameter>',
        '<camunda:inputParameter name="b">Kepada "${nama}"</camunda:inputParameter>',
        '<camunda:outputParameter name="c">tetap</camunda:outputParameter>',
    )
    taken = [("a", 2), ("b", 'Kepada "Siti"')]
    assert mapped("<camunda:inputOutput>", *given, "</camunda:inputOutput>") == (taken, [("c", "tetap")])


def test_our_own_mappings_win():
    taken, _given = mapped('<tk:masukan nama="y" nilai="x"/>', f"<zeebe:ioMapping>{TIMES_TWO}</zeebe:ioMapping>")
    assert taken == [("y", 2)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a + b", {"c": 3}),
        ("d = a * 5;\nd + b;", {"d": 5, "c": 7}),
        ("c = a", {"c": 1}),
        ("a == b", {"c": False}),
    ],
)
def test_the_last_line_of_a_camunda_script_is_its_result(text: str, written: dict[str, object]):
    assert scripted(text, camunda__resultVariable="c") == written


def test_an_item_whose_name_is_only_a_label_goes_by_its_id():
    loop = node_of(
        "userTask",
        "<multiInstanceLoopCharacteristics><loopDataInputRef>daftar</loopDataInputRef>"
        '<inputDataItem id="orang" name="Orang itu"/></multiInstanceLoopCharacteristics>',
    ).loop
    assert loop.item == "orang"
