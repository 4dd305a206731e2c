"""Graphs of several files made one."""

from dataclasses import fields

from engine.bpmn.graph import Node, ProcessGraph
from engine.bpmn.joining import Called, home_of, joined
from engine.bpmn.reader import compile_graph
from tests.support.diagrams import (
    boundary,
    call,
    chain,
    definitions,
    diagram,
    end,
    event,
    exclusive,
    flow,
    person_task,
    process,
    start,
    sub_process,
    timer,
)

CALLER = compile_graph(diagram(*chain(start(), call("panggil", "anak"), end())))
CALLED = compile_graph(
    definitions(
        process(
            *chain(start(), person_task("tulis"), exclusive("g", default="f"), call("lagi", "cucu"), end()),
            flow("g", "mulai2", identity="f"),
            sub_process("mulai2", *chain(start("m"), call("serumah", "sebelah"), end("s"))),
            boundary("telat", "tulis", timer()),
            boundary("batal", "tulis", event("compensate")),
            *chain(person_task("urus", "Staf"), end("e2")),
            flow("telat", "urus"),
            person_task("pulihkan"),
            '<association sourceRef="batal" targetRef="pulihkan"/>',
            identity="anak",
        ),
        process(*chain(start("s2"), end("s3")), identity="sebelah"),
    )
)
# What a node says in words or of its kind, and not of its place among others.
NO_IDS = {"bpmn_id", "kind", "name", "called"}


def the_join() -> ProcessGraph:
    return joined(CALLER, {"anak": 7}, {7: Called(graph=CALLED, calls={"cucu": 9})})


def mentions(node: Node) -> set[str]:
    """Every id of another element that a node holds."""
    found: set[str] = set()
    for field in fields(Node):
        value = getattr(node, field.name)
        if isinstance(value, str) and field.name not in NO_IDS:
            found.add(value)
        elif isinstance(value, tuple):
            found |= {part for part in value if isinstance(part, str)}
            found |= {end for part in value if hasattr(part, "source") for end in (part.id, part.source, part.target)}
    return found


def test_a_call_leads_to_the_process_of_the_bound_version():
    graph = the_join()
    assert graph.nodes[graph.processes[graph.nodes["panggil"].called]].bpmn_id == "anak"


def test_every_id_of_a_called_file_carries_the_key_of_that_file():
    of_the_called = [node for node in the_join().nodes.values() if node.id.startswith("7/")]
    assert len(of_the_called) == len(CALLED.nodes)
    assert {name for node in of_the_called for name in mentions(node) if not name.startswith("7/")} == set()


def test_all_that_a_joined_graph_mentions_is_in_it():
    graph = the_join()
    known = graph.nodes.keys() | graph.flows.keys()
    assert {name for node in graph.nodes.values() for name in mentions(node)} <= known


def test_ids_told_to_people_stay_those_of_the_file():
    assert the_join().nodes["7/tulis"].bpmn_id == "tulis"


def test_calls_of_a_called_file_lead_within_it_and_on_to_others():
    nodes = the_join().nodes
    assert (nodes["7/serumah"].called, nodes["7/lagi"].called) == ("7/sebelah", "9/cucu")


def test_an_own_graph_stays_as_it_is():
    assert the_join().nodes["mulai"] == CALLER.nodes["mulai"]


def test_a_node_knows_the_file_in_which_it_was_drawn():
    assert (home_of("7/tulis", 3), home_of("tulis", 3)) == ((7, "tulis"), (3, "tulis"))
