"""Ad-hoc sub-processes: work in the order that people choose."""

import pytest

from engine.runtime import inspect
from engine.runtime.errors import NotOffered
from engine.runtime.stimuli import OpenActivity, SetVariables
from tests.support.diagrams import chain, element, end, flow, script_task, start, user_task
from tests.unit.runtime.cases import BY_SIGNAL, Case, a_case, event_sub_process

ENOUGH = "<completionCondition>cukup</completionCondition>"


def ad_hoc(*inside: str, enough: bool | None = False, **attributes: str) -> Case:
    """`a` and `b` may be done in any order; `enough` is how the condition begins, None when there is none."""
    condition, variables = ("", {}) if enough is None else (ENOUGH, {"cukup": enough})
    parts = (user_task("a"), user_task("b"), *inside, condition)
    return a_case(
        *chain(start(), element("adHocSubProcess", "bebas", *parts, **attributes), user_task("akhir"), end()),
        variables=variables,
    )


def choose(case: Case, name: str) -> None:
    case.tell(OpenActivity(case.id_of("bebas"), name))


def test_all_that_waits_for_nothing_is_offered():
    assert ad_hoc().open == ["a", "b"]


def test_the_condition_ends_it_and_cancels_the_rest():
    case = ad_hoc()
    case.complete("b", cukup=True)
    assert case.open == ["akhir"]


def test_what_is_not_cancelled_is_still_done_and_nothing_follows_it():
    case = ad_hoc(user_task("c"), flow("a", "c"), flow("b", "c"), cancelRemainingInstances="false")
    case.complete("b", cukup=True)
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["akhir"]


def test_an_activity_may_be_opened_again_while_others_are_done():
    case = ad_hoc()
    choose(case, "a")
    choose(case, "a")
    assert case.open == ["a", "a", "a", "b"]


def test_in_an_ordered_one_the_chosen_comes_next():
    case = ad_hoc(user_task("c"), enough=None, ordering="Sequential")
    choose(case, "c")
    case.complete("a")
    assert case.open == ["c"]
    case.complete("c")
    case.complete("b")
    assert case.open == ["akhir"]


def test_what_follows_another_cannot_be_chosen():
    case = ad_hoc(user_task("c"), flow("a", "c"))
    with pytest.raises(NotOffered):
        choose(case, "c")
    assert [one.element for one in inspect.offered(case.graph, case.state)] == ["a", "b"]


def test_nothing_can_be_chosen_once_the_condition_held():
    case = ad_hoc(cancelRemainingInstances="false")
    case.complete("b", cukup=True)
    assert not inspect.offered(case.graph, case.state)
    with pytest.raises(NotOffered):
        choose(case, "b")


def test_without_a_condition_it_ends_when_all_is_done():
    case = ad_hoc(enough=None)
    case.complete("a")
    case.complete("b")
    assert case.open == ["akhir"]


@pytest.mark.parametrize("ordering", ["Parallel", "Sequential"])
def test_while_the_condition_does_not_hold_everything_is_offered_anew(ordering: str):
    case = ad_hoc(ordering=ordering)
    at_first = case.open
    case.complete("a")
    case.complete("b")
    assert case.open == at_first


def test_a_script_inside_may_make_the_condition_true():
    parts = (script_task("hitung", "n = n + 1"), "<completionCondition>n &gt;= 3</completionCondition>")
    case = a_case(
        *chain(start(), element("adHocSubProcess", "bebas", *parts), user_task("akhir"), end()), variables={"n": 0}
    )
    assert (case.open, case.variables["n"]) == (["akhir"], 3)


def test_a_condition_that_failed_is_looked_at_again_by_a_retry():
    case = a_case(*chain(start(), element("adHocSubProcess", "bebas", user_task("a"), user_task("b"), ENOUGH), end()))
    case.complete("a")
    assert case.faults == ["expression.unknown_name"]
    case.tell(SetVariables({"cukup": True}))
    case.retry()
    assert case.has_ended


def test_an_event_sub_process_inside_is_heard():
    inside = event_sub_process("khusus", *chain(start("dengar", BY_SIGNAL), user_task("catat"), end("t")))
    case = ad_hoc(inside)
    case.signal()
    assert case.open == ["catat"]
    case.complete("catat")
    assert case.open == ["akhir"]


def test_a_condition_that_failed_and_then_holds_is_mended_by_that():
    parts = (user_task("a"), user_task("b"), user_task("c"), ENOUGH)
    bebas = element("adHocSubProcess", "bebas", *parts, cancelRemainingInstances="false")
    case = a_case(*chain(start(), bebas, user_task("akhir"), end()))
    case.complete("a")
    case.complete("b", cukup=True)
    assert case.faults == []
    case.complete("c")
    assert case.open == ["akhir"]
