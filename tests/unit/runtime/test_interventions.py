"""What a person does to a case beside its own course."""

import pytest

from engine.bpmn.graph import EventKind
from engine.runtime import inspect
from engine.runtime.errors import AlreadyClosed, CannotComplete, NotAwaited
from engine.runtime.stimuli import CompleteActivity, ServiceFailed, TriggerEvent
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    script_task,
    service_task,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.unit.runtime.cases import (
    BY_ERROR,
    BY_MESSAGE,
    BY_SIGNAL,
    Case,
    a_case,
    by_condition,
    event_sub_process,
    multi_instance,
)


def trigger(case: Case, activity: str, catcher: str, **variables: object) -> None:
    case.tell(TriggerEvent(case.id_of(activity), catcher, variables))


@pytest.mark.parametrize("definition", [timer("P30D"), BY_MESSAGE, BY_SIGNAL, by_condition("siap")])
def test_any_event_can_be_let_happen_now(definition: str):
    case = a_case(*chain(start(), catch("tunggu", definition), user_task("akhir"), end()))
    trigger(case, "tunggu", "tunggu", jawaban=1)
    assert (case.open, case.variables["jawaban"]) == (["akhir"], 1)


def test_an_event_at_the_border_can_be_let_happen():
    border = boundary("tepi", "kerja", timer("R/P1D", "timeCycle"), cancelActivity="false")
    case = a_case(*chain(start(), user_task("kerja"), end()), border, user_task("tegur"), flow("tepi", "tegur"))
    trigger(case, "kerja", "tepi")
    trigger(case, "kerja", "tepi")
    assert case.open == ["kerja", "tegur", "tegur"]


def test_an_event_behind_a_gateway_can_be_let_happen():
    case = a_case(
        *chain(start(), element("eventBasedGateway", "tunggu"), catch("surat", BY_MESSAGE), user_task("a"), end()),
        *(catch("jeda", timer("P1D")), flow("tunggu", "jeda"), user_task("b"), flow("jeda", "b")),
    )
    trigger(case, "tunggu", "jeda")
    assert (case.open, case.timers, case.waits) == (["b"], {}, set())


def test_an_event_sub_process_can_be_let_begin():
    inside = event_sub_process("khusus", *chain(start("dengar", BY_SIGNAL), user_task("catat"), end("t")))
    case = a_case(*chain(start(), user_task("kerja"), end()), inside)
    trigger(case, "proses", "dengar")
    assert case.open == ["catat"]


def test_all_events_of_a_parallel_multiple_happen_together():
    both = boundary("tepi", "kerja", BY_MESSAGE, BY_SIGNAL, parallelMultiple="true")
    case = a_case(*chain(start(), user_task("kerja"), end()), both, user_task("tangani"), flow("tepi", "tangani"))
    case.message()
    trigger(case, "kerja", "tepi")
    assert case.open == ["tangani"]


def test_an_event_for_which_nobody_waits_cannot_happen():
    case = a_case(*chain(start(), user_task("kerja"), end()))
    with pytest.raises(NotAwaited):
        trigger(case, "kerja", "tepi")
    with pytest.raises(AlreadyClosed):
        case.tell(TriggerEvent(99, "tepi"))


def test_what_can_be_let_happen_is_seen():
    border = boundary("tepi", "kerja", by_condition("siap"), event("error", errorRef="galat"))
    case = a_case(*chain(start(), user_task("kerja"), catch("jeda", timer()), end()), border)
    [seen] = inspect.listening(case.graph, case.state)
    assert (seen.activity_id, seen.catcher, seen.element, seen.kind) == (
        case.id_of("kerja"),
        "tepi",
        "tepi",
        EventKind.CONDITIONAL,
    )


def complete_failed(case: Case, name: str, **variables: object) -> None:
    case.tell(CompleteActivity(case.id_of(name), variables))


@pytest.mark.parametrize(
    "broken",
    [
        script_task("rusak", "x = tidak_ada"),
        element("callActivity", "rusak", calledElement="tidak_ada"),
        catch("rusak", timer("tidak_ada", "timeDate")),
        user_task("rusak", multi_instance("<loopCardinality>tidak_ada</loopCardinality>")),
        sub_process(
            "rusak",
            *chain(start("m"), user_task("dalam"), exclusive("pilih")),
            multi_instance("<loopCardinality>x</loopCardinality>"),
        ),
    ],
)
def test_what_failed_is_completed_by_hand_with_its_result(broken: str):
    case = a_case(*chain(start(), broken, user_task("akhir"), end()))
    complete_failed(case, "rusak", hasil=1)
    assert (case.open, case.faults, case.variables["hasil"]) == (["akhir"], [], 1)


def test_a_service_that_failed_is_done_by_a_person():
    case = a_case(*chain(start(), service_task("kirim"), user_task("akhir"), end()))
    with pytest.raises(AlreadyClosed):
        complete_failed(case, "kirim")
    case.tell(ServiceFailed(case.id_of("kirim"), "tidak ada jaringan"))
    complete_failed(case, "kirim", nomor="1/2026")
    assert (case.open, case.variables["nomor"]) == (["akhir"], "1/2026")


def test_one_pass_of_many_is_completed_by_hand():
    loop = multi_instance("<loopCardinality>3</loopCardinality>")
    case = a_case(*chain(start(), element("scriptTask", "bagi", loop, "<script>x = 1 / loopCounter</script>"), end()))
    assert case.faults == ["expression.division_by_zero"]
    case.tell(CompleteActivity(inspect.incidents(case.state)[0].activity_id))
    assert case.has_ended


def test_a_sub_process_that_is_stuck_ends_and_what_is_open_in_it_is_withdrawn():
    inside = (
        *chain(start("m"), parallel("bagi"), user_task("a"), end("s")),
        *(exclusive("pilih"), flow("bagi", "pilih"), flow("pilih", "a", condition="x")),
    )
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("akhir"), end()))
    assert (case.open, case.faults) == (["a"], ["expression.unknown_name"])
    case.tell(CompleteActivity(case.id_of("pilih"), {"x": True}))
    assert (case.open, case.faults) == (["a", "a"], [])


def test_a_sub_process_stranded_at_a_join_is_completed_by_hand():
    inside = (
        *chain(start("m"), exclusive("pilih", default="pilih_a"), user_task("a"), parallel("gabung"), end("s")),
        *(user_task("b"), flow("pilih", "b", condition="false"), flow("b", "gabung")),
    )
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("akhir"), end()))
    case.complete("a")
    assert case.faults == ["join.stranded"]
    complete_failed(case, "bagian")
    assert (case.open, case.faults) == (["akhir"], [])


def test_an_uncaught_error_end_may_be_let_pass():
    case = a_case(*chain(start(), user_task("a"), end("gagal", BY_ERROR)))
    case.complete("a")
    complete_failed(case, "gagal")
    assert case.has_ended


def test_neither_a_choice_nor_the_whole_case_is_completed_by_hand():
    stranded = (
        *chain(start(), exclusive("pilih", default="pilih_a"), user_task("a"), parallel("gabung"), end()),
        *(user_task("b"), flow("pilih", "b", condition="false"), flow("b", "gabung")),
    )
    case = a_case(*stranded)
    case.complete("a")
    with pytest.raises(CannotComplete):
        complete_failed(case, "proses")
    waiting = element("eventBasedGateway", "tunggu"), catch("jeda", timer("tidak_ada", "timeDate")), end()
    case = a_case(*chain(start(), *waiting))
    with pytest.raises(CannotComplete):
        complete_failed(case, "tunggu")
