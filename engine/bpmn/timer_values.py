"""The value of a timer, as it is written in a file."""

import re
from contextlib import suppress
from datetime import UTC, datetime

from engine.bpmn.graph import TimerKind
from engine.expressions.cron import is_cron
from engine.expressions.errors import EvaluationFault, ExpressionFault
from engine.expressions.expression import Expression
from engine.expressions.template import Template
from engine.expressions.times import parse_timer

# As PT${jam}H: what is written of a time stands, and the places in it are worked out.
WITH_PLACES = re.compile(r"[PR\d][\w:./-]*(\$\{[^{}]*\}[\w:./-]*)+")
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def timer_value(kind: str, text: str) -> Expression:
    """A crontab means itself where a repetition stands; elsewhere `2 * 3 * 4` is a product."""
    if WITH_PLACES.fullmatch(text.strip()):
        return Template(text.strip())
    return Expression(repr(text.strip()) if kind == TimerKind.CYCLE and is_cron(text) else text)


def check_constant(kind: str, value: Expression) -> None:
    """Raise ExpressionFault when what is the same in every case is no time, as a bare number is none."""
    with suppress(EvaluationFault):  # what asks for the case or its calendar is known only there
        if not value.names:
            _read(kind, value.text, value.evaluate({}))


def _read(kind: str, text: str, given: object) -> None:
    try:
        parse_timer(kind, given, SOME_DAY)
    except EvaluationFault as fault:
        raise ExpressionFault(text, 0, fault.code, fault.message, fault.params) from None
