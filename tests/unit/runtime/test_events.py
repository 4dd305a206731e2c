"""Messages, signals, links, ends, and event sub-processes."""

from zoneinfo import ZoneInfo

import pytest

from engine.runtime.changes import Ended, MessageSent, SignalSent, VariablesChanged
from engine.runtime.errors import NotAwaited, StartNotChosen
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    element,
    end,
    event,
    flow,
    parallel,
    script_task,
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
    NINE_O_CLOCK,
    Case,
    a_case,
    event_sub_process,
)


def sent(case: Case, kind: type) -> list[str]:
    return [change.name for change in case.history if isinstance(change, kind)]


def listening(definition: str, *, interrupting: str = "true") -> str:
    begin = start("dengar", definition, isInterrupting=interrupting)
    return event_sub_process("khusus", *chain(begin, user_task("tangani"), end("s")))


def test_an_event_sub_process_does_not_begin_before_its_event():
    for definition in (BY_ERROR, BY_ESCALATION, event("compensate"), BY_MESSAGE, timer()):
        case = a_case(*chain(start(), user_task("kerja"), end()), listening(definition))
        assert case.open == ["kerja"]


def test_an_interrupting_event_sub_process_takes_over():
    case = a_case(*chain(start(), user_task("kerja"), end()), listening(BY_MESSAGE))
    case.message()
    assert case.open == ["tangani"]
    case.complete("tangani")
    assert case.has_ended


def test_one_that_does_not_interrupt_runs_beside_the_work_each_time():
    case = a_case(*chain(start(), user_task("kerja"), end()), listening(BY_MESSAGE, interrupting="false"))
    case.message()
    case.message()
    assert case.open == ["kerja", "tangani", "tangani"]


def test_an_event_sub_process_sees_and_writes_the_data_of_the_case():
    inside = chain(start("dengar", BY_MESSAGE), script_task("hitung", "total = jumlah + 1"), end("s"))
    case = a_case(
        *chain(start(), user_task("kerja"), end()),
        event_sub_process("khusus", *inside),
        variables={"jumlah": 1},
    )
    case.message()
    assert case.has_ended
    assert any(isinstance(change, VariablesChanged) and change.variables == {"total": 2} for change in case.changes)


def test_an_event_sub_process_lives_inside_a_sub_process():
    inside = (*chain(start("m"), user_task("kerja"), end("t")), listening(BY_MESSAGE))
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("lanjut"), end()))
    case.message()
    assert case.open == ["tangani"]
    case.complete("tangani")
    assert case.open == ["lanjut"]


def test_a_timer_of_an_event_sub_process_does_not_keep_the_case_alive():
    case = a_case(*chain(start(), user_task("kerja"), end()), listening(timer("P1D")))
    case.complete("kerja")
    assert case.has_ended
    assert not case.timers


def test_an_error_is_caught_by_the_event_sub_process_of_its_own_scope():
    case = a_case(*chain(start(), user_task("kerja"), end("gagal", BY_ERROR)), listening(BY_ERROR))
    case.complete("kerja")
    assert case.open == ["tangani"]


def test_a_signal_end_is_heard_inside_and_told_outside():
    case = a_case(
        *chain(start(), parallel("bagi"), end("umumkan", BY_SIGNAL)),
        *chain(catch("dengar", BY_SIGNAL), user_task("tangani")),
        flow("bagi", "dengar"),
    )
    assert sent(case, SignalSent) == ["sinyal"]
    assert case.open == ["tangani"]


def test_a_message_end_leaves_the_instance_when_nobody_inside_waits():
    case = a_case(*chain(start(), end("kirim", BY_MESSAGE)))
    assert sent(case, MessageSent) == ["pesan"]
    assert isinstance(case.history[-1], Ended)


def test_a_message_is_for_one_receiver_only():
    case = a_case(
        *chain(start(), parallel("bagi"), catch("a", BY_MESSAGE), user_task("dari_a")),
        *chain(catch("b", BY_MESSAGE), user_task("dari_b")),
        flow("bagi", "b"),
    )
    case.message()
    assert len(case.open) == 1


def test_a_message_nobody_waits_for_is_refused():
    case = a_case(*chain(start(), user_task("kerja"), end()))
    with pytest.raises(NotAwaited):
        case.message()


def test_a_signal_nobody_waits_for_changes_nothing():
    case = a_case(*chain(start(), user_task("kerja"), end()))
    before = case.state
    case.signal()
    assert case.state == before


def test_whoever_waited_longest_for_a_signal_goes_on_first():
    ways = [
        *(part for way in "abc" for part in chain(catch(f"dengar_{way}", BY_SIGNAL), user_task(f"lanjut_{way}"))),
        *(flow("bagi", f"dengar_{way}") for way in "abc"),
    ]
    case = a_case(*chain(start(), parallel("bagi")), *ways)
    case.signal()
    assert [case.work[activity] for activity in sorted(case.work)] == ["lanjut_a", "lanjut_b", "lanjut_c"]


