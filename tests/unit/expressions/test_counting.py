"""Python and JUEL count what a list has from 0, FEEL from 1; a text says itself which it is."""

import pytest

from engine.expressions.errors import EvaluationFault
from engine.expressions.expression import Expression, FeelExpression
from engine.expressions.unary_tests import UnaryTests

SURAT = {"surat": ["masuk", "keluar", "tugas"]}


@pytest.mark.parametrize(
    ("text", "item"),
    [("surat[1]", "keluar"), ("${surat[0]}", "masuk"), ("=surat[1]", "masuk"), ("= surat[-1]", "tugas")],
)
def test_a_leading_equals_sign_counts_from_one(text, item):
    assert Expression(text).evaluate(SURAT) == item


def test_decision_tables_count_from_one():
    assert FeelExpression("surat[2]").evaluate(SURAT) == "keluar"
    assert UnaryTests("surat[1]").constants is None


@pytest.mark.parametrize("text", ["=surat[0]", "=surat[4]", "=surat[-4]"])
def test_there_is_nothing_before_the_first_and_behind_the_last(text):
    with pytest.raises(EvaluationFault) as refused:
        Expression(text).evaluate(SURAT)
    assert refused.value.code == "expression.no_item"


@pytest.mark.parametrize("text", ["surat[true]", "=surat[1 > 0]"])
def test_a_truth_is_no_number_of_an_item(text):
    with pytest.raises(EvaluationFault):
        Expression(text).evaluate(SURAT)
