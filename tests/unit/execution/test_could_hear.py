"""Whether a case may come to wait for a message."""

from engine.bpmn.reader import compile_graph
from engine.execution.conversations import could_hear
from tests.support.diagrams import call, catch, chain, definitions, element, end, event, person_task, process, start

MESSAGE = element("message", "balasan", name="Balasan")
WAITING = catch("tunggu", event("message", messageRef="balasan"))
CALLED = process(*chain(start("m"), WAITING, end("e")), identity="anak")
CALLER = process(*chain(start(), person_task("tulis"), call("panggil", "anak"), call("lagi", "proses"), end()))


def test_a_case_may_hear_what_a_process_waits_for_that_it_calls():
    assert could_hear(compile_graph(definitions(MESSAGE, CALLER, CALLED)), "proses", "Balasan")


def test_a_case_hears_no_message_that_nothing_in_it_waits_for():
    assert not could_hear(compile_graph(definitions(MESSAGE, CALLER, CALLED)), "proses", "Lain")
