from engine.runtime.stimuli import SetVariables
from tests.support.diagrams import (
    boundary,
    chain,
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
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_ESCALATION,
    BY_MESSAGE,
    BY_SIGNAL,
    a_case,
    by_condition,
)


def guarded(definition: str, *, interrupting: str = "true", work: tuple[str, ...] = ()) -> tuple[str, ...]:
    inside = work or chain(start("m"), user_task("kerja"), end("s"))
    return (
        *chain(start(), sub_process("bagian", *inside), user_task("lanjut"), end()),
        boundary("tepi", "bagian", definition, cancelActivity=interrupting),
        user_task("tangani"),
        flow("tepi", "tangani"),
    )


def test_an_interrupting_timer_takes_the_work_away():
    case = a_case(*guarded(timer("PT4H")))
    case.wait(hours=4)
    assert case.open == ["tangani"]
    assert not case.timers


def test_work_done_in_time_clears_its_timer():
    case = a_case(*guarded(timer("PT4H")))
    case.complete("kerja")
    assert not case.timers
    assert case.open == ["lanjut"]


def test_a_reminder_fires_at_every_turn_of_its_cycle_and_the_work_stays():
    case = a_case(*guarded(timer("R3/PT1H", "timeCycle"), interrupting="false"))
    case.wait(hours=10)
    assert case.open == ["kerja", "tangani", "tangani", "tangani"]


def test_an_endless_cycle_goes_on_until_the_work_is_done():
    case = a_case(*guarded(timer("R/PT1H", "timeCycle"), interrupting="false"))
    case.wait(hours=3)
    case.complete("kerja")
    case.wait(hours=3)
    assert case.open == ["lanjut", "tangani", "tangani", "tangani"]


def test_what_a_reminder_started_outlives_the_work():
    case = a_case(*guarded(timer("R2/PT1H", "timeCycle"), interrupting="false"))
    case.wait(hours=1)
    case.complete("kerja")
    assert case.open == ["lanjut", "tangani"]


def test_a_message_that_does_not_interrupt_is_heard_each_time():
    case = a_case(*guarded(BY_MESSAGE, interrupting="false"))
    case.message()
    case.message()
    assert case.open == ["kerja", "tangani", "tangani"]


def test_an_interrupting_signal_from_inside_stops_the_work_at_once():
    inside = (
        *chain(start("m"), throw("kirim", BY_SIGNAL), user_task("kerja"), end("s")),
        *(user_task("lain"), flow("m", "lain")),
    )
    case = a_case(*guarded(BY_SIGNAL, work=inside))
    assert case.open == ["tangani"]


def test_an_escalation_reaches_the_border_and_the_work_stays():
    inside = chain(start("m"), throw("naik", BY_ESCALATION), user_task("kerja"), end("s"))
    case = a_case(*guarded(BY_ESCALATION, interrupting="false", work=inside))
    assert case.open == ["kerja", "tangani"]


def test_an_interrupting_escalation_stops_the_work_at_once():
    inside = chain(start("m"), throw("naik", BY_ESCALATION), user_task("kerja"), end("s"))
    case = a_case(*guarded(BY_ESCALATION, work=inside))
    assert case.open == ["tangani"]


def test_an_error_end_is_caught_at_the_border():
    case = a_case(*guarded(BY_ERROR, work=chain(start("m"), user_task("kerja"), end("s", BY_ERROR))))
    case.complete("kerja")
    assert case.open == ["tangani"]


def test_a_condition_is_looked_at_when_a_variable_changes():
    inside = (*chain(start("m"), user_task("kerja"), end("s")), user_task("catat"), flow("m", "catat"))
    case = a_case(*guarded(by_condition("jumlah > 10"), work=inside), variables={"jumlah": 1})
    case.complete("catat", jumlah=11)
    assert case.open == ["tangani"]


def test_a_condition_happens_again_only_after_it_was_false():
    inside = chain(start("m"), user_task("a"), user_task("b"), user_task("c"), user_task("d"), end("s"))
    case = a_case(*guarded(by_condition("jumlah > 10"), interrupting="false", work=inside), variables={"jumlah": 1})
    for name, amount in (("a", 11), ("b", 12), ("c", 1), ("d", 20)):
        case.complete(name, jumlah=amount)
    assert case.open == ["lanjut", "tangani", "tangani"]


def test_an_interrupted_loop_over_many_items_leaves_nothing_behind():
    loop = element("multiInstanceLoopCharacteristics", "", "<loopCardinality>3</loopCardinality>")
    case = a_case(
        *chain(start(), sub_process("bagian", loop, *chain(start("m"), user_task("kerja"), end("s"))), end()),
        *(boundary("tepi", "bagian", BY_MESSAGE), user_task("tangani"), flow("tepi", "tangani")),
    )
    assert case.open == ["kerja", "kerja", "kerja"]
    case.message()
    case.complete("tangani")
    assert case.has_ended


def test_all_events_of_a_parallel_multiple_must_happen():
    both = boundary("tepi", "kerja", BY_MESSAGE, BY_SIGNAL, parallelMultiple="true")
    case = a_case(*chain(start(), user_task("kerja"), end()), both, user_task("tangani"), flow("tepi", "tangani"))
    case.message()
    assert case.open == ["kerja"]
    case.signal()
    assert case.open == ["tangani"]


def test_a_cancelled_transaction_undoes_its_work_and_goes_out_by_its_cancel_event():
    inside = (
        *chain(start("m"), user_task("pesan_tempat"), user_task("bayar"), end("batal", event("cancel"))),
        boundary("undo", "pesan_tempat", event("compensate")),
        user_task("lepas_tempat", isForCompensation="true"),
        element("association", "hubungan", sourceRef="undo", targetRef="lepas_tempat"),
    )
    case = a_case(
        *chain(start(), element("transaction", "transaksi", *inside), end()),
        *(boundary("tepi", "transaksi", event("cancel")), user_task("tangani"), flow("tepi", "tangani")),
    )
    case.complete("pesan_tempat")
    case.complete("bayar")
    assert case.open == ["lepas_tempat"]
    case.complete("lepas_tempat")
    assert case.open == ["tangani"]


def test_compensation_undoes_first_what_was_completed_last():
    case = a_case(
        *chain(start(), user_task("a"), user_task("b"), throw("undo", event("compensate")), user_task("akhir"), end()),
        *(boundary("undo_a", "a", event("compensate")), boundary("undo_b", "b", event("compensate"))),
        *(user_task("balik_a", isForCompensation="true"), user_task("balik_b", isForCompensation="true")),
        element("association", "h1", sourceRef="undo_a", targetRef="balik_a"),
        element("association", "h2", sourceRef="undo_b", targetRef="balik_b"),
    )
    case.complete("a")
    case.complete("b")
    assert case.open == ["balik_b"]
    case.complete("balik_b")
    assert case.open == ["balik_a"]
    case.complete("balik_a")
    assert case.open == ["akhir"]


def test_a_border_timer_whose_time_cannot_be_worked_out_is_an_incident_before_the_work_is_offered():
    case = a_case(
        *chain(start(), user_task("isi"), user_task("kerja"), end()), boundary("tepi", "kerja", timer("lama"))
    )
    case.complete("isi", lama="besok")
    assert (case.faults, case.open) == (["timer.not_a_duration"], [])
    case.tell(SetVariables({"lama": "PT1H"}))
    case.retry()
    assert (case.faults, case.open, len(case.timers)) == ([], ["kerja"], 1)
