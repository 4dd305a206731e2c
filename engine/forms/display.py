"""Answers of a closed step, as people read them."""

from collections.abc import Mapping
from typing import Any

from engine.base.i18n import _, translate
from engine.forms.model import MANY_OF_OPTIONS, ONE_OF_OPTIONS, Field, FieldKind, Form, Option, options_of
from engine.forms.writing import read_day, read_moment, read_time, show_day, show_moment, show_number, show_time

NOTHING = "–"


def read_only(form: Form, values: Mapping[str, Any], language: str = "id") -> list[tuple[str, str]]:
    """Label and text of each question that has an entry in `values`."""
    return [
        (question.label, displayed(question, values[question.key], options_of(question, values), language))
        for question in form.fields
        if question.key in values
    ]


def displayed(question: Field, value: object, options: tuple[Option, ...], language: str) -> str:
    """A value in words; one that is not of the question's kind as it is."""
    if question.kind is FieldKind.CHECKBOX and isinstance(value, bool | None):
        return translate(_("Yes") if value else _("No"), None, language)
    if value is None or value in ("", [], ()):
        return NOTHING
    if question.kind in ONE_OF_OPTIONS or question.kind in MANY_OF_OPTIONS:
        labels = {option.value: option.label for option in options}
        chosen = value if isinstance(value, list | tuple) else (value,)
        return ", ".join(labels.get(str(item), str(item)) for item in chosen)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return show_number(value, language)
    return _shown_moment(question.kind, str(value), language) or str(value)


def _shown_moment(kind: FieldKind, text: str, language: str) -> str:
    if kind is FieldKind.DATE and (day := read_day(text)):
        return show_day(day, language)
    if kind is FieldKind.TIME and (hour := read_time(text)):
        return show_time(hour, language)
    if kind is FieldKind.DATETIME and (moment := read_moment(text)):
        return show_moment(moment, language)
    return ""
