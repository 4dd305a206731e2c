"""Decision tables for tests, put together from cells.

table("FIRST", ["lama"], ["penyetuju"], ["< 5", '"Kasubbag"'], ["-", '"Kepala"'])
"""

from typing import Any

from engine.bpmn.decision import Aggregation, Decision, DecisionTable, HitPolicy, Input, Output, Rule
from engine.expressions.expression import Expression
from engine.expressions.unary_tests import UnaryTests


def a_decision(policy: str, inputs: list[str], outputs: list[str], *rules: list[str], **more: Any) -> Decision:
    """As the runtime has it; by its name, an output's values in their order."""
    hit_policy, aggregation = _policy(policy)
    wide = len(inputs)
    table = DecisionTable(
        inputs=tuple(Input(expression=Expression(text), label=text) for text in inputs),
        outputs=tuple(
            Output(
                name=name,
                label=name,
                values=tuple(more.get(name, ())),
                default=Expression(more["default"]) if "default" in more else None,
            )
            for name in outputs
        ),
        rules=tuple(
            Rule(
                number=number,
                inputs=tuple(UnaryTests(cell) for cell in cells[:wide]),
                outputs=tuple(Expression(cell) if cell else None for cell in cells[wide:]),
            )
            for number, cells in enumerate(rules, start=1)
        ),
        hit_policy=HitPolicy(hit_policy),
        aggregation=Aggregation(aggregation) if aggregation else None,
    )
    identity = more.get("identity", "keputusan")
    requires = tuple(more.get("requires", ()))
    return Decision(id=identity, name=identity, answer=table, variable=identity, requires=requires)


def _policy(text: str) -> tuple[str, str]:
    aggregation = next((each for each in Aggregation if text == f"COLLECT {each}"), None)
    return ("COLLECT", aggregation) if aggregation else (text, "")
