"""The reader's graph, made through SpiffWorkflow, is the one that plain reading gives."""

from dataclasses import replace
from random import Random

import pytest

from engine.bpmn.build import build
from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import Node, ProcessGraph
from engine.bpmn.normalise import normalise
from engine.bpmn.xml import parse
from tests.conformance.catalogue import TRACES
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    NAMED,
    event_sub_process,
    multi_instance,
)
from tests.unit.runtime.random_models import random_diagram

LIST = "<loopDataInputRef>daftar</loopDataInputRef>", '<inputDataItem name="orang"/>'


def with_events() -> bytes:
    inside = (
        *chain(start("m"), throw("naik", BY_ESCALATION), user_task("kerja"), end("s", BY_ERROR)),
        event_sub_process("khusus", *chain(start("dengar", BY_SIGNAL, isInterrupting="false"), end("t"))),
    )
    return diagram(
        *chain(start(), sub_process("bagian", *inside), catch("surat", BY_MESSAGE), end("umumkan", BY_SIGNAL)),
        *(boundary("galat_tepi", "bagian", BY_ERROR), user_task("tangani"), flow("galat_tepi", "tangani")),
        *(boundary("sejam", "bagian", timer("R3/PT1H", "timeCycle"), cancelActivity="false"), user_task("tegur")),
        *(flow("sejam", "tegur"), *chain(throw("ke", event("link", name="A")))),
        *chain(catch("dari", event("link", name="A")), user_task("setelah")),
        flow("tegur", "ke"),
        outside=NAMED,
    )


def with_loops() -> bytes:
    again = element("standardLoopCharacteristics", "", "<loopCondition>lagi</loopCondition>", testBefore="true")
    each = multi_instance(*LIST, "<completionCondition>cukup</completionCondition>", isSequential="true")
    times = multi_instance("<loopCardinality>3</loopCardinality>")
    return diagram(*chain(start(), user_task("a", again), user_task("b", each), user_task("c", times), end()))


SOURCES = [with_events(), with_loops(), *(random_diagram(Random(seed)) for seed in range(8))]


def read_by_reader(source: bytes) -> ProcessGraph:
    root = parse(source)
    normalise(root)
    return build(Drawing(root))


def moving_parts(node: Node) -> Node:
    """What moves tokens: names, lines and steps are the reader's own."""
    return replace(node, name="", line=0, step=None)


def is_read_as_drawn(source: bytes) -> bool:
    """Nothing has to be completed first; the plain reader takes a file as it is."""
    root = parse(source)
    kinds = [element.tag for element in root.iter()]
    return not normalise(root) and kinds == [element.tag for element in root.iter()]


CASES = [trace.source for trace in TRACES if not trace.decisions and is_read_as_drawn(trace.source)]


def test_most_conformance_cases_are_read_as_drawn():
    assert len(CASES) > 0.9 * len(TRACES)


@pytest.mark.parametrize("source", [*SOURCES, *CASES], ids=range(len(SOURCES) + len(CASES)))
def test_both_readers_see_the_same_graph(source: bytes):
    ours, plain = read_by_reader(source), read_plainly(source)
    assert list(ours.processes) == list(plain.processes)
    assert {node.id: moving_parts(node) for node in ours.nodes.values()} == {
        node.id: moving_parts(node) for node in plain.nodes.values()
    }
