"""The value of a timer, as it is written in a file."""

from engine.bpmn.graph import TimerKind
from engine.expressions.cron import is_cron
from engine.expressions.expression import Expression


def timer_value(kind: str, text: str) -> Expression:
    """A crontab means itself where a repetition stands; elsewhere `2 * 3 * 4` is a product."""
    return Expression(repr(text.strip()) if kind == TimerKind.CYCLE and is_cron(text) else text)
