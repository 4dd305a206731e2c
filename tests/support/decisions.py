"""Decision tables for tests, put together from cells.

table("FIRST", ["lama"], ["penyetuju"], ["< 5", '"Kasubbag"'], ["-", '"Kepala"'])
"""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

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


DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def dmn(*decisions: str, namespace: str = DMN_1_3) -> bytes:
    """A file of decisions."""
    inside = "\n".join(decisions)
    return (
        f'<definitions xmlns="{namespace}" id="d" name="d" namespace="urn:kantor">\n{inside}\n</definitions>'.encode()
    )


def decision(*inside: str, identity: str = "keputusan", name: str = "Keputusan", requires: tuple[str, ...] = ()) -> str:
    needed = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>' for each in requires
    )
    return f'<decision id="{identity}" name="{name}">{needed}{"".join(inside)}</decision>'


def table(
    inputs: list[str],
    outputs: list[str],
    *rules: list[str],
    policy: str = "UNIQUE",
    type_: str = "",
    input_values: str = "",
    output_values: str = "",
    default: str = "",
    more: str = "",
) -> str:
    """A decision table; each rule is a list of cells. `policy` may end in an aggregation: `COLLECT SUM`."""
    hit_policy, aggregation = _policy(policy)
    added = f' aggregation="{aggregation}"' if aggregation else ""
    columns = [
        f'<input label={quoteattr(text)}><inputExpression typeRef="{type_}">{_text(text)}</inputExpression>'
        f"{_part('inputValues', input_values)}</input>"
        for text in inputs
    ]
    columns += [
        f'<output name={quoteattr(name)} typeRef="string">'
        f"{_part('outputValues', output_values)}{_part('defaultOutputEntry', default)}</output>"
        for name in outputs
    ]
    lines = [_rule(cells, len(inputs)) for cells in rules]
    return f'<decisionTable hitPolicy="{hit_policy}"{added}>{"".join(columns)}{more}{"".join(lines)}</decisionTable>'


def literal(text: str) -> str:
    return f"<literalExpression>{_text(text)}</literalExpression>"


def _rule(cells: list[str], wide: int) -> str:
    entries = [f"<inputEntry>{_text(cell)}</inputEntry>" for cell in cells[:wide]]
    entries += [f"<outputEntry>{_text(cell)}</outputEntry>" for cell in cells[wide:]]
    return f"\n<rule>{''.join(entries)}</rule>"


def _part(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>" if text else ""


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
