"""Faults of a running case: committed, shown, mended; and what refuses to happen at all."""

from datetime import timedelta

import pytest

from engine.runtime import inspect, run
from engine.runtime.changes import (
    ActivityClosed,
    ActivityFailed,
    ContinueRequested,
    Ended,
    ServiceRequested,
    WorkOffered,
)
from engine.runtime.errors import (
    AlreadyClosed,
    CannotMove,
    NotDue,
    NotFailed,
    StartNotChosen,
    UnacceptableVariables,
    UnknownProcess,
)
from engine.runtime.kernel import apply
from engine.runtime.kernel import start as start_case
from engine.runtime.stimuli import (
    Cancel,
    CompleteActivity,
    Continue,
    FireTimer,
    MoveToken,
    Retry,
    ServiceDone,
    ServiceFailed,
    SetVariables,
    Stimulus,
    ThrowError,
)
from tests.support.diagrams import (
    boundary,
    catch,
    chain,
    diagram,
    end,
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
from tests.support.plain_reader import read_plainly
from tests.unit.runtime.cases import BY_ERROR, NINE_O_CLOCK, Case, a_case, multi_instance


def one_task() -> Case:
    return a_case(*chain(start(), user_task("kerja"), user_task("lanjut"), end()))


def assert_refused(case: Case, stimulus: Stimulus, refusal: type[Exception]) -> None:
    before = case.state
    with pytest.raises(refusal):
        case.tell(stimulus)
    assert case.state == before


def test_a_failed_script_is_an_incident_that_can_be_retried():
    case = a_case(*chain(start(), script_task("hitung", "total = harga * 2"), user_task("lihat"), end()))
    [failure] = [change for change in case.changes if isinstance(change, ActivityFailed)]
    assert (failure.element, failure.code) == ("hitung", "expression.unknown_name")
    assert "harga" in failure.message
    case.tell(SetVariables({"harga": 3}))
    case.retry()
    assert (case.open, case.variables["total"]) == (["lihat"], 6)


def test_an_error_that_a_script_throws_is_caught_at_its_border():
    case = a_case(
        *chain(start(), script_task("cek", "raise Error('galat')"), end()),
        *(boundary("tepi", "cek", BY_ERROR), user_task("tangani"), flow("tepi", "tangani")),
    )
    assert case.open == ["tangani"]


def test_work_done_is_closed_though_the_way_on_fails():
    case = a_case(
        *chain(start(), user_task("isi"), exclusive("pilih")), user_task("a"), flow("pilih", "a", condition="ya")
    )
    case.complete("isi")
    assert [change.element for change in case.changes if isinstance(change, ActivityClosed)] == ["isi"]
    case.tell(SetVariables({"ya": True}))
    case.retry()
    assert case.open == ["a"]


def test_a_service_is_asked_and_its_answer_kept():
    case = a_case(*chain(start(), service_task("kabari"), user_task("lihat"), end()))
    [request] = [change for change in case.changes if isinstance(change, ServiceRequested)]
    case.tell(ServiceDone(request.activity_id, {"terkirim": True}))
    assert (case.open, case.variables) == (["lihat"], {"terkirim": True})


def test_a_service_that_failed_is_asked_again_on_retry():
    case = a_case(*chain(start(), service_task("kabari"), user_task("lihat"), end()))
    case.tell(ServiceFailed(case.id_of("kabari"), "surel ditolak"))
    assert case.faults == ["service.failed"]
    case.retry()
    assert [change.operation for change in case.changes if isinstance(change, ServiceRequested)] == ["notify"]
    case.tell(ServiceDone(case.id_of("kabari")))
    assert case.open == ["lihat"]


def test_a_person_may_report_an_error_that_the_diagram_catches():
    case = a_case(
        *chain(start(), user_task("kerja"), end()),
        *(boundary("tepi", "kerja", BY_ERROR), user_task("tangani"), flow("tepi", "tangani")),
    )
    case.tell(ThrowError(case.id_of("kerja"), "galat", {"sebab": "berkas rusak"}))
    assert (case.open, case.variables) == (["tangani"], {"sebab": "berkas rusak"})


def test_an_error_nobody_catches_leaves_the_work_where_it_was():
    case = one_task()
    case.tell(ThrowError(case.id_of("kerja"), "lain"))
    assert (case.faults, case.open) == (["error.uncaught"], ["kerja"])
    case.complete("kerja")
    assert (case.faults, case.open) == ([], ["lanjut"])


def test_completing_twice_is_refused():
    case = one_task()
    activity_id = case.id_of("kerja")
    case.complete("kerja")
    assert_refused(case, CompleteActivity(activity_id), AlreadyClosed)


def test_only_a_persons_activity_can_be_completed():
    case = a_case(*chain(start(), service_task("kabari"), end()))
    assert_refused(case, CompleteActivity(case.id_of("kabari")), AlreadyClosed)
    assert_refused(case, CompleteActivity(1), AlreadyClosed)


def test_nothing_moves_a_case_that_has_ended():
    case = a_case(*chain(start(), end()))
    for stimulus in (Continue(), Cancel(), SetVariables({}), Retry(1)):
        assert_refused(case, stimulus, AlreadyClosed)


def test_a_timer_is_refused_before_its_moment_and_after_its_end():
    case = a_case(*chain(start(), catch("jeda", timer("PT1H")), user_task("kerja"), end()))
    [key] = case.timers
    assert_refused(case, FireTimer(*key), NotDue)
    case.wait(hours=1)
    assert_refused(case, FireTimer(*key), AlreadyClosed)


def test_a_retry_without_a_fault_is_refused():
    case = one_task()
    assert_refused(case, Retry(case.id_of("kerja")), NotFailed)


@pytest.mark.parametrize(
    "value", [{"a": object()}, {"a": float("inf")}, {"a": 10**100}, {1: 2}, {"a": "x" * 5_000_000}]
)
def test_data_that_cannot_be_kept_are_refused(value: dict[str, object]):
    case = one_task()
    assert_refused(case, CompleteActivity(case.id_of("kerja"), value), UnacceptableVariables)


def test_a_cancelled_case_has_nothing_left():
    case = a_case(*chain(start(), user_task("kerja"), end()), boundary("tepi", "kerja", timer()))
    case.tell(Cancel())
    assert case.changes[-1] == Ended(was_cancelled=True)
    assert (case.has_ended, case.work, case.timers) == (True, {}, {})


def test_an_administrator_moves_a_token_within_its_scope():
    case = one_task()
    case.tell(MoveToken(case.id_of("kerja"), "lanjut"))
    assert case.open == ["lanjut"]


def test_a_token_is_not_moved_out_of_its_scope():
    inside = chain(start("m"), user_task("dalam"), end("s"))
    case = a_case(*chain(start(), sub_process("bagian", *inside), user_task("luar"), end()))
    for target in ("luar", "tidak_ada", "m"):
        assert_refused(case, MoveToken(case.id_of("dalam"), target), CannotMove)


def test_an_unknown_process_or_start_is_refused():
    graph = read_plainly(diagram(*chain(start(), end())))
    with pytest.raises(UnknownProcess):
        start_case(graph, "lain", {}, NINE_O_CLOCK)
    with pytest.raises(StartNotChosen):
        start_case(graph, "proses", {}, NINE_O_CLOCK, at="lain")


def test_functions_of_the_working_calendar_come_from_outside():
    in_three_days = {"hari_kerja": lambda days: NINE_O_CLOCK + timedelta(days=days)}
    case = a_case(
        *chain(start(), catch("jeda", timer("hari_kerja(3)", "timeDate")), user_task("a"), end()),
        functions=in_three_days,
    )
    assert list(case.timers.values()) == [NINE_O_CLOCK + timedelta(days=3)]


def endless() -> tuple[str, ...]:
    return (*chain(start(), exclusive("ulang"), script_task("hitung", "n = n + 1")), flow("hitung", "ulang"))


def test_an_endless_loop_stops_at_its_budget_and_asks_to_continue():
    case = a_case(*endless(), variables={"n": 0}, budget=50)
    assert isinstance(case.changes[-1], ContinueRequested)
    before = case.variables["n"]
    case.tell(Continue())
    assert case.variables["n"] > before
    assert isinstance(case.changes[-1], ContinueRequested)


def test_a_pause_in_mid_flight_loses_nothing():
    inside = chain(start("m"), script_task("a", "n = n + 1"), script_task("b", "n = n + 1"), end("s"))
    parts = chain(start(), sub_process("satu", *inside), script_task("c", "n = n + 1"), end())
    whole = a_case(*parts, variables={"n": 0})
    in_pieces = a_case(*parts, variables={"n": 0}, budget=1)
    while not in_pieces.has_ended:
        in_pieces.tell(Continue())
    assert in_pieces.taken == whole.taken


def test_tokens_that_multiply_without_end_become_an_incident(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_LIVING", 500)
    case = a_case(
        *chain(start(), exclusive("masuk"), parallel("kali"), exclusive("dua")),
        *(flow("kali", "masuk"), flow("dua", "masuk")),
    )
    assert case.faults == ["state.too_large"]
    case.tell(Cancel())
    assert case.has_ended


def test_data_that_would_make_the_state_too_large_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_STATE", 5_000)
    case = one_task()
    assert_refused(case, SetVariables({"teks": "x" * 6_000}), UnacceptableVariables)


def test_data_that_a_script_makes_too_large_are_an_incident(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_STATE", 5_000)
    case = a_case(*chain(start(), script_task("gandakan", "n = n + n"), end()), variables={"n": "x" * 3_000})
    assert case.faults == ["state.too_large"]


def test_the_same_state_stimulus_and_instant_give_the_same_text():
    case = one_task()
    stimulus = CompleteActivity(case.id_of("kerja"), {"b": 1, "a": [1, {"x": None}]})
    once = apply(case.graph, case.state, stimulus, NINE_O_CLOCK)
    again = apply(case.graph, case.state, stimulus, NINE_O_CLOCK)
    assert once == again


def test_a_circle_in_which_nobody_waits_becomes_an_incident():
    case = a_case(*endless(), variables={"n": 0})
    for _turn in range(5):
        if isinstance(case.changes[-1], ContinueRequested):
            case.tell(Continue())
    assert case.faults == ["case.restless"]


def without_room(items: int) -> Case:
    loop = multi_instance("<loopDataInputRef>daftar</loopDataInputRef>", '<inputDataItem name="orang"/>')
    case = a_case(
        *chain(start(), user_task("kerja", loop), user_task("akhir"), end()),
        variables={"daftar": [f"{number:03}" + "x" * 100 for number in range(items)]},
    )
    assert set(case.faults) == {"state.too_large"}
    return case


def test_an_item_that_found_no_room_is_handed_out_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_STATE", 12_000)
    case = without_room(items=40)
    monkeypatch.undo()
    for incident in inspect.incidents(case.state):
        case.tell(Retry(incident.activity_id))
    for _number in range(40):
        case.complete("kerja")
    assert case.open == ["akhir"]
    offered = [
        offer.variables["orang"][:3] for offer in case.history if isinstance(offer, WorkOffered) and offer.variables
    ]
    assert sorted(offered) == [f"{number:03}" for number in range(40)]


def test_an_item_that_found_no_room_may_be_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "MAX_STATE", 5_000)
    case = without_room(items=12)
    for incident in inspect.incidents(case.state):
        case.tell(CompleteActivity(incident.activity_id))
    while "kerja" in case.open:
        case.complete("kerja")
    assert (case.open, case.faults) == (["akhir"], [])
