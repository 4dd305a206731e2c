from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn.diagram import diagram_svg, step_svg
from engine.bpmn.layering import cells, columns
from engine.bpmn.layout import laid_out_plan
from engine.bpmn.lettering import lines_of, width_of
from engine.bpmn.marks import Mark
from engine.bpmn.problems import BadDiagram
from engine.bpmn.vocabulary import BPMN
from engine.bpmn.xml import parse

SVG = "{http://www.w3.org/2000/svg}"
PROCESSES = sorted(Path(__file__).parents[3].glob("processes/*/process.bpmn"))
HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x"


def bpmn(content: str, diagram: str = "") -> bytes:
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        f'xmlns:dd="http://www.omg.org/spec/DD/20100524/DI" id="d">{content}{diagram}</bpmn:definitions>'
    ).encode()


def process(content: str) -> str:
    return f'<bpmn:process id="P" name="Surat">{content}</bpmn:process>'


def flow(source: str, target: str) -> str:
    return f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'


LINE = process(
    '<bpmn:startEvent id="a"/><bpmn:userTask id="b" name="Periksa"/><bpmn:endEvent id="c"/>'
    + flow("a", "b")
    + flow("b", "c")
)


def drawn(source: bytes, **marks: Mark) -> etree._Element:
    return etree.fromstring(diagram_svg(source, marks, "en").encode())


def group(picture: etree._Element, element: str) -> etree._Element:
    (found,) = picture.iterfind(f".//{SVG}g[@data-element='{element}']")
    return found


def drawn_elements(picture: etree._Element) -> set[str]:
    return {found.get("data-element") or "" for found in picture.iterfind(f".//{SVG}g[@data-element]")}


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.parent.name)
def test_every_node_and_flow_of_our_processes_is_drawn(path):
    source = path.read_bytes()
    root = parse(source)
    expected = {
        found.get("id") or ""
        for kind in ("userTask", "exclusiveGateway", "startEvent", "endEvent", "boundaryEvent", "sequenceFlow", "lane")
        for found in root.iter(BPMN + kind)
    }
    assert expected <= drawn_elements(drawn(source))


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.parent.name)
def test_without_coordinates_nodes_keep_clear_of_each_other(path):
    shapes = laid_out_plan(parse(path.read_bytes())).shapes
    nodes = [shape for shape in shapes if not shape.element.tag.endswith(("lane", "participant", "boundaryEvent"))]
    for index, one in enumerate(nodes):
        for other in nodes[index + 1 :]:
            beside = one.box.right <= other.box.x or other.box.right <= one.box.x
            assert beside or one.box.bottom <= other.box.y or other.box.bottom <= one.box.y


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.parent.name)
def test_without_coordinates_nodes_stand_in_their_lanes(path):
    shapes = laid_out_plan(parse(path.read_bytes())).shapes
    boxes = {shape.element.get("id"): shape.box for shape in shapes}
    for lane in (shape for shape in shapes if shape.element.tag == f"{BPMN}lane"):
        for reference in lane.element.iterchildren(f"{BPMN}flowNodeRef"):
            assert lane.box.y <= boxes[reference.text].y < boxes[reference.text].bottom <= lane.box.bottom


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.parent.name)
def test_without_coordinates_flows_run_level_or_upright(path):
    for edge in laid_out_plan(parse(path.read_bytes())).edges:
        assert all(start[0] == end[0] or start[1] == end[1] for start, end in pairwise(edge.points))


def test_a_mark_is_a_class_and_a_word():
    found = group(drawn(bpmn(LINE), b=Mark.LATE), "b")
    assert found.get("class") == "tk-node tk-task tk-late"
    assert found.findtext(f"{SVG}title") == "Periksa – late"


def test_the_picture_has_a_name():
    picture = drawn(bpmn(LINE))
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "Diagram of the process Surat")
    assert picture.findtext(f"{SVG}title") == "Diagram of the process Surat"


def test_hostile_names_are_only_text():
    picture = drawn(bpmn(process(f'<bpmn:userTask id="b" name="{HOSTILE}"/>')))
    assert not list(picture.iter(f"{SVG}script"))
    assert not [name for element in picture.iter() for name in element.attrib if name.startswith("on")]
    assert group(picture, "b").findtext(f"{SVG}title").startswith("<script>alert(1)")


