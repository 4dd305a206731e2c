"""Decisions as people read them: what a table looks at, what it answers, and what counts when several rules match."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.bpmn.decision import Aggregation, Decision, DecisionTable, HitPolicy, Rule
from engine.bpmn.problems import BadDiagram
from engine.definitions.decisions import decisions_of
from engine.expressions.errors import EvaluationFault
from engine.expressions.expression import Expression
from engine.expressions.unary_tests import UnaryTests
from webui.texts import _
from webui.wording import day

MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`is_formula` when it stands there as the designer wrote it."""

    text: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    number: int
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A table, or the one `formula` of a decision without rules; `left_out` rules are not shown."""

    id: str
    name: str
    needs: str
    counts: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    left_out: int = 0
    formula: str = ""

    @property
    def has_notes(self) -> bool:
        return any(rule.note for rule in self.rules)


def decision_views(session: Session, version_id: int) -> tuple[DecisionView, ...]:
    """Those of a version, with those that they need before them."""
    try:
        decisions = decisions_of(session, version_id)
    except BadDiagram:
        return ()
    names = {decision.id: decision.name for decision in decisions}
    return tuple(_view(decision, ", ".join(names[each] for each in decision.requires)) for decision in decisions)


def _view(decision: Decision, needs: str) -> DecisionView:
    table = decision.answer
    if isinstance(table, Expression):
        return DecisionView(id=decision.id, name=decision.name, needs=needs, counts="", formula=table.text)
    return DecisionView(
        id=decision.id,
        name=decision.name,
        needs=needs,
        counts=counts_in_words(table),
        inputs=tuple(column.label for column in table.inputs),
        outputs=tuple(column.label for column in table.outputs),
        rules=tuple(_line(rule) for rule in table.rules[:MOST_ROWS]),
        left_out=max(0, len(table.rules) - MOST_ROWS),
    )


def _line(rule: Rule) -> RuleLine:
    return RuleLine(
        number=rule.number,
        inputs=tuple(_asked(cell) for cell in rule.inputs),
        outputs=tuple(_answered(cell) for cell in rule.outputs),
        note=rule.note,
    )


def _asked(cell: UnaryTests) -> Cell:
    if cell.accepts_all:
        return Cell(text=_("anything"))
    values = cell.constants if cell.only_lists else None
    return Cell(text=cell.text, is_formula=True) if values is None else Cell(text=", ".join(map(_plainly, values)))


def _answered(cell: Expression | None) -> Cell:
    if cell is None:
        return Cell(text="–")
    try:
        return Cell(text=cell.text, is_formula=True) if cell.names else Cell(text=_plainly(cell.evaluate({})))
    except EvaluationFault:
        return Cell(text=cell.text, is_formula=True)


def _plainly(value: Any) -> str:
    if value is None:
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return day(value) if isinstance(value, date | datetime) else str(value)


def counts_in_words(table: DecisionTable) -> str:
    """Its hit policy, for people who never heard of one."""
    if table.aggregation is not None:
        return {
            Aggregation.SUM: _("The answers of all rules that match are added up."),
            Aggregation.MIN: _("Of the rules that match the smallest answer counts."),
            Aggregation.MAX: _("Of the rules that match the largest answer counts."),
            Aggregation.COUNT: _("It is counted how many rules match."),
        }[table.aggregation]
    values = ", ".join(_plainly(value) for column in table.outputs for value in column.values)
    return {
        HitPolicy.UNIQUE: _("Only one rule can match."),
        HitPolicy.FIRST: _("The first rule that matches, from above, counts."),
        HitPolicy.ANY: _("Several rules may match when they answer the same."),
        HitPolicy.PRIORITY: _("Of the rules that match the most important answer counts: %(values)s.", values=values),
        HitPolicy.OUTPUT_ORDER: _(
            "All rules that match count, the most important answer first: %(values)s.", values=values
        ),
        HitPolicy.RULE_ORDER: _("All rules that match count, in their order."),
        HitPolicy.COLLECT: _("All rules that match count."),
    }[table.hit_policy]