def test_a_receive_task_waits_for_its_message():
    case = a_case(*chain(start(), element("receiveTask", "terima", messageRef="pesan"), user_task("baca"), end()))
    case.message(isi="halo")
    assert (case.open, case.variables) == (["baca"], {"isi": "halo"})


def test_a_link_goes_on_at_its_pair():
    case = a_case(
        *chain(start(), throw("ke", event("link", name="A"))),
        *chain(catch("dari", event("link", name="A")), user_task("a")),
    )
    assert case.open == ["a"]


def test_a_terminate_end_stops_everything_in_its_scope():
    case = a_case(
        *chain(start(), user_task("a"), end("stop", event("terminate"))), *(user_task("b"), flow("mulai", "b"))
    )
    case.complete("a")
    assert case.has_ended


def test_a_terminate_end_inside_a_sub_process_ends_only_that():
    inside = (*chain(start("m"), user_task("a"), end("stop", event("terminate"))), user_task("b"), flow("m", "b"))
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("lanjut"), end()))
    case.complete("a")
    assert case.open == ["lanjut"]


def test_an_uncaught_error_end_is_an_incident_and_no_end():
    case = a_case(*chain(start(), user_task("kerja"), end("gagal", BY_ERROR)))
    case.complete("kerja")
    assert case.faults == ["error.uncaught"]
    assert not case.has_ended


def test_an_error_is_not_caught_by_a_scope_in_which_it_was_not_thrown():
    inside = chain(start("m"), user_task("tenang"), end("t"))
    case = a_case(
        *chain(start(), parallel("bagi"), sub_process("bagian", *inside), end()),
        *(boundary("tepi", "bagian", BY_ERROR), user_task("tangani"), flow("tepi", "tangani")),
        *chain(user_task("kerja"), end("gagal", BY_ERROR)),
        flow("bagi", "kerja"),
    )
    case.complete("kerja")
    assert case.faults == ["error.uncaught"]
    assert case.open == ["tenang"]


def test_an_uncaught_escalation_is_no_fault():
    case = a_case(*chain(start(), throw("naik", BY_ESCALATION), user_task("kerja"), end()))
    assert (case.open, case.faults) == (["kerja"], [])


def test_a_case_begins_at_the_event_that_was_caught():
    parts = (*chain(start("surat", BY_MESSAGE), user_task("a"), end()), *chain(start("sendiri"), user_task("b")))
    assert a_case(*parts, at="surat").open == ["a"]
    assert a_case(*parts).open == ["b"]


def test_a_process_with_several_plain_starts_asks_which():
    with pytest.raises(StartNotChosen):
        a_case(*chain(start("satu"), user_task("a"), end()), *chain(start("dua"), user_task("b")))


def test_an_intermediate_timer_lets_the_token_on_at_its_moment():
    case = a_case(*chain(start(), catch("jeda", timer("PT30M")), user_task("kerja"), end()))
    case.wait(minutes=29)
    assert case.open == []
    case.wait(minutes=1)
    assert case.open == ["kerja"]


@pytest.mark.parametrize("code", ["x" * 300, "a\x00b"])
def test_a_name_that_no_row_can_keep_is_a_fault_of_the_case(code: str):
    message = element("message", "surat_khusus", name="Surat ${kode}")
    said = (start(), catch("tunggu", event("message", messageRef="surat_khusus")), end())
    case = Case(read_plainly(diagram(*chain(*said), outside=(message,))), {"kode": code})
    assert case.faults == ["event.unfit_name"]


def test_a_reminder_by_the_calendar_comes_on_the_offices_clock():
    border = boundary("tepi", "kerja", timer("0 8 * * MON", "timeCycle"), cancelActivity="false")
    case = a_case(
        *chain(start(), user_task("kerja"), end()),
        *(border, user_task("tegur"), flow("tepi", "tegur")),
        zone=ZoneInfo("Asia/Jakarta"),
    )
    case.wait(days=14)
    assert case.open == ["kerja", "tegur", "tegur"]
    assert list(case.timers.values()) == [NINE_O_CLOCK.replace(day=14, month=12, hour=1)]


def test_an_error_of_one_event_sub_process_is_heard_by_another_of_its_scope():
    case = a_case(
        *chain(start(), user_task("kerja"), end()),
        event_sub_process(
            "surat",
            *chain(start("datang", BY_MESSAGE, isInterrupting="false"), user_task("baca"), end("rusak", BY_ERROR)),
        ),
        listening(BY_ERROR),
    )
    case.message()
    case.complete("baca")
    assert case.open == ["tangani"]


def test_an_event_sub_process_does_not_hear_itself():
    begin = start("dengar", BY_ESCALATION, isInterrupting="false")
    case = a_case(
        *chain(start(), throw("naik", BY_ESCALATION), user_task("kerja"), end()),
        event_sub_process("khusus", *chain(begin, throw("lagi", BY_ESCALATION), user_task("tangani"), end("s"))),
    )
    assert case.open == ["kerja", "tangani"]
