"""The form as JSON Schema 2020-12, for those who answer through the API."""

from typing import Any

from engine.forms.answers import LINE_LENGTH, PATTERN_LENGTH, TEXT_LENGTH
from engine.forms.model import (
    MANY_OF_OPTIONS,
    ONE_OF_OPTIONS,
    TEXTS,
    Component,
    Field,
    FieldKind,
    Form,
    Group,
    TextFormat,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENTS = {
    FieldKind.DATE: {"type": "string", "format": "date"},
    FieldKind.TIME: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    FieldKind.DATETIME: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$"},
}


def json_schema(form: Form) -> dict[str, Any]:
    """What `validate` accepts; a question that may be hidden is not required here, though it may be when shown."""
    asked = [question for question in form.fields if not question.is_fixed]
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {question.key: _property(question) for question in asked},
        "required": _always_required(form.components),
        "additionalProperties": False,
    }


def _always_required(components: tuple[Component, ...]) -> list[str]:
    keys: list[str] = []
    for component in components:
        if component.hide is not None:
            continue
        if isinstance(component, Group):
            keys += _always_required(component.components)
        elif isinstance(component, Field) and component.rules.is_required and not component.is_fixed:
            keys.append(component.key)
    return keys


def _property(question: Field) -> dict[str, Any]:
    described = {"title": question.label} | ({"description": question.description} if question.description else {})
    value = _value(question)
    if not question.rules.is_required and isinstance(value.get("type"), str):
        value["type"] = [value["type"], "null"]
        if "enum" in value:
            value["enum"] = [*value["enum"], None]
    return described | value


def _value(question: Field) -> dict[str, Any]:
    rules, kind = question.rules, question.kind
    if kind is FieldKind.CHECKBOX:
        return {"type": "boolean"} | ({"const": True} if rules.is_required else {})
    if kind in ONE_OF_OPTIONS:
        return {"type": "string"} | _options(question)
    if kind in MANY_OF_OPTIONS:
        least = {"minItems": 1} if rules.is_required else {}
        return {"type": "array", "items": {"type": "string"} | _options(question), "uniqueItems": True} | least
    if kind is FieldKind.NUMBER:
        return _number(question)
    return _text(question) if kind in TEXTS else dict(_MOMENTS[kind])


def _options(question: Field) -> dict[str, Any]:
    return {} if question.options_key else {"enum": [option.value for option in question.options]}


def _number(question: Field) -> dict[str, Any]:
    rules = question.rules
    schema: dict[str, Any] = {"type": "integer" if rules.decimals == 0 else "number"}
    if rules.minimum is not None:
        schema["minimum"] = float(rules.minimum)
    if rules.maximum is not None:
        schema["maximum"] = float(rules.maximum)
    return schema


def _text(question: Field) -> dict[str, Any]:
    rules = question.rules
    bound = TEXT_LENGTH if question.kind is FieldKind.TEXTAREA else LINE_LENGTH
    schema: dict[str, Any] = {"type": "string"}
    if rules.is_required or rules.min_length:
        schema["minLength"] = max(rules.min_length or 0, 1 if rules.is_required else 0)
    schema["maxLength"] = min(rules.max_length or bound, PATTERN_LENGTH if rules.pattern else bound)
    if rules.pattern is not None:
        schema["pattern"] = rules.pattern.text
    if rules.format is TextFormat.EMAIL:
        schema["format"] = "email"
    return schema
