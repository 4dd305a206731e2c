"""Decision tables: every hit policy, every aggregation, nothing found, several outputs, decisions that need others."""

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn.decision import Decision, HitPolicy
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import Expression
from engine.runtime.deciding import Made, make_decisions
from tests.support.decisions import a_decision
from tests.unit.expressions.test_sandbox import BOUNDED, WORLD


def made(decision: Decision, **names: Any) -> Made:
    return make_decisions((decision,), names, {})[-1]


def by_days(policy: str, **more: Any) -> Decision:
    """Below 5 one rule matches, up to 10 two, beyond it one."""
    return a_decision(policy, ["hari"], ["siapa"], ["<= 10", '"kasubbag"'], [">= 5", '"kepala"'], **more)


def points(policy: str) -> Decision:
    return a_decision(policy, ["x"], ["nilai"], ["> 0", "3"], ["> 1", "1"], ["> 2", "5"])


def test_unique_gives_the_one_rule_that_matches():
    assert made(by_days("UNIQUE"), hari=3).value == "kasubbag"
    assert made(by_days("UNIQUE"), hari=12).rules == (2,)


def test_unique_does_not_choose_between_two():
    with pytest.raises(EvaluationFault, match="“keputusan” cannot be decided: the rules 1, 2 match at once") as fault:
        made(by_days("UNIQUE"), hari=7)
    assert fault.value.code == "decision.not_unique"


def test_first_gives_the_first_in_the_order_of_the_file():
    assert made(by_days("FIRST"), hari=7).value == "kasubbag"
    assert made(by_days("FIRST"), hari=7).rules == (1,)


def test_any_accepts_several_that_agree():
    agreeing = a_decision("ANY", ["x"], ["y"], ["> 0", '"ya"'], ["> 1", '"ya"'], ["> 9", '"tidak"'])
    assert made(agreeing, x=5).value == "ya"
    with pytest.raises(EvaluationFault, match="give different answers"):
        made(agreeing, x=10)


def test_priority_gives_the_most_important_answer():
    assert made(by_days("PRIORITY", siapa=("kepala", "kasubbag")), hari=7).value == "kepala"


def test_output_order_gives_all_answers_the_most_important_first():
    assert made(by_days("OUTPUT ORDER", siapa=("kepala", "kasubbag")), hari=7).value == ["kepala", "kasubbag"]


def test_an_answer_without_a_rank_is_a_fault():
    with pytest.raises(EvaluationFault, match="“kepala” is not among the values"):
        made(by_days("PRIORITY", siapa=("kasubbag",)), hari=7)


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_all_answers_in_the_order_of_the_rules(policy: str):
    assert made(by_days(policy), hari=7).value == ["kasubbag", "kepala"]
    assert made(by_days(policy), hari=7).rules == (1, 2)


@pytest.mark.parametrize(
    ("aggregation", "some", "none"), [("SUM", 9, None), ("MIN", 1, None), ("MAX", 5, None), ("COUNT", 3, 0)]
)
def test_collected_answers_add_up(aggregation: str, some: int, none: int | None):
    assert made(points(f"COLLECT {aggregation}"), x=9).value == some
    assert made(points(f"COLLECT {aggregation}"), x=0).value == none


@pytest.mark.parametrize("policy", HitPolicy)
def test_where_no_rule_matches_there_is_nothing_or_an_empty_list(policy: HitPolicy):
    nothing = made(by_days(policy, siapa=("kepala", "kasubbag")), hari=None)
    assert nothing.value == ([] if nothing.is_list else None)
    assert nothing.by_name == {"siapa": [] if nothing.is_list else None}


def test_where_no_rule_matches_the_default_answers():
    assert made(by_days("FIRST", default='"siapa saja"'), hari=None).value == "siapa saja"
    assert made(by_days("COLLECT", default='"siapa saja"'), hari=None).value == ["siapa saja"]


def test_several_outputs_are_a_record():
    decision = a_decision("FIRST", ["x"], ["siapa", "hari"], ["> 0", '"kepala"', "x * 2"], ["-", "", "null"])
    assert made(decision, x=4).value == {"siapa": "kepala", "hari": 8}
    assert made(decision, x=0).by_name == {"siapa": None, "hari": None}


def test_several_outputs_of_several_rules_are_lists_by_name():
    decision = a_decision("COLLECT", ["x"], ["a", "b"], ["> 0", "1", "2"], ["> 0", "3", "4"])
    assert made(decision, x=1).value == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert made(decision, x=1).by_name == {"a": [1, 3], "b": [2, 4]}


def test_a_decision_sees_what_it_requires():
    season = a_decision("FIRST", ["bulan"], ["nama"], ["> 9", '"hujan"'], ["-", '"kering"'], identity="musim")
    limit = Decision(id="batas", name="Batas", answer=Expression("bulan * 2"), variable="batas")
    asked = a_decision(
        "FIRST",
        ["musim", "nama", "batas"],
        ["hasil"],
        ['"hujan"', '"hujan"', "> 20", '"tunda"'],
        ["-", "-", "-", '"jalan"'],
        requires=("musim", "batas"),
    )
    results = make_decisions((season, limit, asked), {"bulan": 11}, {})
    assert [each.value for each in results] == ["hujan", 22, "tunda"]


