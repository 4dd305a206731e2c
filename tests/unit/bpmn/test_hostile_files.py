"""Files that bring the library down, or try to: each gets an answer (S25)."""

import copy
import random

import pytest
from lxml import etree

from engine.bpmn.problems import Verdict
from engine.bpmn.reader import MOST_PROBLEMS, read
from tests.support.diagrams import (
    a_sound_diagram,
    chain,
    definitions,
    diagram,
    element,
    end,
    exclusive,
    flow,
    long_chain,
    parallel,
    process,
    start,
    sub_process,
)
from tests.unit.bpmn.findings import codes


@pytest.mark.parametrize("steps", [500, 3_000])
def test_a_long_chain_is_read(steps):
    reading = read(long_chain(steps))
    assert reading.verdict is Verdict.DEPLOYABLE
    assert reading.graph is not None
    assert len(reading.graph.nodes) == steps + 3


def test_a_chain_without_end_of_ten_thousand_is_told_once():
    tasks = [element("task", f"t{n}") for n in range(10_000)]
    reading = read(diagram(*chain(start(), *tasks), flow("t9999", "t0"), end()))
    assert [problem.element for problem in reading.problems if problem.code == "element.dead_end"] == ["t0"]


def test_an_element_may_lead_to_itself():
    source = diagram(
        *chain(start(), exclusive("g", default="g_g")), end(), flow("g", "g", "Lagi"), flow("g", "selesai", "Ya", "x")
    )
    assert read(source).verdict is Verdict.DEPLOYABLE


def test_a_loop_of_parallel_gateways_is_read():
    source = diagram(*chain(start(), parallel("a"), parallel("b"), end()), flow("b", "a"))
    assert read(source).graph is not None


def test_sub_processes_nested_two_hundred_deep_are_read():
    inner = element("task", "t")
    for depth in range(200):
        inner = sub_process(f"s{depth}", *chain(start(f"a{depth}"), inner, end(f"z{depth}")))
    assert read(diagram(*chain(start(), inner, end()))).graph is not None


def test_a_data_object_used_far_below_does_no_harm():
    task = element("task", "t", "<dataInputAssociation><sourceRef>r</sourceRef></dataInputAssociation>")
    deep = sub_process("a", *chain(start("s1"), sub_process("b", *chain(start("s2"), task, end("e2"))), end("e1")))
    data = element("dataObject", "d"), element("dataObjectReference", "r", dataObjectRef="d")
    assert read(diagram(*chain(start(), deep, end()), *data)).verdict is Verdict.DEPLOYABLE


def test_an_id_cannot_reach_into_a_query():
    source = diagram(*chain(start(), element("task", "t']|//*['"), end()))
    assert read(source).graph is not None


def test_far_too_many_problems_are_cut_but_never_the_worst():
    tasks = [element("userTask", f"t{n}") for n in range(MOST_PROBLEMS)]
    reading = read(diagram(*chain(start(), *tasks, end()), flow("selesai", "hilang")))
    assert len(reading.problems) == MOST_PROBLEMS
    assert reading.verdict is Verdict.REJECTED


def damaged(source: bytes, chance: random.Random) -> bytes:
    """The file after one thing in it was lost, moved, doubled or garbled."""
    root = etree.fromstring(source)
    one, other = chance.sample(list(root.iterdescendants("{*}*")), 2)
    act = chance.randrange(5)
    if act == 0 and len(one.getparent()) > 1:
        one.getparent().remove(one)
    elif act == 1:
        other.append(copy.deepcopy(one))
    elif act == 2 and one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(["", "x:y", "-1", "%s", other.get("id", "")]))
    elif act == 3:
        one.tag = other.tag
    else:
        one.text = chance.choice(["", "import os", "1 +", "PT", other.get("id", "")])
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_answered_and_never_raises(seed):
    chance = random.Random(seed)
    source = a_sound_diagram()
    for _damage in range(5):
        source = damaged(source, chance)
        reading = read(source)
        assert (reading.graph is not None) == (reading.verdict is Verdict.DEPLOYABLE)
        assert all(problem.text("en") for problem in reading.problems)


@pytest.mark.parametrize(
    "source",
    [
        definitions(),
        definitions(process(element("task", ""))),
        definitions(process(element("sequenceFlow", ""))),
        definitions(process(element("boundaryEvent", ""))),
        definitions(process(element("subProcess", "", element("boundaryEvent", "b", attachedToRef="b")))),
        definitions(element("process", "")),
        definitions(element("globalUserTask", "")),
        definitions(process(element("callActivity", "", calledElement="proses"), start())),
        definitions(process(element("intermediateCatchEvent", "x", "<eventDefinitionRef/>"))),
        definitions(process(element("intermediateCatchEvent", "x", "<fooEventDefinition/>"))),
        definitions(process(element("startEvent", "x", "<timerEventDefinition/>"))),
        definitions(process(element("process", "dalam", start("s")))),
        definitions(process(start(), element("association", "", sourceRef="mulai", targetRef="mulai"))),
    ],
)
def test_odd_fragments_are_answered_with_problems(source):
    reading = read(source)
    assert reading.graph is None
    assert reading.problems
    assert all(problem.text("en") for problem in reading.problems)


def test_texts_that_look_like_formats_do_no_harm():
    source = diagram(*chain(start(), element("userTask", "t", name="%(x)s %s %d {0}"), end()))
    assert all(problem.text("en") for problem in read(source).problems)
    assert "performer.missing" in codes(source)
