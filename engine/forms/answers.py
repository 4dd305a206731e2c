"""Whether one answer is what its question asks for: the kept value, or what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.base.days import TOO_FAR
from engine.base.i18n import _
from engine.forms.model import MANY_OF_OPTIONS, ONE_OF_OPTIONS, Field, FieldKind, Option, Rules, TextFormat
from engine.forms.writing import (
    MAX_DIGITS,
    MOMENT_FORMAT,
    day_of_any_year,
    read_day,
    read_moment,
    read_time,
    write_number,
)

LINE_LENGTH = 1_000
TEXT_LENGTH = 20_000
PATTERN_LENGTH = 500
MAX_CHOSEN = 500
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[0-9]{6,16}")

WRONG_KIND = _("%(label)s was given in a form that cannot be read. Fill it in again.")


@dataclass(frozen=True, slots=True)
class Fault:
    """`message` is a catalogue text that may name the question as `%(label)s`."""

    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


Kept = Any
Checked = Kept | Fault


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())


def check(question: Field, value: object, options: tuple[Option, ...]) -> Checked:
    """The value as it is kept, or a Fault; a blank one is kept as its kind's nothing."""
    if question.kind is FieldKind.CHECKBOX:
        return _checkbox(question.rules, value)
    if is_blank(value):
        nothing: Any = [] if question.kind in MANY_OF_OPTIONS else None
        return _required(question) if question.rules.is_required else nothing
    if question.kind in ONE_OF_OPTIONS:
        return _one_of(value, options)
    if question.kind in MANY_OF_OPTIONS:
        return _many_of(value, options)
    return _CHECKS[question.kind](question.rules, value)


def _required(question: Field) -> Fault:
    if question.kind in ONE_OF_OPTIONS or question.kind in MANY_OF_OPTIONS:
        return Fault("form.not_chosen", _("Choose an answer for %(label)s."))
    return Fault("form.required", _("%(label)s must be filled in."))


def _checkbox(rules: Rules, value: object) -> Checked:
    if value is not None and not isinstance(value, bool):
        return Fault("form.wrong_kind", WRONG_KIND)
    if rules.is_required and not value:
        return Fault("form.not_ticked", _("%(label)s must be ticked."))
    return bool(value)


def _line(rules: Rules, value: object) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    return _text(rules, " ".join(value.split()) if "\n" in value or "\r" in value else value.strip(), LINE_LENGTH)


def _paragraphs(rules: Rules, value: object) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    return _text(rules, value.replace("\r\n", "\n").replace("\r", "\n").strip(), TEXT_LENGTH)


def _text(rules: Rules, text: str, bound: int) -> Checked:
    limit = min(bound, rules.max_length or bound, PATTERN_LENGTH if rules.pattern else bound)
    if len(text) > limit:
        params = {"limit": limit, "length": len(text)}
        return Fault(
            "form.too_long", _("%(label)s may have at most %(limit)s characters; it has %(length)s now."), params
        )
    if len(text) < (rules.min_length or 0):
        params = {"limit": rules.min_length or 0, "length": len(text)}
        return Fault(
            "form.too_short", _("%(label)s needs at least %(limit)s characters; it has %(length)s now."), params
        )
    if _UNSTORABLE.search(text):
        return Fault("form.unstorable", _("%(label)s contains signs that cannot be kept. Type the text again."))
    if rules.format is TextFormat.EMAIL and not _EMAIL.fullmatch(text):
        return Fault("form.not_email", _("%(label)s must be an e-mail address, such as nama@kemenag.go.id."))
    if rules.format is TextFormat.PHONE and not _PHONE.fullmatch(re.sub(r"[\s().-]", "", text)):
        return Fault("form.not_phone", _("%(label)s must be a telephone number, such as 081234567890."))
    if rules.pattern is not None and not rules.pattern.matches(text):
        return Fault("form.not_pattern", _("%(label)s is not written in the form that is asked for."))
    return text


def _number(rules: Rules, value: object) -> Checked:
    if isinstance(value, str):
        return Fault("form.not_number", _("%(label)s must be a number, such as 12 or 1.500,50."))
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return Fault("form.wrong_kind", WRONG_KIND)
    if abs(value) >= 10**MAX_DIGITS:
        return Fault("form.number_too_large", _("%(label)s is too large a number."))
    exact = Decimal(repr(value))
    if rules.minimum is not None and exact < rules.minimum:
        return Fault("form.too_small", _("%(label)s must be %(limit)s or more."), {"limit": _shown(rules.minimum)})
    if rules.maximum is not None and exact > rules.maximum:
        return Fault("form.too_large", _("%(label)s must be %(limit)s or less."), {"limit": _shown(rules.maximum)})
    if rules.decimals is not None and exact != round(exact, rules.decimals):
        if rules.decimals == 0:
            return Fault("form.not_whole", _("%(label)s must be a whole number."))
        return Fault(
            "form.too_precise",
            _("%(label)s may have at most %(limit)s digits after the comma."),
            {"limit": rules.decimals},
        )
    return value


def _shown(limit: Decimal) -> str:
    return write_number(int(limit) if limit == limit.to_integral_value() else float(limit))


def _one_of(value: object, options: tuple[Option, ...]) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    if not any(option.value == value for option in options):
        return Fault("form.not_option", _("Choose one of the answers offered for %(label)s."))
    return value


def _many_of(value: object, options: tuple[Option, ...]) -> Checked:
    if not isinstance(value, list | tuple) or len(value) > MAX_CHOSEN or not all(isinstance(v, str) for v in value):
        return Fault("form.wrong_kind", WRONG_KIND)
    chosen = set(value)
    if not chosen <= {option.value for option in options}:
        return Fault("form.not_option", _("Choose one of the answers offered for %(label)s."))
    return [option.value for option in options if option.value in chosen]


def _day(_rules: Rules, value: object) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    day = read_day(value[:40])
    if day is None:
        return _far(value[:40]) or Fault("form.not_day", _("%(label)s must be a date, such as 21/11/2026."))
    return day.isoformat()


def _far(written: str) -> Fault | None:
    """It is a day, only of a year that is none of ours."""
    day = day_of_any_year(written)
    return None if day is None or read_day(written) else Fault("form.far", TOO_FAR, {"year": day.year})


def _time(_rules: Rules, value: object) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    hour = read_time(value[:40])
    return Fault("form.not_time", _("%(label)s must be a time, such as 14:30.")) if hour is None else f"{hour:%H:%M}"


def _moment(_rules: Rules, value: object) -> Checked:
    if not isinstance(value, str):
        return Fault("form.wrong_kind", WRONG_KIND)
    moment = read_moment(value[:40])
    if moment is None:
        wrong = _("%(label)s must be a date and a time, such as 21/11/2026 14:30.")
        return _far(value.strip()[:10]) or Fault("form.not_moment", wrong)
    return moment.strftime(MOMENT_FORMAT)


_CHECKS: Mapping[FieldKind, Callable[[Rules, object], Checked]] = {
    FieldKind.TEXTFIELD: _line,
    FieldKind.TEXTAREA: _paragraphs,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _day,
    FieldKind.TIME: _time,
    FieldKind.DATETIME: _moment,
}
