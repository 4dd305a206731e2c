"""Input cells of decision tables, as designers write them."""

from typing import Any

import pytest

from engine.expressions.bounds import Effort
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import NO_FUNCTIONS
from engine.expressions.syntax import Surroundings
from engine.expressions.unary_tests import UnaryTests
from tests.unit.expressions.test_sandbox import REFUSED


def accepted(cell: str, *values: Any, **names: Any) -> list[Any]:
    """Those of the values that the cell accepts."""
    surroundings = Surroundings(names, NO_FUNCTIONS, Effort())
    return [value for value in values if UnaryTests(cell).accept(value, surroundings)]


@pytest.mark.parametrize("cell", ["", "-", "  - ", "\n", "# apa saja"])
def test_an_empty_cell_accepts_everything(cell: str):
    assert accepted(cell, 1, "a", None, True) == [1, "a", None, True]


@pytest.mark.parametrize(
    ("cell", "values", "right"),
    [
        ('"a", "b"', ["a", "b", "c", None, 1], ["a", "b"]),
        ("5", [5, 5.0, "5", True, None], [5, 5.0]),
        ("1", [True, 1], [1]),
        ("true", [True, False, 1, "true"], [True]),
        ("false", [0, False], [False]),
        ("null", [None, 0, "", False], [None]),
        ("-5", [-5, 5], [-5]),
        ('["a", "b"]', ["a", "c"], ["a"]),
        ("= 5", [5, 6], [5]),
        ("!= 5", [5, 6, None], [6, None]),
    ],
)
def test_values_are_compared(cell: str, values: list[Any], right: list[Any]):
    assert accepted(cell, *values) == right


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        ("< 3", [1, 2]),
        ("<= 3", [1, 2, 3]),
        ("> 3", [4, 5]),
        (">= 3", [3, 4, 5]),
        ("[2..4]", [2, 3, 4]),
        ("(2..4)", [3]),
        ("]2..4[", [3]),
        ("[2..4)", [2, 3]),
        ("(2..4]", [3, 4]),
        ("< 2, [3..4), > 4", [1, 3, 5]),
        ("not(2, > 4)", [1, 3, 4]),
        ("not([2..4])", [1, 5]),
        ("[1 + 1..batas]", [2, 3, 4]),
        ("? > 1 and ? < batas", [2, 3]),
        ("2 <= cellInput < 4", [2, 3]),
        ("not(? > 1)", [1]),
        ("batas, 1", [1, 4]),
    ],
)
def test_numbers_are_ordered(cell: str, right: list[int]):
    assert accepted(cell, 1, 2, 3, 4, 5, batas=4) == right


@pytest.mark.parametrize(
    "cell",
    [
        '[date("2026-01-05")..date("2026-01-31")]',
        "[2026-01-05..2026-01-31]",
        '>= date and time("2026-01-05T00:00:00")',
        'date("2026-01-05"), date("2026-01-31")',
    ],
)
def test_dates_are_texts_in_a_case_and_dates_in_a_cell(cell: str):
    assert accepted(cell, "2026-01-04", "2026-01-05", "2026-01-31") == ["2026-01-05", "2026-01-31"]


def test_nothing_lies_neither_below_nor_above():
    assert accepted("< 5", None) == accepted(">= 5", None) == accepted("[1..5]", None) == []


def test_a_calculation_decides_by_itself():
    assert accepted("unit == 'A'", "apa pun", None, unit="A") == ["apa pun", None]
    assert accepted("unit == 'A'", True, False, unit="B") == [False]


def test_a_list_that_is_tested_is_looked_into():
    assert accepted('"a" in ?', ["a", "b"], ["c"]) == [["a", "b"]]


@pytest.mark.parametrize(("cell", "value"), [("< 5", "tiga"), ("[1..5]", True), ("< 5", [1]), ('< "b"', 1)])
def test_different_kinds_have_no_order(cell: str, value: Any):
    with pytest.raises(EvaluationFault):
        accepted(cell, value)


@pytest.mark.parametrize(
    ("cell", "place"),
    [("<", 0), ('"a",,"b"', 0), (",", 0), ("[1..]", 2), ('"a", not("b")', 5), ("kepala kantor", 7), ("1..3", 1)],
)
def test_a_cell_that_says_nothing_clear_is_refused_where_it_does(cell: str, place: int):
    with pytest.raises(ExpressionFault) as refusal:
        UnaryTests(cell)
    assert refusal.value.offset == place


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("pattern", ["{}", "< {}", "[{}..5]", "not({})", '"a", {}'])
def test_an_escape_is_refused_when_it_is_read(text: str, pattern: str):
    with pytest.raises(ExpressionFault):
        UnaryTests(pattern.replace("{}", text))


def test_what_a_value_is_held_against_is_known_before_any_case():
    assert UnaryTests('[1..5], "a"').constants == (1, 5, "a")
    assert UnaryTests("-").constants == ()
    assert UnaryTests("< batas").constants is UnaryTests("? > 5").constants is UnaryTests("> now()").constants is None
