"""What the engine promises of every element, as tables: see `trace.py` for how to read them."""

from functools import cache

import pytest

from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import ProcessGraph
from engine.bpmn.lint import lint
from engine.bpmn.normalise import normalise
from engine.bpmn.problems import Severity
from engine.bpmn.reader import compile_graph
from engine.bpmn.xml import parse
from tests.conformance.catalogue import REFUSED, TRACES
from tests.conformance.player import WAYS, play
from tests.conformance.trace import Refusal, Trace

# What a drawing of three elements need not say, and what is asked of a real one.
NOT_ASKED_HERE = {"performer.missing", "start.by_event", "end.missing"}


@cache
def graph_of(source: bytes, decisions: bytes = b"") -> ProcessGraph:
    """As an upload would be read."""
    return compile_graph(source, {"aturan.dmn": decisions} if decisions else {})


def refusing(source: bytes) -> list[str]:
    root = parse(source)
    normalise(root)
    problems = lint(Drawing(root))
    found = {one.code for one in problems if one.severity in (Severity.ERROR, Severity.MISSING)}
    return sorted(found - NOT_ASKED_HERE)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
def test_a_case_runs_as_its_table_says(trace: Trace, way: str):
    play(trace, graph_of(trace.source, trace.decisions), way)


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
def test_what_is_promised_is_accepted_at_upload(trace: Trace):
    assert refusing(trace.source) == []


@pytest.mark.parametrize("refusal", REFUSED, ids=lambda refusal: refusal.name)
def test_what_cannot_run_is_refused_by_name(refusal: Refusal):
    assert refusing(refusal.source) == sorted(refusal.codes)


def test_no_two_cases_have_one_name():
    names = [*(trace.name for trace in TRACES), *(refusal.name for refusal in REFUSED)]
    assert [name for name in names if names.count(name) > 1] == []
