"""What can be wrong with a field of a request, in words; translated where it is answered, in the caller's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from engine.base.i18n import _

REQUIRED = _("This must be given.")
NOT_NULL = _("This must not be null.")
NOT_TEXT = _("This must be a text.")
NOT_WHOLE = _("This must be a whole number.")
NOT_FLAG = _("This must be true or false.")
NOT_OBJECT = _("This must be a JSON object.")
NOT_DAY = _("This must be a day, such as 2026-11-23.")
NOT_MOMENT = _("This must be a moment with its zone, such as 2026-11-23T08:00:00+07:00.")
NOT_FILE = _("This must be a file.")
NOT_OFFERED = _("This must be one of: %(choices)s.")
UNKNOWN = _("There is no such field here.")
TOO_SHORT = _("This needs at least %(limit)s characters.")
TOO_LONG = _("This may have at most %(limit)s characters.")
OUT_OF_RANGE = _("This must be from %(least)s to %(most)s.")
UNPRINTABLE = _("This contains characters that cannot be kept.")
TOO_DEEP = _("Objects and lists stand in each other too deeply: at most %(limit)s levels.")
TOO_FEW = _("This needs at least %(limit)s values.")
TOO_MANY = _("There are more than %(limit)s values.")
TOO_LARGE = _("A number here is too large.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; `message` is a catalogue text."""

    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def refusal(code: str, message: str, **params: Any) -> ValidationError:
    return ValidationError([Fault(code, message, params)])
