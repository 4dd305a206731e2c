"""One question of a form-js form."""

import keyword
import re
from collections.abc import Mapping
from typing import Any

from engine.base.i18n import _
from engine.expressions.expression import Expression
from engine.forms.answers import LINE_LENGTH, TEXT_LENGTH, Fault, check, is_blank
from engine.forms.json_part import JsonPart
from engine.forms.model import (
    MANY_OF_OPTIONS,
    ONE_OF_OPTIONS,
    TEXTS,
    Field,
    FieldKind,
    Option,
    Place,
    Rules,
    TextFormat,
)
from engine.forms.pattern import BadPattern, Pattern

MAX_KEY = 60
MAX_OPTIONS = 300
MAX_DESCRIPTION = 2_000
MAX_PROPERTIES = 20
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Names that the page uses for fields of its own, and words of the expression language.
_RESERVED = frozenset({"csrf_token", "comment", "files", "next", "true", "false", "null"})


def read_field(part: JsonPart, *, hide: Expression | None, place: Place) -> Field | None:
    """The question in `part`, or None when it has no usable key or kind; problems are noted in `part`."""
    key, kind = _key(part), _kind(part)
    if key is None or kind is None:
        return None
    options, options_key = _options(part, kind)
    question = Field(
        key=key,
        kind=kind,
        label=_label(part, key),
        description=part.shown_text("description", MAX_DESCRIPTION),
        is_fixed=part.flag("disabled") or part.flag("readonly"),
        options=options,
        options_key=options_key,
        rules=_rules(part, kind),
        hide=hide,
        place=place,
        properties=_properties(part),
    )
    return question if is_blank(part.members.get("defaultValue")) else _with_default(part, question)


def _key(part: JsonPart) -> str | None:
    key = part.text("key")
    if len(key) <= MAX_KEY and _KEY.fullmatch(key) and not keyword.iskeyword(key) and key not in _RESERVED:
        return key
    part.note(
        "form.bad_key",
        _(
            "“%(key)s” cannot be the key of a question. Use a word of letters, digits and _, beginning with a letter, "
            "such as nomor_surat."
        ),
        at="key",
        key=key[:MAX_KEY],
    )
    return None


def _kind(part: JsonPart) -> FieldKind | None:
    if part.members.get("type") != "datetime":
        return FieldKind(part.text("type"))
    if part.flag("disallowPassedDates"):
        part.note(
            "form.passed_dates",
            _("Refusing days that have passed is not supported. Switch it off."),
            at="disallowPassedDates",
        )
    subtype = part.text("subtype") or "date"
    if subtype in ("date", "time", "datetime"):
        return FieldKind(subtype)
    part.note("form.bad_subtype", _("Choose date, time, or date and time."), at="subtype")
    return None


def _label(part: JsonPart, key: str) -> str:
    label = part.shown_text("label") or part.shown_text("dateLabel") or part.shown_text("timeLabel")
    if not label.strip():
        part.note("form.no_label", _("The question “%(key)s” has no label. Write what is asked."), at="label", key=key)
    return label.strip()


def _options(part: JsonPart, kind: FieldKind) -> tuple[tuple[Option, ...], str | None]:
    if kind not in ONE_OF_OPTIONS and kind not in MANY_OF_OPTIONS:
        return (), None
    if part.text("valuesExpression"):
        part.note(
            "form.computed_options",
            _("Options that are computed are not supported. List them, or name the data that holds them."),
            at="valuesExpression",
        )
        return (), None
    options_key = part.text("valuesKey")
    if options_key:
        return (), options_key
    options = tuple(_option(option) for option in part.listed("values", MAX_OPTIONS))
    if not options:
        part.note("form.no_options", _("This question has no options to choose from. Add at least one."), at="values")
    if len({option.value for option in options}) != len(options):
        part.note("form.duplicate_option", _("Two options have the same value. Give each its own."), at="values")
    return options, None


def _option(part: JsonPart) -> Option:
    value = part.text("value", LINE_LENGTH)
    if not value:
        part.note("form.no_option_value", _("This option has no value. Write one in quotation marks."), at="value")
    return Option(value=value, label=part.shown_text("label") or value)


def _rules(part: JsonPart, kind: FieldKind) -> Rules:
    given = part.inner("validate")
    if kind in TEXTS:
        bound = TEXT_LENGTH if kind is FieldKind.TEXTAREA else LINE_LENGTH
        return Rules(
            is_required=given.flag("required"),
            min_length=given.whole("minLength", 0, bound),
            max_length=given.whole("maxLength", 1, bound),
            pattern=_pattern(given),
            format=_format(given),
        )
    if kind is FieldKind.NUMBER:
        return Rules(
            is_required=given.flag("required"),
            minimum=given.number("min"),
            maximum=given.number("max"),
            decimals=part.whole("decimalDigits", 0, 10),
        )
    return Rules(is_required=given.flag("required"))


def _pattern(given: JsonPart) -> Pattern | None:
    text = given.text("pattern", LINE_LENGTH)
    if not text or _format(given) is not None:
        return None
    try:
        return Pattern(text)
    except BadPattern as refusal:
        given.note(refusal.code, refusal.message, at="pattern", **refusal.params)
        return None


def _format(given: JsonPart) -> TextFormat | None:
    kind = given.text("validationType")
    return TextFormat(kind) if kind in (TextFormat.EMAIL, TextFormat.PHONE) else None


def _properties(part: JsonPart) -> Mapping[str, str]:
    found = part.inner("properties").members
    return {str(name)[:100]: str(value)[:300] for name, value in list(found.items())[:MAX_PROPERTIES]}


def _with_default(part: JsonPart, question: Field) -> Field:
    default: Any = part.members["defaultValue"]
    kept = default if question.options_key else check(question, default, question.options)
    if isinstance(kept, Fault):
        part.note(kept.code, kept.message, at="defaultValue", label=question.label, **kept.params)
        return question
    return Field(**{name: getattr(question, name) for name in Field.__slots__} | {"default": kept})