def test_a_decision_sees_nothing_of_what_it_does_not_require():
    season = a_decision("FIRST", ["1"], ["nama"], ["-", '"hujan"'], identity="musim")
    with pytest.raises(EvaluationFault, match="no variable named “musim”"):
        make_decisions((season, a_decision("FIRST", ["musim"], ["y"], ["-", "1"])), {}, {})


@pytest.mark.parametrize(
    ("inputs", "rule", "sentence"),
    [
        (["hari"], ["-", "1"], "in the column “hari”: There is no variable named “hari” yet."),
        (["x"], ["< 5", "1"], "in rule 1, column “x”: a text and a number cannot be used together with <."),
        (["x"], ["-", "y"], "in rule 1, column “hasil”: There is no variable named “y” yet."),
        (["x"], ["-", "1 / 0"], "in rule 1, column “hasil”: A number cannot be divided by zero."),
    ],
)
def test_a_fault_says_where(inputs: list[str], rule: list[str], sentence: str):
    with pytest.raises(EvaluationFault) as fault:
        made(a_decision("FIRST", inputs, ["hasil"], rule), x="teks")
    assert str(fault.value) == f"“keputusan” cannot be decided: {sentence}"


def test_a_table_cannot_gather_data_without_end():
    rules = [["-", "besar"] for _number in range(50)]
    with pytest.raises(EvaluationFault, match="too large"):
        made(a_decision("COLLECT", ["1"], ["y"], *rules), besar=list(range(60_000)))


NUMBERS = st.integers(-3, 3)
CELLS = st.one_of(
    st.just(("-", lambda value: True)),
    st.builds(lambda n: (f"{n}", lambda value: value == n), NUMBERS),
    st.builds(lambda n: (f"< {n}", lambda value: value < n), NUMBERS),
    st.builds(lambda n: (f">= {n}", lambda value: value >= n), NUMBERS),
    st.builds(lambda a, b: (f"[{a}..{b})", lambda value: a <= value < b), NUMBERS, NUMBERS),
    st.builds(lambda a, b: (f"not({a}, {b})", lambda value: value not in (a, b)), NUMBERS, NUMBERS),
    st.builds(lambda a, b: (f"{a}, > {b}", lambda value: value == a or value > b), NUMBERS, NUMBERS),
    st.builds(lambda n: (f"? * y == {n}", lambda value: ("times", n)), NUMBERS),
)
RULES = st.lists(st.tuples(CELLS, CELLS, NUMBERS), max_size=6)
IMPORTANCE = (3, 2, 1, 0, -1, -2, -3)


def matches(cell: Any, value: int, y: int) -> bool:
    told = cell[1](value)
    return value * y == told[1] if isinstance(told, tuple) else bool(told)


def naively(policy: str, answers: list[int]) -> Any:
    """What the policy makes of the answers of the rules that match, said once more in the plainest way."""
    ranked = sorted(answers, reverse=True)
    return {
        "UNIQUE": None if not answers else answers[0] if len(answers) == 1 else "fault",
        "FIRST": answers[0] if answers else None,
        "ANY": None if not answers else answers[0] if len(set(answers)) == 1 else "fault",
        "PRIORITY": ranked[0] if ranked else None,
        "OUTPUT ORDER": ranked,
        "RULE ORDER": answers,
        "COLLECT": answers,
        "COLLECT SUM": sum(answers) if answers else None,
        "COLLECT MIN": min(answers, default=None),
        "COLLECT MAX": max(answers, default=None),
        "COLLECT COUNT": len(answers),
    }[policy]


POLICIES = [*HitPolicy, "COLLECT SUM", "COLLECT MIN", "COLLECT MAX", "COLLECT COUNT"]


@settings(max_examples=150, deadline=None, database=None)
@given(RULES, st.sampled_from(POLICIES), NUMBERS, NUMBERS)
def test_every_table_gives_what_a_naive_reading_gives(rules: list[Any], policy: str, x: int, y: int):
    texts = [[first[0], second[0], str(answer)] for first, second, answer in rules]
    decision = a_decision(policy, ["x", "y"], ["hasil"], *texts, hasil=IMPORTANCE)
    answers = [answer for first, second, answer in rules if matches(first, x, y) and matches(second, y, y)]
    try:
        result = made(decision, x=x, y=y).value
    except EvaluationFault:
        result = "fault"
    assert result == naively(policy, answers)


@pytest.mark.parametrize("text", BOUNDED)
def test_what_would_exhaust_is_refused_or_bounded_in_a_cell(text: str):
    began = time.process_time()
    for rule in (["-", text], [f"? == ({text})", "1"]):
        with suppress(ExpressionFault, EvaluationFault):
            made(a_decision("FIRST", ["x"], ["y"], rule), **WORLD)
    assert time.process_time() - began < 2


def test_a_table_shares_what_it_may_cost_among_its_cells():
    rules = [["sum(besar) < 0", "1"] for _number in range(500)]
    began = time.process_time()
    with pytest.raises(EvaluationFault, match="too large"):
        made(a_decision("FIRST", ["1"], ["y"], *rules), **WORLD)
    assert time.process_time() - began < 1


def test_a_fault_does_not_repeat_what_is_long():
    with pytest.raises(EvaluationFault) as fault:
        made(a_decision("FIRST", ["teks"], ["y"], ['> date("2026-01-01")', "1"]), **WORLD)
    assert len(str(fault.value)) < 400
