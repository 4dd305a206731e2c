"""Decisions are made here: which rules of a table match, what they answer, and what of it counts."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.base.i18n import _
from engine.bpmn.decision import GIVES_LIST, Decision, DecisionTable, HitPolicy, Rule
from engine.expressions.bounds import MAX_DATA, Effort
from engine.expressions.errors import EvaluationFault
from engine.expressions.expression import Expression, read_only
from engine.expressions.functions import Function
from engine.expressions.syntax import Surroundings
from engine.runtime.hit_policies import Hit, Row, counting
from engine.runtime.state import Stuck

LONGEST = 100
LETTERS = 64  # so many of a tested text cost as much as one value


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision that was made: the answers that count, and the numbers of all rules that matched."""

    decision: Decision
    rows: tuple[Row, ...]
    rules: tuple[int, ...] = ()

    @property
    def is_list(self) -> bool:
        table = self.decision.answer
        return isinstance(table, DecisionTable) and table.hit_policy in GIVES_LIST and table.aggregation is None

    @property
    def value(self) -> Any:
        """A single output is its value, several are a record; where all rules count, a list of these."""
        values = [alone(row) for row in self.rows]
        return values if self.is_list else next(iter(values), None)

    @property
    def by_name(self) -> dict[str, Any]:
        """Each output by its name: nothing where no rule matched, a list where all rules count."""
        if isinstance(self.decision.answer, Expression):
            return {self.decision.variable: self.value}
        names = [output.name for output in self.decision.answer.outputs]
        if self.is_list:
            return {name: [row[name] for row in self.rows] for name in names}
        row: Row = next(iter(self.rows), {})
        return {name: row.get(name) for name in names}


def alone(row: Row) -> Any:
    return next(iter(row.values())) if len(row) == 1 else dict(row)


def make_decisions(
    decisions: tuple[Decision, ...], names: Mapping[str, Any], functions: Mapping[str, Function]
) -> tuple[Made, ...]:
    """Make them in this order; each sees the results of those that it requires, which come before it."""
    effort = Effort(MAX_DATA)
    made: dict[str, Made] = {}
    for decision in decisions:
        known: dict[str, Any] = {}
        for required in decision.requires:
            known |= _known_as(made[required])
        made[decision.id] = _made(decision, Surroundings(ChainMap(known, read_only(names)), functions, effort))
    return tuple(made.values())


def _known_as(made: Made) -> dict[str, Any]:
    """The names under which a decision finds the result of one that it requires."""
    return {**made.by_name, made.decision.variable: made.value, made.decision.id: made.value}


def _made(decision: Decision, surroundings: Surroundings) -> Made:
    try:
        if isinstance(decision.answer, DecisionTable):
            return _asked(decision, decision.answer, surroundings)
        value = surroundings.effort.copy(decision.answer.evaluate_in(surroundings))
        return Made(decision=decision, rows=({decision.variable: value},))
    except EvaluationFault as fault:
        message = _("“%(decision)s” cannot be decided: %(reason)s")
        raise Stuck(fault.code, message, {"decision": decision.name, "reason": _reason(fault)}) from None


def _asked(decision: Decision, table: DecisionTable, surroundings: Surroundings) -> Made:
    matching = _matching(table, surroundings)
    hits = [Hit(rule=rule.number, row=_answers(table, rule, surroundings)) for rule in matching]
    if not hits and any(output.default for output in table.outputs):
        return Made(decision=decision, rows=(_defaults(table, surroundings),))
    rows = counting(table, hits, surroundings)
    return Made(decision=decision, rows=rows, rules=tuple(rule.number for rule in matching))


def _matching(table: DecisionTable, surroundings: Surroundings) -> list[Rule]:
    """In the order of the file; where the first one decides, no others are looked for."""
    values = [_looked_up(column.label, column.expression, surroundings) for column in table.inputs]
    matching: list[Rule] = []
    for rule in table.rules:
        if _matches(table, rule, values, surroundings):
            matching.append(rule)
            if table.hit_policy is HitPolicy.FIRST:
                break
    return matching


def _matches(table: DecisionTable, rule: Rule, values: list[Any], surroundings: Surroundings) -> bool:
    for place, (tests, value) in enumerate(zip(rule.inputs, values, strict=True)):
        surroundings.effort.spend(1 + len(value) // LETTERS if isinstance(value, str) else 1)
        try:
            if not tests.accept(value, surroundings):
                return False
        except EvaluationFault as fault:
            raise _in_cell(rule.number, table.inputs[place].label, fault) from None
    return True


def _looked_up(column: str, expression: Expression, surroundings: Surroundings) -> Any:
    try:
        return expression.evaluate_in(surroundings)
    except EvaluationFault as fault:
        message = _("in the column “%(column)s”: %(reason)s")
        raise Stuck(fault.code, message, {"column": column, "reason": _reason(fault)}) from None


def _answers(table: DecisionTable, rule: Rule, surroundings: Surroundings) -> Row:
    row = {}
    for output, cell in zip(table.outputs, rule.outputs, strict=True):
        try:
            row[output.name] = surroundings.effort.copy(cell.evaluate_in(surroundings)) if cell else None
        except EvaluationFault as fault:
            raise _in_cell(rule.number, output.label, fault) from None
    return row


def _defaults(table: DecisionTable, surroundings: Surroundings) -> Row:
    return {
        output.name: surroundings.effort.copy(output.default.evaluate_in(surroundings)) if output.default else None
        for output in table.outputs
    }


def _in_cell(rule: int, column: str, fault: EvaluationFault) -> Stuck:
    message = _("in rule %(rule)s, column “%(column)s”: %(reason)s")
    return Stuck(fault.code, message, {"rule": rule, "column": column, "reason": _reason(fault)})


def _reason(fault: EvaluationFault) -> Mapping[str, Any]:
    """Told within another sentence, and kept with the case: no value of hers may make it long."""
    params = {
        name: value if isinstance(value, Mapping) else str(value)[:LONGEST] for name, value in fault.params.items()
    }
    return {"message": fault.message, "params": params}
