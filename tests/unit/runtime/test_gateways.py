import pytest

from engine.runtime.codec import load
from engine.runtime.stimuli import SetVariables
from tests.support.diagrams import catch, chain, element, end, exclusive, flow, parallel, start, timer, user_task
from tests.unit.runtime.cases import BY_MESSAGE, Case, a_case, inclusive


def test_the_first_true_branch_in_the_order_of_the_file_is_taken():
    case = a_case(
        *chain(start(), exclusive("pilih", default="pilih_c")),
        *(user_task("a"), user_task("b"), user_task("c")),
        *(flow("pilih", "b", condition="x > 1"), flow("pilih", "a", condition="x > 0"), flow("pilih", "c")),
        variables={"x": 5},
    )
    assert case.open == ["b"]


def test_the_default_is_taken_when_no_condition_holds():
    case = a_case(
        *chain(start(), exclusive("pilih", default="pilih_b"), user_task("b"), end()),
        user_task("a"),
        flow("pilih", "a", condition="x > 0"),
        variables={"x": 0},
    )
    assert case.open == ["b"]


def test_a_decision_without_a_way_out_is_an_incident_that_a_retry_mends():
    case = a_case(
        *chain(start(), user_task("isi"), exclusive("pilih")),
        user_task("a"),
        flow("pilih", "a", condition="jumlah > 0"),
    )
    case.complete("isi", jumlah=0)
    assert case.faults == ["gateway.no_way"]
    assert not case.has_ended
    case.tell(SetVariables({"jumlah": 1}))
    case.retry()
    assert case.open == ["a"]
    assert case.faults == []


def test_a_condition_on_a_flow_that_leaves_a_task_is_obeyed():
    case = a_case(
        *chain(start(), user_task("isi")),
        *(user_task("a"), user_task("b")),
        *(flow("isi", "a", condition="x == 1"), flow("isi", "b", condition="x == 2")),
    )
    case.complete("isi", x=2)
    assert case.open == ["b"]


def test_several_flows_leaving_a_task_are_all_taken():
    case = a_case(*chain(start(), user_task("isi"), user_task("a")), user_task("b"), flow("isi", "b"))
    case.complete("isi")
    assert case.open == ["a", "b"]


def fork_and_join(kind: str) -> tuple[str, ...]:
    return (
        *chain(start(), element(kind, "bagi"), user_task("a"), element(kind, "gabung"), user_task("akhir"), end()),
        *chain(user_task("b")),
        *(flow("bagi", "b"), flow("b", "gabung")),
    )


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway"])
def test_a_join_waits_for_every_branch(kind: str):
    case = a_case(*fork_and_join(kind))
    assert case.open == ["a", "b"]
    case.complete("b")
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["akhir"]


def test_an_inclusive_join_waits_only_for_branches_that_were_taken():
    case = a_case(
        *chain(start(), inclusive("bagi"), user_task("a"), inclusive("gabung"), user_task("akhir"), end()),
        user_task("b"),
        *(flow("bagi", "b", condition="false"), flow("b", "gabung")),
    )
    case.complete("a")
    assert case.open == ["akhir"]


def test_surplus_tokens_at_a_parallel_join_are_counted_by_flow():
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a"), parallel("gabung"), user_task("akhir"), end()),
        *(user_task("b"), flow("bagi", "b"), flow("b", "gabung"), exclusive("dua"), flow("dua", "a")),
        flow("bagi", "dua"),
    )
    case.complete("a")
    case.complete("a")
    assert [dict(activity.arrivals) for activity in load(case.state).activities.values() if activity.arrivals] == [
        {"a_gabung": 2}
    ]
    case.complete("b")
    assert case.open == ["akhir"]
    case.complete("akhir")
    assert case.faults == ["join.stranded"]


def test_a_token_stranded_at_a_join_is_an_incident_and_no_end():
    case = a_case(
        *chain(start(), exclusive("pilih", default="pilih_a"), user_task("a"), parallel("gabung"), end()),
        user_task("b"),
        *(flow("pilih", "b", condition="false"), flow("b", "gabung")),
    )
    case.complete("a")
    assert case.faults == ["join.stranded"]
    assert not case.has_ended


def turning(kind: str) -> tuple[str, ...]:
    """A fork and a join inside a loop that ends when somebody says so."""
    return (
        *chain(start(), exclusive("masuk"), element(kind, "bagi"), user_task("a")),
        *chain(element(kind, "gabung"), user_task("cek")),
        flow("a", "gabung"),
        *chain(user_task("b")),
        *(flow("bagi", "b"), flow("b", "gabung"), exclusive("ulang", default="ulang_selesai"), end()),
        *(flow("cek", "ulang"), flow("ulang", "masuk", condition="lagi"), flow("ulang", "selesai")),
    )


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway"])
def test_a_join_in_a_loop_waits_in_every_turn(kind: str):
    case = a_case(*turning(kind))
    for turn in range(5):
        assert case.open == ["a", "b"]
        case.complete("ab"[turn % 2])
        assert case.open == ["ba"[turn % 2]]
        case.complete("ba"[turn % 2])
        assert case.open == ["cek"]
        case.complete("cek", lagi=turn < 4)
    assert case.has_ended


