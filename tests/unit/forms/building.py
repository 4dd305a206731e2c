"""Forms for tests: the ordinary case, each test names only what matters to it."""

from collections.abc import Mapping
from typing import Any

from engine.base.errors import Invalid
from engine.forms.model import Form
from engine.forms.reader import read_form
from engine.forms.validation import validate

YES_OR_NO = [{"label": "Setujui", "value": "setuju"}, {"label": "Kembalikan", "value": "kembali"}]


def question(kind: str = "textfield", key: str = "hal", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": key.capitalize(), **more}


def schema(*components: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "default", "schemaVersion": 16, "components": list(components)}


def form_of(*components: Mapping[str, Any]) -> Form:
    return read_form(schema(*components))


def codes_of(form: Form, answers: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """What `validate` finds wrong: key and code of each problem."""
    try:
        validate(form, answers, data or {})
    except Invalid as refusal:
        return [(problem.name, problem.code) for problem in refusal.fields]
    return []


def problems_of(content: object) -> list[tuple[str, str]]:
    """What `read_form` finds wrong: place and code of each problem."""
    try:
        read_form(content)
    except Invalid as refusal:
        return [(problem.name, problem.code) for problem in refusal.fields]
    return []
