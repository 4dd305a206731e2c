"""docs/bpmn-support.md names all that the reader knows, and nothing else."""

import re

from engine.bpmn.graph import EventKind
from engine.bpmn.operations import OPERATIONS
from engine.bpmn.vocabulary import FLOW_NODES
from tests.support.sources import ROOT

PAGE = (ROOT / "docs" / "bpmn-support.md").read_text(encoding="utf-8")
SOURCES = [*(ROOT / "engine" / "bpmn").rglob("*.py"), *(ROOT / "engine" / "definitions").glob("*.py")]
CODE = re.compile(
    r'"((?:boundary|branch|call|condition|element|end|event|event_gateway|expression|file|flow|form|join|link|loop|number'
    r'|output|performer|process|reference|repair|script|service|standard_time|start|timer|trial)\.[a-z_]+)"'
)
NOT_OF_A_DIAGRAM = {"form.not_json", "process.bpmn"}


def test_every_kind_of_element_and_event_is_on_the_page():
    assert {kind for kind in FLOW_NODES | set(EventKind) if f"`{kind}`" not in PAGE} == set()


def test_every_operation_of_a_service_task_is_on_the_page():
    assert {operation for operation in OPERATIONS if f"`{operation}`" not in PAGE} == set()


def test_the_codes_on_the_page_are_those_of_the_check():
    known = {code for source in SOURCES for code in CODE.findall(source.read_text(encoding="utf-8"))}
    told = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE))
    assert told == known - NOT_OF_A_DIAGRAM
