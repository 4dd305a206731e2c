"""The control that takes the answer to one question, as HTML that needs no script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engine.base.i18n import _, translate
from engine.forms.model import Field, FieldKind, Option, TextFormat
from engine.forms.writing import MOMENT_FORMAT, read_day, read_moment, read_time, write_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it stands on the page: its answer so far, its options, and the ids of what explains it."""

    question: Field
    value: Any
    options: tuple[Option, ...]
    is_invalid: bool
    described_by: str
    language: str

    @property
    def id(self) -> str:
        return element_id(self.question.key)


def element_id(key: str) -> str:
    return f"field-{key}"


def attributes(values: Mapping[str, object]) -> Markup:
    """HTML attributes; None and False leave one out, True writes the name alone."""
    return Markup("").join(
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
        for name, value in values.items()
        if value is not None and value is not False
    )


def control(asked: Asked) -> Markup:
    return _CONTROLS[asked.question.kind](asked)


def typed_text(value: object) -> str:
    """A value as one would type it; a wrong one as it was typed."""
    if isinstance(value, bool) or value is None:
        return ""
    return write_number(value) if isinstance(value, int | float) else str(value)


def _common(asked: Asked, css: str) -> dict[str, object]:
    return {
        "class": f"{css} is-invalid" if asked.is_invalid else css,
        "id": asked.id,
        "name": asked.question.key,
        "aria-required": "true" if asked.question.rules.is_required else None,
        "aria-invalid": "true" if asked.is_invalid else None,
        "aria-describedby": asked.described_by or None,
    }


def _input(asked: Asked, kind: str, value: str, **more: object) -> Markup:
    own = {"type": kind, "value": value, "autocomplete": "off"}
    return Markup("<input{}>").format(attributes(_common(asked, "form-control") | own | more))


def _line(asked: Asked) -> Markup:
    modes = {TextFormat.EMAIL: "email", TextFormat.PHONE: "tel"}
    form = asked.question.rules.format
    return _input(asked, "text", typed_text(asked.value), inputmode=modes[form] if form else None)


def _paragraphs(asked: Asked) -> Markup:
    # HTML drops the first line break of a text area: this one is for it.
    return Markup("<textarea{}>\n{}</textarea>").format(
        attributes(_common(asked, "form-control") | {"rows": 4}), typed_text(asked.value)
    )


def _number(asked: Asked) -> Markup:
    # A browser's own number field would take 1.500 for one and a half.
    mode = "numeric" if asked.question.rules.decimals == 0 else "decimal"
    return _input(asked, "text", typed_text(asked.value), inputmode=mode)


def _day(asked: Asked) -> Markup:
    day = read_day(typed_text(asked.value))
    return _as_typed(asked) if day is None else _input(asked, "date", day.isoformat())


def _time(asked: Asked) -> Markup:
    hour = read_time(typed_text(asked.value))
    return _as_typed(asked) if hour is None else _input(asked, "time", f"{hour:%H:%M}")


def _moment(asked: Asked) -> Markup:
    moment = read_moment(typed_text(asked.value))
    return _as_typed(asked) if moment is None else _input(asked, "datetime-local", moment.strftime(MOMENT_FORMAT))


def _as_typed(asked: Asked) -> Markup:
    # A date field shows nothing for a text that is no date; what someone typed must not vanish.
    kinds = {FieldKind.DATE: "date", FieldKind.TIME: "time", FieldKind.DATETIME: "datetime-local"}
    text = typed_text(asked.value)
    return _input(asked, "text" if text else kinds[asked.question.kind], text)


def _checkbox(asked: Asked) -> Markup:
    own = {"type": "checkbox", "value": "true", "checked": asked.value is True}
    return Markup("<input{}>").format(attributes(_common(asked, "form-check-input") | own))


def _select(asked: Asked) -> Markup:
    blank = Markup('<option value="">{}</option>').format(translate(_("Choose…"), None, asked.language))
    options = Markup("").join(
        Markup("<option{}>{}</option>").format(
            attributes({"value": option.value, "selected": option.value == asked.value}), option.label
        )
        for option in asked.options
    )
    return Markup("<select{}>{}{}</select>").format(attributes(_common(asked, "form-select")), blank, options)


def _radio(asked: Asked) -> Markup:
    # A radio button cannot be taken back, so a question that may stay open offers to leave it open.
    none = Option(value="", label=translate(_("No answer"), None, asked.language))
    options = asked.options if asked.question.rules.is_required else (*asked.options, none)
    chosen = asked.value if isinstance(asked.value, str) else ""
    return Markup("").join(
        _check(asked, number, option, {"type": "radio", "checked": option.value == chosen})
        for number, option in enumerate(options)
    )


def _checklist(asked: Asked) -> Markup:
    chosen = asked.value if isinstance(asked.value, list | tuple) else ()
    more = {"type": "checkbox", "aria-invalid": "true" if asked.is_invalid else None}
    return Markup("").join(
        _check(asked, number, option, more | {"checked": option.value in chosen})
        for number, option in enumerate(asked.options)
    )


def _check(asked: Asked, number: int, option: Option, more: Mapping[str, object]) -> Markup:
    own_id = asked.id if number == 0 else f"{asked.id}-{number + 1}"
    common = {
        "class": "form-check-input is-invalid" if asked.is_invalid else "form-check-input",
        "id": own_id,
        "name": asked.question.key,
        "value": option.value,
    }
    return Markup('<div class="form-check"><input{}><label class="form-check-label" for="{}">{}</label></div>').format(
        attributes(common | dict(more)), own_id, option.label
    )


_CONTROLS: Mapping[FieldKind, Callable[[Asked], Markup]] = {
    FieldKind.TEXTFIELD: _line,
    FieldKind.TEXTAREA: _paragraphs,
    FieldKind.NUMBER: _number,
    FieldKind.CHECKBOX: _checkbox,
    FieldKind.CHECKLIST: _checklist,
    FieldKind.TAGLIST: _checklist,
    FieldKind.SELECT: _select,
    FieldKind.RADIO: _radio,
    FieldKind.DATE: _day,
    FieldKind.TIME: _time,
    FieldKind.DATETIME: _moment,
}
