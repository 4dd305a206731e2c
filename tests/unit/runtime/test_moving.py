"""Where an administrator may carry a token, and where not."""

import pytest

from engine.runtime import inspect
from engine.runtime.errors import CannotMove, MoveAcrossBranches, MoveOffTheFlow, MoveOfOnePass
from engine.runtime.stimuli import MoveToken
from tests.support.diagrams import (
    boundary,
    chain,
    element,
    end,
    event,
    exclusive,
    flow,
    parallel,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.unit.runtime.cases import BY_SIGNAL, Case, a_case, event_sub_process, inclusive, multi_instance


def between(*split_and_join: str) -> Case:
    """awal, then b1 and b2 beside c1 and c2, then akhir."""
    split, join = split_and_join
    return a_case(
        *chain(start(), user_task("awal"), split, user_task("b1"), user_task("b2"), join, user_task("akhir"), end()),
        *(user_task("c1"), flow("bagi", "c1"), user_task("c2"), flow("c1", "c2"), flow("c2", "gabung")),
    )


def move(case: Case, name: str, target: str) -> None:
    case.tell(MoveToken(case.id_of(name), target))


def refuse(case: Case, name: str, target: str, error: type[CannotMove]) -> None:
    before = case.state
    with pytest.raises(error) as refusal:
        move(case, name, target)
    assert case.state == before
    assert "%" not in str(refusal.value)


PARALLEL = parallel("bagi"), parallel("gabung")
INCLUSIVE = inclusive("bagi"), inclusive("gabung")


@pytest.mark.parametrize("gateways", [PARALLEL, INCLUSIVE])
def test_a_token_stays_on_its_branch(gateways: tuple[str, str]):
    case = between(*gateways)
    case.complete("awal")
    for target in ("c1", "c2", "akhir", "awal", "gabung", "bagi"):
        refuse(case, "b1", target, MoveAcrossBranches)
    move(case, "b1", "b2")
    assert case.open == ["b2", "c1"]


@pytest.mark.parametrize("gateways", [PARALLEL, INCLUSIVE])
def test_a_token_does_not_enter_a_branch_but_may_pass_all_of_them(gateways: tuple[str, str]):
    case = between(*gateways)
    for target in ("b1", "c2"):
        refuse(case, "awal", target, MoveAcrossBranches)
    move(case, "awal", "akhir")
    assert case.open == ["akhir"]


def test_a_token_does_not_go_back_before_a_split_that_is_never_joined():
    case = a_case(
        *chain(start(), user_task("awal"), user_task("b"), end()),
        *(user_task("c"), flow("awal", "c"), flow("c", "selesai")),
    )
    case.complete("awal")
    refuse(case, "b", "awal", MoveAcrossBranches)
    refuse(case, "b", "c", MoveAcrossBranches)


def test_alternatives_may_be_changed():
    case = a_case(
        *chain(start(), exclusive("pilih", default="pilih_b"), user_task("b"), exclusive("temu"), user_task("akhir")),
        *(user_task("c"), flow("pilih", "c", condition="false"), flow("c", "temu")),
    )
    move(case, "b", "c")
    move(case, "c", "akhir")
    move(case, "akhir", "pilih")
    assert case.open == ["b"]


def test_a_split_inside_a_loop_is_respected_too():
    case = a_case(
        *chain(start(), exclusive("ulang"), parallel("bagi"), user_task("b"), parallel("gabung"), exclusive("lagi")),
        *(user_task("c"), flow("bagi", "c"), flow("c", "gabung"), flow("lagi", "ulang", condition="false")),
        *(user_task("akhir"), flow("lagi", "akhir", condition="true")),
    )
    refuse(case, "b", "akhir", MoveAcrossBranches)
    refuse(case, "b", "c", MoveAcrossBranches)


def test_what_an_event_beside_the_work_began_stays_beside_it():
    border = boundary("tepi", "kerja", timer("PT1H"), cancelActivity="false")
    case = a_case(
        *chain(start(), user_task("kerja"), user_task("lanjut"), end()),
        *(border, *chain(user_task("tegur"), user_task("tegur_lagi")), flow("tepi", "tegur")),
    )
    case.wait(hours=1)
    refuse(case, "tegur", "lanjut", MoveAcrossBranches)
    refuse(case, "kerja", "tegur", MoveAcrossBranches)
    move(case, "tegur", "tegur_lagi")
    move(case, "kerja", "lanjut")
    assert case.open == ["lanjut", "tegur_lagi"]


def test_a_way_that_an_event_took_instead_of_the_work_may_be_taken_back():
    border = boundary("tepi", "kerja", timer("PT1H"))
    case = a_case(*chain(start(), user_task("kerja"), end()), border, user_task("tangani"), flow("tepi", "tangani"))
    case.wait(hours=1)
    move(case, "tangani", "kerja")
    assert case.open == ["kerja"]


def test_one_pass_of_many_does_not_go_alone():
    many = multi_instance("<loopCardinality>2</loopCardinality>")
    inside = chain(start("m"), user_task("a"), user_task("b"), end("s"))
    case = a_case(*chain(start(), sub_process("bagian", many, *inside), user_task("akhir"), end()))
    _all, one_pass, _other = [
        one.activity_id for one in inspect.living(case.graph, case.state) if one.element == "bagian"
    ]
    with pytest.raises(MoveOfOnePass):
        case.tell(MoveToken(one_pass, "akhir"))
    move(case, "a", "b")
    move(case, "bagian", "akhir")
    assert case.open == ["akhir"]


def test_what_an_event_or_compensation_began_returns_to_no_flow():
    inside = event_sub_process("khusus", *chain(start("dengar", BY_SIGNAL), user_task("catat"), end("t")))
    case = a_case(
        *chain(start(), user_task("a"), throw("undo", event("compensate")), user_task("akhir"), end()),
        *(boundary("undo_a", "a", event("compensate")), user_task("balik_a", isForCompensation="true"), inside),
        element("association", "h1", sourceRef="undo_a", targetRef="balik_a"),
    )
    case.complete("a")
    refuse(case, "balik_a", "akhir", CannotMove)
    refuse(case, "undo", "balik_a", CannotMove)
    case.signal()
    refuse(case, "khusus", "akhir", MoveOffTheFlow)
