"""What a case knows, in words: questions of its forms with what was answered. What is blank is left out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.definitions.graphs import form_at, graph_of
from engine.forms.answers import is_blank
from engine.forms.display import displayed
from engine.forms.model import Field, Form, options_of
from webui.language import language
from webui.texts import _

Answered = list[tuple[str, str]]
TITLE = "judul"  # a variable of every case, set when it starts


def view_of(form: Form | None, answers: Mapping[str, Any], data: Mapping[str, Any]) -> Answered:
    """Questions that were answered, with their answers; `data` holds options that the form takes from the case."""
    return [
        (question.label, displayed(question, answers[question.key], options_of(question, data), language()))
        for question in (form.fields if form else ())
        if not is_blank(answers.get(question.key))
    ]


def forms_by_node(session: Session, version_id: int) -> dict[str, Form]:
    """The form of each step that has one, also of those in called files."""
    return {
        node.id: form
        for node in graph_of(session, version_id).nodes.values()
        if (form := form_at(session, version_id, node)) is not None
    }


def facts_of(session: Session, version_id: int, variables: Mapping[str, Any]) -> Answered:
    """What the case knows, with the question that was asked for it; the rest by its name. What is blank is left out."""
    asked = {question.key: question for form in forms_by_node(session, version_id).values() for question in form.fields}
    return [
        (_label(key, asked), _text(value, asked.get(key), variables))
        for key, value in variables.items()
        if not is_blank(value)
    ]


def _label(key: str, asked: Mapping[str, Field]) -> str:
    if key in asked and asked[key].label:
        return asked[key].label
    return _("Title") if key == TITLE else key.replace("_", " ").capitalize()


def _text(value: Any, question: Field | None, variables: Mapping[str, Any]) -> str:
    if question is not None:
        return displayed(question, value, options_of(question, variables), language())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
