"""form-js JSON, as Camunda's form editor writes it, read into a Form; every problem is told with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.forms.field_reader import read_field
from engine.forms.json_part import JsonPart
from engine.forms.model import (
    GRID_COLUMNS,
    AttachmentNote,
    Component,
    Field,
    FieldKind,
    Form,
    Group,
    Place,
    Separator,
    Spacer,
    StaticText,
)

MAX_COMPONENTS = 200
MAX_DEPTH = 5
MAX_TEXT = 20_000
_FIELD_TYPES = frozenset(kind.value for kind in FieldKind) - {FieldKind.DATE, FieldKind.TIME}
_IGNORED = frozenset({"button"})  # the page has its own
_CODE = frozenset({"html", "iframe"})
_UNSUPPORTED = frozenset({"expression", "dynamiclist", "table", "image", "documentPreview"})


class InvalidForm(Invalid):
    code = "form.invalid_form"
    message = _("This form cannot be used yet. Mend what is listed in the form editor, then upload it again.")


def read_form(schema: object) -> Form:
    """The form in `schema`; raises InvalidForm with all problems."""
    reading = _Reading()
    if _looks_like_form(schema):
        form = Form(components=reading.components(JsonPart("", schema, reading.problems), depth=1))
        if not reading.problems:
            return form
    else:
        JsonPart("", {}, reading.problems).note(
            "form.not_a_form", _("This is not a form. Choose a file saved by the form editor (.form or .json).")
        )
    raise InvalidForm(fields=reading.problems)


def _looks_like_form(schema: object) -> TypeGuard[Mapping[str, Any]]:
    return (
        isinstance(schema, Mapping)
        and schema.get("type", "default") == "default"
        and isinstance(schema.get("components"), list)
    )


@dataclass(slots=True)
class _Reading:
    problems: list[FieldProblem] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    count: int = 0

    def components(self, part: JsonPart, depth: int) -> tuple[Component, ...]:
        read = (self._component(inner, depth) for inner in part.listed("components", MAX_COMPONENTS))
        return tuple(component for component in read if component is not None)

    def _component(self, part: JsonPart, depth: int) -> Component | None:
        self.count += 1
        if self.count == MAX_COMPONENTS + 1:
            part.note(
                "form.too_large",
                _("A form may have at most %(limit)s parts. Spread it over several steps."),
                limit=MAX_COMPONENTS,
            )
        if self.count > MAX_COMPONENTS:
            return None
        kind = part.text("type")
        if kind in _FIELD_TYPES:
            return self._field(part)
        if kind == "group":
            return self._group(part, depth)
        if kind in _IGNORED:
            return None
        return _layout_part(part, kind)

    def _field(self, part: JsonPart) -> Field | None:
        question = read_field(part, hide=part.inner("conditional").expression("hide"), place=read_place(part))
        if question is None:
            return None
        if question.key in self.keys:
            part.note(
                "form.duplicate_key",
                _("Two questions have the key “%(key)s”. Give each its own."),
                at="key",
                key=question.key,
            )
        self.keys.add(question.key)
        return question

    def _group(self, part: JsonPart, depth: int) -> Group | None:
        if depth >= MAX_DEPTH:
            part.note(
                "form.too_deep", _("Groups stand in groups too deeply. Use at most %(limit)s levels."), limit=MAX_DEPTH
            )
            return None
        if part.text("path"):
            part.note("form.path", _("Groups with a path of their own are not supported. Empty this field."), at="path")
        return Group(
            label=part.shown_text("label"),
            components=self.components(part, depth + 1),
            is_outlined=part.flag("showOutline"),
            hide=part.inner("conditional").expression("hide"),
            place=read_place(part),
        )


def read_place(part: JsonPart) -> Place:
    layout = part.inner("layout")
    return Place(row=layout.text("row") or None, columns=layout.whole("columns", 1, GRID_COLUMNS))


def _layout_part(part: JsonPart, kind: str) -> Component | None:
    hide, place = part.inner("conditional").expression("hide"), read_place(part)
    if kind == "text":
        return StaticText(text=part.shown_text("text", MAX_TEXT), hide=hide, place=place)
    if kind == "separator":
        return Separator(hide=hide, place=place)
    if kind == "spacer":
        return Spacer(hide=hide, place=place)
    if kind == "filepicker":
        return AttachmentNote(
            label=part.shown_text("label"),
            description=part.shown_text("description", 2_000),
            is_required=part.inner("validate").flag("required"),
            hide=hide,
            place=place,
        )
    _refuse(part, kind)
    return None


def _refuse(part: JsonPart, kind: str) -> None:
    if kind in _CODE:
        part.note(
            "form.code",
            _("Parts of type “%(kind)s” can carry program code and are not accepted. Use a text instead."),
            at="type",
            kind=kind,
        )
    elif kind in _UNSUPPORTED:
        part.note(
            "form.unsupported_part",
            _("Parts of type “%(kind)s” are not supported yet. Remove this part."),
            at="type",
            kind=kind,
        )
    else:
        part.note(
            "form.unknown_part",
            _("There is no part of type “%(kind)s”. Choose one from the form editor's palette."),
            at="type",
            kind=kind[:60],
        )
