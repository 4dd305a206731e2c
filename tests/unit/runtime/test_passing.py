"""What a case passed is told in the order in which it happened, whatever kind of element it was."""

from engine.runtime.changes import ElementPassed
from tests.support.diagrams import (
    boundary,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    script_task,
    start,
    sub_process,
    timer,
    user_task,
)
from tests.unit.runtime.cases import Case, a_case

THREE_TIMES = (
    '<multiInstanceLoopCharacteristics isSequential="false"><loopCardinality>3</loopCardinality>'
    "</multiInstanceLoopCharacteristics>"
)


def passed(case: Case) -> list[str]:
    return [change.element for change in case.history if isinstance(change, ElementPassed)]


def test_events_gateways_and_tasks_are_told():
    case = a_case(*chain(start(), exclusive("pilih"), script_task("hitung", "n = 1"), end()))
    assert passed(case) == ["mulai", "pilih", "hitung", "selesai"]


def test_what_is_open_has_not_been_passed():
    case = a_case(*chain(start(), user_task("periksa"), end()))
    assert passed(case) == ["mulai"]


def test_a_sub_process_comes_after_what_is_in_it():
    inside = chain(start("awal"), end("akhir"))
    case = a_case(*chain(start(), sub_process("bagian", *inside), end()))
    assert passed(case) == ["mulai", "awal", "akhir", "bagian", "selesai"]


def test_each_item_of_a_multi_instance_is_told_and_their_body_is_not():
    case = a_case(*chain(start(), element("scriptTask", "hitung", "<script>n = 1</script>", THREE_TIMES), end()))
    assert passed(case) == ["mulai", "hitung", "hitung", "hitung", "selesai"]


def test_what_an_event_stopped_is_not_told():
    case = a_case(
        *chain(start(), user_task("periksa"), end()),
        boundary("lewat", "periksa", timer("PT1H")),
        end("terlambat"),
        flow("lewat", "terlambat"),
    )
    case.wait(hours=1)
    assert passed(case) == ["mulai", "lewat", "terlambat"]


def test_an_event_sub_process_comes_after_what_is_in_it():
    heard = start("dengar", event("signal", signalRef="sinyal"), isInterrupting="false")
    aside = sub_process("samping", *chain(heard, end("akhir")), triggeredByEvent="true")
    case = a_case(*chain(start(), user_task("periksa"), end()), aside)
    case.signal()
    assert passed(case) == ["mulai", "dengar", "akhir", "samping"]


def test_each_turn_of_a_loop_is_told():
    case = a_case(
        *chain(start(), user_task("periksa"), exclusive("lagi", default="lagi_selesai"), end()),
        flow("lagi", "periksa", condition="ulang == true"),
    )
    case.complete("periksa", ulang=True)
    assert passed(case) == ["mulai", "periksa", "lagi"]
