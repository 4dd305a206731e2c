"""Messages and signals of a player find the case that she means, begin one, or are held."""

from tests.integration.play.conftest import Program
from tests.support.diagrams import catch, chain, diagram, element, end, event, extensions, start, timer, user_task

MESSAGE = element("message", "pesan", name="pesan")
SIGNAL = element("signal", "sinyal", name="sinyal")
BY_MESSAGE = event("message", messageRef="pesan")
WAITING = diagram(*chain(start(), catch("tunggu", BY_MESSAGE), end()), outside=(MESSAGE,))
KEYED = diagram(
    *chain(start(), catch("tunggu", BY_MESSAGE), end()),
    outside=(element("message", "pesan", extensions('<tk:korelasi nilai="nomor"/>'), name="pesan"),),
)
BEGUN = diagram(*chain(start("mulai", BY_MESSAGE), user_task("periksa"), end()), outside=(MESSAGE,))


def statuses(program: Program) -> list[str]:
    return [case["status"] for case in program.cases]


def two_cases(program: Program, diagram: bytes) -> None:
    program.begin(diagram, nomor="A")
    program.tell("start", process="proses", variables={"nomor": "B"})


def test_a_message_goes_to_whoever_has_waited_longest(program: Program):
    two_cases(program, WAITING)
    program.tell("message", name="pesan", correlation={}, variables={}, instance=None)
    assert statuses(program) == ["completed", "active"]


def test_a_message_goes_to_the_case_with_these_data(program: Program):
    two_cases(program, WAITING)
    program.tell("message", name="pesan", correlation={"nomor": "B"})
    assert statuses(program) == ["active", "completed"]


def test_a_message_goes_to_the_wait_with_this_key(program: Program):
    two_cases(program, KEYED)
    program.tell("message", name="pesan", correlation={"perkara": "B"})
    assert statuses(program) == ["active", "completed"]


def test_a_message_for_other_data_is_for_nobody(program: Program):
    two_cases(program, WAITING)
    program.tell("message", name="pesan", correlation={"nomor": "C"})
    assert program.refusal == "message.nobody_waits"
    assert statuses(program) == ["active", "active"]


def test_a_message_begins_a_case(program: Program):
    assert program.deploy(BEGUN)["ok"]
    program.tell("message", name="pesan", variables={"isi": 1})
    assert (program.case["open"], program.case["variables"]) == (["periksa"], {"isi": 1})


def test_starting_begins_at_the_only_start_event_whatever_it_waits_for(program: Program):
    program.begin(BEGUN, isi=1)
    assert (program.case["completed"], program.case["open"]) == (["mulai"], ["periksa"])


def test_among_several_start_events_that_wait_one_must_be_named(program: Program):
    also_by_signal = chain(start("lain", event("signal", signalRef="sinyal")), user_task("balas"), end("tamat"))
    by_message = chain(start("mulai", BY_MESSAGE), user_task("periksa"), end())
    program.deploy(diagram(*by_message, *also_by_signal, outside=(MESSAGE, SIGNAL)))
    program.tell("start", process="proses")
    assert program.refusal == "runtime.start_not_chosen"


def test_a_message_that_comes_too_early_is_held(program: Program):
    program.deploy(WAITING)
    program.tell("message", name="pesan", variables={"isi": 1})
    assert program.answer == {"ok": True, "instances": []}
    program.tell("start", process="proses")
    assert (program.case["status"], program.case["variables"]) == ("completed", {"isi": 1})


def test_a_signal_begins_a_case_and_each_that_is_sent_is_heard(program: Program):
    begun = diagram(
        *chain(start("mulai", event("signal", signalRef="sinyal")), user_task("periksa"), end()), outside=(SIGNAL,)
    )
    program.deploy(begun)
    program.tell("signal", name="sinyal")
    program.tell("signal", name="sinyal")
    assert [case["open"] for case in program.cases] == [["periksa"], ["periksa"]]


def test_a_set_time_begins_a_case(program: Program):
    program.deploy(diagram(*chain(start("mulai", timer("R3/PT1H", "timeCycle")), user_task("periksa"), end())))
    program.tell("advance", seconds=7200)
    assert [case["open"] for case in program.cases] == [["periksa"], ["periksa"]]
