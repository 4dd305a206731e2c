from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.dialects import due_date_of
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import error
from engine.bpmn.graph import TimerKind
from engine.bpmn.problems import Problem
from engine.bpmn.steps import due_of
from engine.bpmn.timer_values import SOME_DAY, check_constant
from engine.bpmn.vocabulary import TK, Element, extension
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression
from engine.expressions.times import DURATION_TEXT, add_duration, is_literal

LONGEST = "P10Y"
_MARKS_OF_EXPRESSIONS = ("=", "${", "#{")


def due_dates(drawing: Drawing) -> Iterator[Problem]:
    """A due date is a date, a duration of no more than ten years, or an expression that gives one."""
    for task in drawing.user_tasks:
        due = extension(task, f"{TK}tenggat")
        if due is not None:
            yield from _of_task(task, due.get("nilai", "").strip())


def _of_task(task: Element, value: str) -> Iterator[Problem]:
    if not _can_be_read(task, value):
        message = _(
            "The due date “%(value)s” of “%(name)s” cannot be read. "
            "Write a date such as 2026-12-31, a duration such as P3D, or an expression such as ${batas}."
        )
        yield error(task, "due_date.bad", message, value=value[:80])
    elif _is_too_long(value):
        message = _(
            "The due date “%(value)s” of “%(name)s” is longer than ten years. Write a shorter one, such as P3D."
        )
        yield error(task, "due_date.too_long", message, value=value[:80])


def _can_be_read(task: Element, value: str) -> bool:
    """A bare word is a variable in our own element, and nothing at all where other tools write due dates."""
    due, foreign = due_of(task), due_date_of(task)
    if due is None or (foreign == value and not foreign.startswith(_MARKS_OF_EXPRESSIONS) and not is_literal(foreign)):
        return False
    return _may_be(TimerKind.DATE, due) or _may_be(TimerKind.DURATION, due)


def _may_be(kind: TimerKind, due: Expression) -> bool:
    try:
        check_constant(kind, due)
    except ExpressionFault:
        return False
    return True


def _is_too_long(value: str) -> bool:
    is_duration = DURATION_TEXT.fullmatch(value) is not None
    return is_duration and add_duration(SOME_DAY, value) > add_duration(SOME_DAY, LONGEST)