def test_a_complex_gateway_passes_once_when_enough_have_arrived():
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a")),
        *chain(
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 2</activationCondition>"),
            user_task("akhir"),
            end(),
        ),
        *(user_task("b"), user_task("c"), flow("bagi", "b"), flow("bagi", "c")),
        *(flow("a", "cukup"), flow("b", "cukup"), flow("c", "cukup")),
    )
    case.complete("a")
    assert "akhir" not in case.open
    case.complete("b")
    assert case.open == ["akhir", "c"]
    case.complete("c")
    case.complete("akhir")
    assert case.has_ended


def waiting_for_the_first() -> tuple[str, ...]:
    return (
        *chain(start(), element("eventBasedGateway", "tunggu"), catch("surat", BY_MESSAGE), user_task("balas"), end()),
        *chain(catch("sejam", timer("PT1H")), user_task("ingatkan")),
        *chain(catch("sehari", timer("P1D")), user_task("tutup")),
        *(flow("tunggu", "sejam"), flow("tunggu", "sehari")),
    )


def test_the_first_event_behind_an_event_gateway_takes_the_token():
    case = a_case(*waiting_for_the_first())
    case.message(nomor=7)
    assert case.open == ["balas"]
    assert case.variables == {"nomor": 7}
    assert not case.timers


def test_two_timers_behind_one_event_gateway_keep_their_own_moments():
    case = a_case(*waiting_for_the_first())
    assert len(set(case.timers.values())) == 2
    case.wait(hours=1)
    assert case.open == ["ingatkan"]
    case.wait(days=2)
    assert case.open == ["ingatkan"]


ENOUGH = "<activationCondition>activationCount &gt;= 1</activationCondition>"


def rounds(*inside: str) -> Case:
    """Of three branches two are taken, and one arrival is enough: once for each turn of a loop."""
    return a_case(
        *chain(
            start(), exclusive("ulang"), inclusive("bagi"), user_task("a"), element("complexGateway", "cukup", ENOUGH)
        ),
        *chain(user_task("lanjut"), exclusive("lagi", default="lagi_selesai"), end()),
        *(user_task("b"), flow("bagi", "b"), flow("b", "cukup"), user_task("c"), flow("c", "cukup")),
        *(flow("bagi", "c", condition="false"), flow("cukup", "lanjut"), flow("lagi", "ulang", condition="lagi")),
        *inside,
        variables={"lagi": True},
    )


def test_a_complex_gateway_begins_a_new_round_though_one_branch_was_never_taken():
    case = rounds()
    for _turn in range(3):
        case.complete("a")
        case.complete("b")
        assert case.open == ["lanjut"]
        case.complete("lanjut")
    assert case.open == ["a", "b"]


def test_a_late_arrival_does_not_begin_a_round():
    case = rounds()
    case.complete("a")
    case.complete("b")
    assert case.open == ["lanjut"]


def test_what_came_twice_by_one_flow_belongs_to_the_next_round():
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a"), element("complexGateway", "cukup", ENOUGH), user_task("z")),
        *(user_task("b", completionQuantity="2"), flow("bagi", "b"), flow("b", "cukup"), end(), flow("z", "selesai")),
    )
    case.complete("b")
    assert case.open == ["a", "z"]
    case.complete("a")
    assert case.open == ["z", "z"]


def test_a_complex_gateway_may_tell_that_its_round_is_over():
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a"), element("complexGateway", "cukup", ENOUGH)),
        *(user_task("b"), flow("bagi", "b"), flow("b", "cukup"), user_task("pertama"), user_task("semua")),
        *(
            flow("cukup", "pertama", condition="waitingForStart"),
            flow("cukup", "semua", condition="not waitingForStart"),
        ),
    )
    case.complete("a")
    assert case.open == ["b", "pertama"]
    case.complete("b")
    assert case.open == ["pertama", "semua"]


def test_an_inclusive_join_waits_for_what_a_complex_gateway_still_holds():
    both = "<activationCondition>activationCount &gt;= 2</activationCondition>"
    case = a_case(
        *chain(start(), parallel("bagi"), user_task("a"), element("complexGateway", "cukup", both), inclusive("temu")),
        *(user_task("b"), flow("bagi", "b"), flow("b", "cukup"), user_task("c"), flow("bagi", "c"), flow("c", "temu")),
        *(user_task("z"), flow("temu", "z")),
    )
    case.complete("a")
    case.complete("c")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["z"]
