"""Each rule is shown a drawing that breaks it and one that keeps it."""

import pytest

from engine.bpmn.drawing import Drawing
from engine.bpmn.lint.rules import RULES, Rule
from engine.bpmn.normalise import normalise
from engine.bpmn.xml import parse
from tests.unit.bpmn.rules.examples import EXAMPLES


def said(rule: Rule, source: bytes) -> set[str]:
    root = parse(source)
    normalise(root)
    return {problem.code for problem in rule(Drawing(root))}


def test_every_rule_has_its_example():
    assert {rule.__name__ for rule in RULES} - set(EXAMPLES) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_tells_the_wrong_drawing_from_the_right_one(rule: Rule):
    example = EXAMPLES[rule.__name__]
    assert said(rule, example.wrong) == {example.code}
    assert said(rule, example.right) == set()
