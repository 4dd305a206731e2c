"""From the elements of an accepted DMN file to decisions, through SpiffWorkflow's parser.

It reads which cell stands in which column. What a cell says is not for it to judge: it takes cells for Python, and
knows neither the values and default of an output nor a second decision in the file (S30).
"""

from typing import Any

from SpiffWorkflow.dmn.parser.DMNParser import DMNParser
from SpiffWorkflow.dmn.specs.model import InputEntry

from engine.bpmn.decision import Aggregation, Decision, DecisionTable, HitPolicy, Input, Output, Rule
from engine.bpmn.dmn.cells import Cells
from engine.bpmn.dmn.vocabulary import (
    cell_text,
    children,
    column_label,
    decision_title,
    name_among,
    required_ids,
    words,
)
from engine.bpmn.vocabulary import DMN, Element
from engine.expressions.expression import Expression


class TableParser(DMNParser):  # type: ignore[misc]
    def specification(self, decision: Element) -> Any:
        return self._parse_decision([decision])

    def _parse_input_output_element(self, decision_table: Any, element: Element, cls: Any, idx: int) -> Any:
        columns = decision_table.inputs if cls is InputEntry else decision_table.outputs
        entry = cls(element.get("id"), columns[idx])
        entry.text = cell_text(element)
        return entry


def decisions_of(root: Element, cells: Cells) -> dict[str, Decision]:
    """Every decision of a normalised file in which nothing is wrong, by its id."""
    parser = TableParser(None, root, {"dmn": DMN[1:-1]})
    decisions = [_decision(element, parser, cells) for element in children(root, "decision")]
    return {decision.id: decision for decision in decisions}


def _decision(element: Element, parser: TableParser, cells: Cells) -> Decision:
    identity, variable = element.get("id") or "", element.find(f"{DMN}variable")
    named = None if variable is None else variable.get("name")
    name = name_among(named, element.get("name"), otherwise=identity)
    return Decision(
        id=identity,
        name=decision_title(element),
        answer=_answer(element, parser, cells, name),
        variable=name,
        requires=tuple(dict.fromkeys(required_ids(element))),
    )


def _answer(element: Element, parser: TableParser, cells: Cells, name: str) -> DecisionTable | Expression:
    table = element.find(f"{DMN}decisionTable")
    if table is None:
        return cells.expression(cell_text(element.find(f"{DMN}literalExpression")))
    [read] = parser.specification(element).decisionTables
    aggregation = table.get("aggregation")
    return DecisionTable(
        inputs=tuple(_input(*column, cells) for column in zip(children(table, "input"), read.inputs, strict=True)),
        outputs=tuple(
            _output(*column, cells, name) for column in zip(children(table, "output"), read.outputs, strict=True)
        ),
        rules=tuple(_rule(*rule, cells) for rule in zip(children(table, "rule"), read.rules, strict=True)),
        hit_policy=HitPolicy(read.hit_policy),
        aggregation=Aggregation(aggregation) if aggregation else None,
    )


def _input(element: Element, read: Any, cells: Cells) -> Input:
    values = cell_text(element.find(f"{DMN}inputValues"))
    return Input(
        expression=cells.expression((read.expression or "").strip()),
        label=column_label(element),
        type=read.typeRef or "",
        values=cells.tests(values) if values else None,
    )


def _output(element: Element, read: Any, cells: Cells, name: str) -> Output:
    return Output(
        name=name_among(read.name, read.label, otherwise=name),
        label=words(read.label) or words(read.name) or name,
        type=read.typeRef or "",
        values=cells.listed(cell_text(element.find(f"{DMN}outputValues"))),
        default=cells.answer(cell_text(element.find(f"{DMN}defaultOutputEntry"))),
    )


def _rule(element: Element, read: Any, cells: Cells) -> Rule:
    notes = [read.description, *(cell_text(note) for note in children(element, "annotationEntry"))]
    return Rule(
        number=read.row_number,
        inputs=tuple(cells.tests(entry.text) for entry in read.inputEntries),
        outputs=tuple(cells.answer(entry.text) for entry in read.outputEntries),
        note=" ".join(filter(None, map(words, notes))),
    )
