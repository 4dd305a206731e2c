"""What a person does to a case beside its own course."""

import pytest

from engine.bpmn.graph import EventKind
from engine.runtime import inspect
from engine.runtime.errors import AlreadyClosed, NotAwaited
from engine.runtime.stimuli import TriggerEvent
from tests.support.diagrams import boundary, catch, chain, element, end, event, flow, start, timer, user_task
from tests.unit.runtime.cases import (
    BY_MESSAGE,
    BY_SIGNAL,
    Case,
    a_case,
    by_condition,
    event_sub_process,
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
