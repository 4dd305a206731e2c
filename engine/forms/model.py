"""One form: what a step asks, read once from form-js JSON and used for the page, the check and the API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from engine.expressions.expression import Expression
from engine.forms.pattern import Pattern

GRID_COLUMNS = 16
DECISION_PROPERTY = "tk:keputusan"


class FieldKind(StrEnum):
    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    SELECT = "select"
    RADIO = "radio"
    TAGLIST = "taglist"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


TEXTS = frozenset({FieldKind.TEXTFIELD, FieldKind.TEXTAREA})
ONE_OF_OPTIONS = frozenset({FieldKind.SELECT, FieldKind.RADIO})
MANY_OF_OPTIONS = frozenset({FieldKind.CHECKLIST, FieldKind.TAGLIST})


class TextFormat(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an answer must be besides of its kind."""

    is_required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    pattern: Pattern | None = None
    format: TextFormat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a component stands: neighbours with the same `row` share a line of sixteen columns."""

    row: str | None = None
    columns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A question. `options_key` names the case's variable that holds the options, when the form does not."""

    key: str
    kind: FieldKind
    label: str
    description: str = ""
    default: Any = None
    is_fixed: bool = False
    options: tuple[Option, ...] = ()
    options_key: str | None = None
    rules: Rules = field(default_factory=Rules)
    hide: Expression | None = None
    place: Place = field(default_factory=Place)
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticText:
    text: str
    hide: Expression | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentNote:
    """Asks for a file; files are added to the case beside the form, not through it."""

    label: str
    description: str = ""
    is_required: bool = False
    hide: Expression | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    hide: Expression | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    hide: Expression | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    label: str
    components: "tuple[Component, ...]"
    is_outlined: bool = False
    hide: Expression | None = None
    place: Place = field(default_factory=Place)


Component = Field | StaticText | AttachmentNote | Separator | Spacer | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The question whose answer decides which way the case goes; the page draws one button for each option."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    components: tuple[Component, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(component for component in all_components(self.components) if isinstance(component, Field))

    @property
    def attachment_notes(self) -> tuple[AttachmentNote, ...]:
        return tuple(item for item in all_components(self.components) if isinstance(item, AttachmentNote))

    @property
    def has_conditions(self) -> bool:
        return any(component.hide is not None for component in all_components(self.components))


def all_components(components: tuple[Component, ...]) -> Iterator[Component]:
    """Every component in the order of the page; a group before its content."""
    for component in components:
        yield component
        if isinstance(component, Group):
            yield from all_components(component.components)


def decision_of(form: Form) -> Choice | None:
    """The last one-of-many question marked with the property `tk:keputusan`."""
    for question in reversed(form.fields):
        if (
            question.kind in ONE_OF_OPTIONS
            and question.options
            and question.properties.get(DECISION_PROPERTY) == "true"
        ):
            return Choice(key=question.key, label=question.label, options=question.options)
    return None


def initial_values(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows before anything was typed: what the case knows already, else the form's defaults."""
    return {
        question.key: data.get(question.key, question.default)
        for question in form.fields
        if question.key in data or question.default is not None
    }


def options_of(question: Field, data: Mapping[str, Any]) -> tuple[Option, ...]:
    """The options written in the form, or those that the case's data holds under `options_key`."""
    if question.options_key is None:
        return question.options
    found = data.get(question.options_key)
    return tuple(_option(item) for item in found) if isinstance(found, list | tuple) else ()


def _option(item: object) -> Option:
    if isinstance(item, Mapping):
        value = str(item.get("value", item.get("label", "")))
        return Option(value=value, label=str(item.get("label", value)))
    return Option(value=str(item), label=str(item))
