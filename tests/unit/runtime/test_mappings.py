"""What goes into an activity and what comes out of it, and to whom a message is addressed."""

from dataclasses import replace
from typing import Any

import pytest

from engine.bpmn.graph import EventKind, Node, ProcessGraph, VariableMapping
from engine.expressions.expression import Expression
from engine.runtime import inspect
from engine.runtime.changes import MessageAwaited, MessageSent
from engine.runtime.errors import NotAwaited
from engine.runtime.stimuli import DeliverMessage, SetVariables
from tests.support.diagrams import (
    call,
    catch,
    chain,
    definitions,
    diagram,
    element,
    end,
    flow,
    parallel,
    process,
    start,
    throw,
    user_task,
)
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import BY_MESSAGE, NAMED, Case


def mapping(target: str, text: str) -> tuple[VariableMapping, ...]:
    return (VariableMapping(target=target, value=Expression(text)),)


def changed(graph: ProcessGraph, name: str, **fields: Any) -> ProcessGraph:
    node: Node = replace(graph.nodes[name], **fields)
    return replace(graph, nodes={**graph.nodes, name: node})


def correlated(graph: ProcessGraph, name: str, text: str) -> ProcessGraph:
    events = tuple(replace(event, correlation=Expression(text)) for event in graph.nodes[name].events)
    assert events[0].kind is EventKind.MESSAGE
    return changed(graph, name, events=events)


def one_task() -> ProcessGraph:
    return read_plainly(diagram(*chain(start(), user_task("kerja"), user_task("akhir"), end())))


def test_inputs_are_the_activitys_own_and_outputs_go_to_the_case():
    graph = changed(one_task(), "kerja", inputs=mapping("draf", "judul + '!'"), outputs=mapping("hasil", "draf + '?'"))
    case = Case(graph, {"judul": "Surat"})
    assert [work.variables for work in inspect.open_work(case.state)] == [{"draf": "Surat!"}]
    case.complete("kerja", draf="Nota")
    assert case.variables == {"judul": "Surat", "hasil": "Nota?"}


def test_outputs_that_fail_are_retried_without_repeating_the_work():
    case = Case(changed(one_task(), "kerja", outputs=mapping("hasil", "jumlah + 1")))
    case.complete("kerja")
    assert (case.open, case.faults) == ([], ["expression.unknown_name"])
    case.tell(SetVariables({"jumlah": 1}))
    case.retry()
    assert (case.open, case.variables["hasil"]) == (["akhir"], 2)


def test_a_called_process_gets_and_gives_only_what_is_mapped():
    called = process(*chain(start("m"), user_task("dalam"), end("s")), identity="anak")
    graph = read_plainly(
        definitions(process(*chain(start(), call("panggil", "anak"), user_task("akhir"), end())), called)
    )
    graph = changed(graph, "panggil", inputs=mapping("n", "nomor"), outputs=mapping("jawaban", "n + 1"))
    case = Case(graph, {"nomor": 1, "rahasia": 2})
    assert case.visible("dalam") == {"n": 1}
    case.complete("dalam", lain=3)
    assert case.variables == {"nomor": 1, "rahasia": 2, "jawaban": 2}


def two_receivers() -> ProcessGraph:
    graph = read_plainly(
        diagram(
            *chain(start(), parallel("bagi"), catch("a", BY_MESSAGE), user_task("dari_a")),
            *(*chain(catch("b", BY_MESSAGE), user_task("dari_b")), flow("bagi", "b")),
            *chain(user_task("siap"), throw("kirim", BY_MESSAGE), end()),
            flow("bagi", "siap"),
            outside=NAMED,
        )
    )
    return correlated(correlated(correlated(graph, "a", "'berkas-1'"), "b", "'berkas-2'"), "kirim", "nomor")


def test_a_wait_says_for_which_message_it_waits():
    case = Case(two_receivers())
    waits = {change.element: change.correlation for change in case.changes if isinstance(change, MessageAwaited)}
    assert waits == {"a": "berkas-1", "b": "berkas-2"}


def test_a_message_from_inside_reaches_whom_it_is_addressed_to():
    case = Case(two_receivers())
    case.complete("siap", nomor="berkas-2")
    assert case.open == ["dari_b"]


def test_a_message_for_nobody_inside_goes_out_with_its_address():
    case = Case(changed(two_receivers(), "kirim", inputs=mapping("isi", "nomor")), {})
    case.complete("siap", nomor="berkas-9")
    [sent] = [change for change in case.changes if isinstance(change, MessageSent)]
    assert (sent.name, sent.correlation, sent.variables) == ("pesan", "berkas-9", {"isi": "berkas-9"})
    assert case.open == []


def test_a_message_may_be_meant_for_one_wait_of_several():
    case = Case(two_receivers())
    case.tell(DeliverMessage("pesan", {}, case.id_of("b")))
    assert "dari_b" in case.open
    with pytest.raises(NotAwaited):
        case.tell(DeliverMessage("pesan", {}, 1))


def test_a_messages_name_may_hold_a_variable():
    named = element("message", "pesan", name="jawaban-${nomor}")
    graph = read_plainly(
        diagram(*chain(start(), catch("surat", BY_MESSAGE), user_task("baca"), end()), outside=(named,))
    )
    case = Case(graph, {"nomor": 7})
    case.message("jawaban-7")
    assert case.open == ["baca"]
