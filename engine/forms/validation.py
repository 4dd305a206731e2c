"""What people filled in: read from the page's fields, kept as a draft, and checked against the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.forms.answers import TEXT_LENGTH, Fault, check
from engine.forms.conditions import applicable
from engine.forms.model import MANY_OF_OPTIONS, Field, FieldKind, Form, options_of
from engine.forms.writing import MAX_DIGITS, read_number

SHOWN = "tk:shown"
"""The page lists here which questions it showed, so that one which applies only now is not passed over."""

MAX_UNKNOWN = 20
MAX_VALUES = 500


class InvalidAnswers(Invalid):
    code = "form.invalid_answers"


def answers_from_fields(form: Form, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Answers as typed values; what cannot be read stays as it was typed, for `validate` to name and the page to show.

    Names that are no question of the form are the page's own and are left out.
    """
    shown = fields.get(SHOWN)
    answers = {
        question.key: _typed(question, fields.get(question.key, ())[:MAX_VALUES])
        for question in form.fields
        if not question.is_fixed and (question.key in fields or shown is None or question.key in shown)
    }
    return answers if shown is None else answers | {SHOWN: list(shown)[:MAX_VALUES]}


def draft_from_fields(form: Form, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """All that was typed, right or wrong, within bounds: a draft loses nothing."""
    return draft_of(form, answers_from_fields(form, fields))


def draft_of(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of given answers, what a draft can keep."""
    return {question.key: _bounded(answers[question.key]) for question in form.fields if question.key in answers}


def validate(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the case keeps them; raises InvalidAnswers with every problem.

    Every question that applies has an entry. Fixed questions keep what the case holds; hidden ones are dropped.
    """
    shown = answers.get(SHOWN)
    kept: dict[str, Any] = {}
    problems = _unknown(form, answers)
    for question in applicable(form, answers, data).fields:
        if question.is_fixed:
            kept[question.key] = data.get(question.key, question.default)
            continue
        checked = check(question, answers.get(question.key), options_of(question, data))
        if isinstance(checked, Fault):
            problems.append(_problem(question, checked))
        elif isinstance(shown, list) and question.key not in shown and question.key not in answers:
            problems.append(_problem(question, _APPLIES_NOW))
        else:
            kept[question.key] = checked
    if problems:
        raise InvalidAnswers(fields=problems)
    return kept


_APPLIES_NOW = Fault(
    "form.applies_now", _("%(label)s applies to what you answered. Fill it in if you can, then send again.")
)


def _typed(question: Field, texts: Sequence[str]) -> Any:
    if question.kind in MANY_OF_OPTIONS:
        return [text for text in texts if text]
    if question.kind is FieldKind.CHECKBOX:
        return bool(texts and texts[-1])
    text = texts[-1] if texts else ""
    if not text.strip():
        return None
    if question.kind is FieldKind.NUMBER:
        number = read_number(text)
        return text if number is None else number
    return text


def _bounded(value: Any) -> Any:
    if isinstance(value, str):
        return _storable(value[: TEXT_LENGTH * 2])
    if isinstance(value, list | tuple):
        return [_bounded(item) for item in value[:MAX_VALUES] if isinstance(item, str)]
    if isinstance(value, bool | int | float) and abs(value) < 10**MAX_DIGITS:
        return value
    return None


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _unknown(form: Form, answers: Mapping[str, Any]) -> list[FieldProblem]:
    known = {question.key for question in form.fields} | {SHOWN}
    return [
        FieldProblem(
            name=_storable(key[:100]),
            code="form.unknown_question",
            message=_("This form does not ask for “%(key)s”."),
            params={"key": _storable(key[:100])},
        )
        for key in list(answers)[: MAX_UNKNOWN + len(known)]
        if key not in known
    ][:MAX_UNKNOWN]


def _problem(question: Field, fault: Fault) -> FieldProblem:
    return FieldProblem(
        name=question.key,
        code=fault.code,
        message=fault.message,
        params={"label": question.label or question.key, **fault.params},
    )
