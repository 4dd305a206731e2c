"""The SOPs that come with the product are whole: nothing is missing, and nothing is drawn outside its pool."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn.check import check
from engine.bpmn.dmn.reading import read_decisions
from engine.bpmn.problems import Verdict
from engine.core.demo import sop_folders
from engine.definitions.folder import upload_from_path
from engine.forms.reader import read_form

NAMES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "tk": "https://tatakerja.id/schema/bpmn/1",
}
# The thirteen fields of PermenPAN-RB 35/2012, in its order.
IDENTITY = (
    "satuan_kerja",
    "nomor_sop",
    "tanggal_pembuatan",
    "tanggal_revisi",
    "tanggal_efektif",
    "disahkan_oleh",
    "judul",
    "dasar_hukum",
    "keterkaitan",
    "peringatan",
    "kualifikasi_pelaksana",
    "peralatan",
    "pencatatan",
)

pytestmark = pytest.mark.parametrize("folder", sop_folders(), ids=lambda folder: folder.name)


def diagram(folder: Path) -> etree._Element:
    return etree.parse(folder / "process.bpmn").getroot()


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.xpath(path, namespaces=NAMES)


def box(shape: etree._Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    x, y, width, height = (float(shape.find("dc:Bounds", NAMES).get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def boxes(root: etree._Element, kind: str) -> dict[str, tuple[float, float, float, float]]:
    """The boxes of all elements of a kind, by id."""
    ids = {element.get("id") for element in found(root, f"//bpmn:{kind}")}
    return {
        shape.get("bpmnElement"): box(shape)
        for shape in found(root, "//bpmndi:BPMNShape")
        if shape.get("bpmnElement") in ids
    }


def waypoints(edge: etree._Element) -> list[tuple[float, float]]:
    return [(float(point.get("x")), float(point.get("y"))) for point in edge.findall("di:waypoint", NAMES)]


def test_a_folder_is_complete(folder: Path):
    files = {path.name for path in folder.iterdir() if path.suffix != ".dmn"}
    assert files == {"sop.yaml", "process.bpmn", "scenarios.yaml", "forms"}


def test_each_decision_table_is_asked(folder: Path):
    asked = {asking.get("kunci") for asking in found(diagram(folder), "//bpmn:businessRuleTask//tk:keputusan")}
    assert asked == read_decisions(upload_from_path(folder).decisions).by_id.keys()


def test_the_identity_block_has_its_thirteen_fields(folder: Path):
    identity = upload_from_path(folder).identity
    assert tuple(identity)[: len(IDENTITY)] == IDENTITY
    assert identity["awalan"]
    assert identity["unit"]


def test_the_diagram_can_be_deployed_without_a_remark(folder: Path):
    upload = upload_from_path(folder)
    report = check(upload.source, decisions=upload.decisions)
    assert report.problems == ()
    assert report.verdict is Verdict.DEPLOYABLE


def test_each_form_is_used_and_each_step_has_its_form(folder: Path):
    root = diagram(folder)
    keys = {form.get("kunci") for form in found(root, "//bpmn:userTask//tk:formulir")}
    assert len(found(root, "//bpmn:userTask")) == len(found(root, "//bpmn:userTask//tk:formulir"))
    assert keys == {path.stem for path in (folder / "forms").glob("*.json")}


def test_each_form_can_be_read(folder: Path):
    for path in (folder / "forms").glob("*.json"):
        assert read_form(json.loads(path.read_text(encoding="utf-8"))).fields


def test_each_step_says_how_long_it_may_take_and_what_it_yields(folder: Path):
    for task in found(diagram(folder), "//bpmn:userTask"):
        for name in ("tk:waktu", "tk:norma", "tk:output"):
            assert found(task, f".//{name}"), f"{task.get('id')} has no {name}"
        assert 2 <= len(found(task, "bpmn:documentation")[0].text.split(". ")) <= 4, task.get("id")


def test_everything_is_drawn(folder: Path):
    root = diagram(folder)
    drawn = {each.get("bpmnElement") for each in found(root, "//bpmndi:BPMNShape | //bpmndi:BPMNEdge")}
    wanted = found(root, "//bpmn:process/*[@id and not(self::bpmn:laneSet)] | //bpmn:lane | //bpmn:participant")
    assert {element.get("id") for element in wanted} <= drawn


def test_steps_stand_in_their_lanes(folder: Path):
    root = diagram(folder)
    shapes = {shape.get("bpmnElement"): box(shape) for shape in found(root, "//bpmndi:BPMNShape")}
    for lane in found(root, "//bpmn:lane"):
        left, top, right, bottom = shapes[lane.get("id")]
        for node in lane.findall("bpmn:flowNodeRef", NAMES):
            x1, y1, x2, y2 = shapes[node.text]
            assert left <= x1, node.text
            assert x2 <= right, node.text
            assert top <= y1, node.text
            assert y2 <= bottom, node.text


def test_flows_stay_in_the_pool_and_run_straight(folder: Path):
    root = diagram(folder)
    ((left, top, right, bottom),) = boxes(root, "participant").values()
    for edge in found(root, "//bpmndi:BPMNEdge"):
        points = waypoints(edge)
        assert all(left <= x <= right and top <= y <= bottom for x, y in points), edge.get("bpmnElement")
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points)), edge.get("bpmnElement")


def test_no_flow_runs_through_a_step(folder: Path):
    root = diagram(folder)
    steps = {**boxes(root, "userTask"), **boxes(root, "exclusiveGateway")}
    for edge in found(root, "//bpmndi:BPMNEdge"):
        for (x1, y1), (x2, y2) in pairwise(waypoints(edge)):
            for step, (left, top, right, bottom) in steps.items():
                crosses = max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > top and min(y1, y2) < bottom
                assert not crosses, f"{edge.get('bpmnElement')} runs through {step}"
