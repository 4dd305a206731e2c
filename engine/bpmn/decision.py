"""Decisions as the runtime makes them and pages show them: tables of rules, or one expression.

Tuples stand in the order of the file; rules are counted from one, as designers see them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.expressions.expression import Expression
from engine.expressions.unary_tests import UnaryTests


class HitPolicy(StrEnum):
    """What is to be done when several rules match (DMN 1.3, 8.2.10)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    OUTPUT_ORDER = "OUTPUT ORDER"
    RULE_ORDER = "RULE ORDER"
    COLLECT = "COLLECT"


GIVES_LIST = frozenset({HitPolicy.OUTPUT_ORDER, HitPolicy.RULE_ORDER, HitPolicy.COLLECT})
BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


class Aggregation(StrEnum):
    """What becomes of a list that COLLECT gives."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column that is looked at; `values` says what can occur in it, where the designer wrote that."""

    expression: Expression
    label: str = ""
    type: str = ""
    values: UnaryTests | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column that is answered; of the `values` that it may take the most important stands first."""

    name: str
    label: str = ""
    type: str = ""
    values: tuple[Any, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An output that is None is left empty."""

    number: int
    inputs: tuple[UnaryTests, ...]
    outputs: tuple[Expression | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`answer` is a table or, for a literal expression, the expression; `variable` is what others call its result."""

    id: str
    name: str
    answer: DecisionTable | Expression
    variable: str
    requires: tuple[str, ...] = ()


class Shape(StrEnum):
    """In what form a decision's result is wanted; Camunda's `mapDecisionResult`."""

    NATURAL = ""
    VALUE = "nilai"  # one value
    RECORD = "catatan"  # the outputs of one rule by name
    VALUES = "daftar-nilai"
    RECORDS = "daftar-catatan"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCall:
    """What a business rule task asks: the last of `decisions`, which stand in the order in which they are made.

    `decisions` is empty while the decision has not been uploaded. Without `result` each output becomes a variable.
    """

    decision_id: str
    decisions: tuple[Decision, ...] = ()
    result: str | None = None
    shape: Shape = Shape.NATURAL