def test_nothing_is_styled_in_place():
    text = diagram_svg(PROCESSES[0].read_bytes(), {})
    assert "style" not in text
    assert "<script" not in text


SHAPE = '<di:BPMNShape bpmnElement="b"><dc:Bounds x="{}" y="10" width="100" height="80"/></di:BPMNShape>'
PLANE = '<di:BPMNDiagram><di:BPMNPlane bpmnElement="P">{}</di:BPMNPlane></di:BPMNDiagram>'


def test_the_files_own_coordinates_are_used():
    picture = drawn(bpmn(LINE, PLANE.format(SHAPE.format(300))))
    assert drawn_elements(picture) == {"b"}
    assert picture.get("viewBox") == "284 -6 132 112"


@pytest.mark.parametrize("number", ["NaN", "inf", "1e300", "x", "", "-1e9"])
def test_coordinates_that_are_none_are_left_aside(number):
    assert drawn_elements(drawn(bpmn(LINE, PLANE.format(SHAPE.format(number))))) == {"a", "b", "c", "a_b", "b_c"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        process(""),
        process('<bpmn:userTask id="b"/>' + flow("b", "b")),
        process(flow("x", "y")),
        process('<bpmn:boundaryEvent id="b" attachedToRef="b"/>'),
        process('<bpmn:boundaryEvent id="b" attachedToRef="c"/><bpmn:boundaryEvent id="c" attachedToRef="b"/>'),
        process('<bpmn:laneSet><bpmn:lane name="Kosong"/></bpmn:laneSet><bpmn:userTask id="b"/>'),
        process('<bpmn:userTask/><bpmn:userTask id="b"/><bpmn:userTask id="b"/>'),
        '<bpmn:collaboration><bpmn:participant/><bpmn:messageFlow sourceRef="a"/></bpmn:collaboration>',
    ],
)
def test_a_broken_model_has_a_picture_too(content):
    assert drawn(bpmn(content)).tag == f"{SVG}svg"


def test_a_very_long_process_is_drawn():
    tasks = "".join(f'<bpmn:userTask id="t{n}"/>' for n in range(1500))
    flows = "".join(flow(f"t{n}", f"t{n + 1}") for n in range(1499))
    assert len(drawn_elements(drawn(bpmn(process(tasks + flows))))) == 2999


def test_sub_processes_hold_what_stands_in_them():
    inner = '<bpmn:subProcess id="s"><bpmn:userTask id="i"/></bpmn:subProcess>'
    boxes = {shape.element.get("id"): shape.box for shape in laid_out_plan(parse(bpmn(process(inner)))).shapes}
    assert boxes["s"].x < boxes["i"].x < boxes["i"].right < boxes["s"].right
    assert boxes["s"].y < boxes["i"].y < boxes["i"].bottom < boxes["s"].bottom


def test_a_step_is_seen_with_its_surroundings():
    picture = etree.fromstring(step_svg(PROCESSES[0].read_bytes(), "Activity_PutuskanCuti", {}).encode())
    x, y, width, height = map(float, picture.get("viewBox").split())
    assert (width, height) == (720, 300)
    assert x < 1345 < 1345 + 130 < x + width
    assert y < 786 < 786 + 80 < y + height


def test_a_step_that_is_not_drawn_shows_everything():
    assert step_svg(bpmn(LINE), "zzz", {}) == diagram_svg(bpmn(LINE), {})


def test_what_is_no_bpmn_file_is_refused():
    with pytest.raises(BadDiagram):
        diagram_svg(b"\x89PNG", {})


def test_a_way_back_moves_nothing():
    assert columns(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "b")]) == {"a": 0, "b": 1, "c": 2}


def test_branches_in_one_lane_stand_under_each_other():
    placed = cells(["a", "b", "c"], [("a", "b"), ("a", "c")], {"a": 0, "b": 0, "c": 0}, 1)
    assert [(cell.column, cell.row) for cell in placed.values()] == [(0, 0), (1, 0), (1, 1)]


def test_text_keeps_to_its_width():
    lines = lines_of("Menandatangani surat tugas pegawai " + "x" * 60, 80, 4)
    assert len(lines) == 4
    assert all(width_of(line) <= 80 for line in lines)
    assert lines[-1].endswith("…")
