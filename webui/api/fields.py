"""Fields of requests and answers: what each accepts, how the OpenAPI document describes it, what it says when refusing.

Texts are marked here and translated where the problem is answered, in the caller's language.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from apiflask import Schema
from marshmallow import RAISE, ValidationError, fields
from marshmallow.fields import Field
from werkzeug.datastructures import FileStorage

from engine.base.i18n import _

DEEPEST = 30
MOST_VALUES = 5_000
LARGEST_NUMBER = 2**63 - 1
# Control characters cannot be kept by PostgreSQL or shown; line ends and tabs may stand in longer texts.
PRINTABLE_LINE = "^[^\\u0000-\\u001f\\u007f]*$"
PRINTABLE_TEXT = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$"
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

REQUIRED = _("This must be given.")
NOT_NULL = _("This must not be null.")
NOT_TEXT = _("This must be a text.")
NOT_WHOLE = _("This must be a whole number.")
NOT_FLAG = _("This must be true or false.")
NOT_OBJECT = _("This must be a JSON object.")
NOT_FILE = _("This must be a file.")
NOT_OFFERED = _("This must be one of: %(choices)s.")
UNKNOWN = _("There is no such field here.")
TOO_SHORT = _("This needs at least %(limit)s characters.")
TOO_LONG = _("This may have at most %(limit)s characters.")
OUT_OF_RANGE = _("This must be from %(least)s to %(most)s.")
UNPRINTABLE = _("This contains characters that cannot be kept.")
TOO_DEEP = _("Objects and lists stand in each other too deeply: at most %(limit)s levels.")
TOO_MANY = _("There are more than %(limit)s values.")
TOO_LARGE = _("A number here is too large.")

Check = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; `message` is a catalogue text."""

    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def refusal(code: str, message: str, **params: Any) -> ValidationError:
    return ValidationError([Fault(code, message, params)])


class _Named(Field[Any]):
    """What every field of ours refuses in the same words."""

    def make_error(self, key: str, **_kwargs: Any) -> ValidationError:
        if key == "required":
            return refusal("required", REQUIRED)
        if key == "null":
            return refusal("null", NOT_NULL)
        return super().make_error(key, **_kwargs)


class Line(_Named, fields.String):
    """A text of one line."""

    unstorable = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
    pattern = PRINTABLE_LINE

    def __init__(self, *, most: int, least: int = 0, example: str = "", about: str = "", **rest: Any) -> None:
        self.least, self.most = least, most
        described = {"maxLength": most, "pattern": self.pattern} | ({"minLength": least} if least else {})
        super().__init__(metadata=described | told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> str:
        if not isinstance(value, str):
            raise refusal("type", NOT_TEXT)
        if len(value) < self.least:
            raise refusal("too_short", TOO_SHORT, limit=self.least)
        if len(value) > self.most:
            raise refusal("too_long", TOO_LONG, limit=self.most)
        if self.unstorable.search(value):
            raise refusal("unprintable", UNPRINTABLE)
        return value


class Text(Line):
    """The same with line ends and tabs."""

    unstorable = UNSTORABLE
    pattern = PRINTABLE_TEXT


class Secret(_Named, fields.String):
    """A password: any characters, never shown again."""

    def __init__(self, *, most: int, example: str) -> None:
        self.most = most
        super().__init__(required=True, metadata={"maxLength": most, "format": "password"} | told(example, ""))

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> str:
        if not isinstance(value, str):
            raise refusal("type", NOT_TEXT)
        if len(value) > self.most:
            raise refusal("too_long", TOO_LONG, limit=self.most)
        return value


class Whole(_Named, fields.Integer):
    """A whole number; in an address also as digits."""

    def __init__(self, *, least: int, most: int, about: str = "", example: int | None = None, **rest: Any) -> None:
        self.least, self.most = least, most
        super().__init__(metadata={"minimum": least, "maximum": most} | told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> int:
        number = self._number(value)
        if not self.least <= number <= self.most:
            raise refusal("out_of_range", OUT_OF_RANGE, least=self.least, most=self.most)
        return number

    def _number(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise refusal("type", NOT_WHOLE)
        return value


class WholeInAddress(Whole):
    """The same as digits, as it stands in a query."""

    def _number(self, value: Any) -> int:
        if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 10:
            raise refusal("type", NOT_WHOLE)
        return int(value)


class Flag(_Named, fields.Boolean):
    def __init__(self, *, about: str = "", example: bool | None = None, **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise refusal("type", NOT_FLAG)
        return value


class FlagInAddress(Flag):
    """`true` or `false`, as it stands in a query or beside a file."""

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> bool:
        if value not in ("true", "false"):
            raise refusal("type", NOT_FLAG)
        return bool(value == "true")


class OneOf(_Named, fields.String):
    """A word of a closed list."""

    def __init__(self, words: type[StrEnum], *, about: str = "", **rest: Any) -> None:
        self.words = words
        enum: list[str | None] = [word.value for word in words]
        nothing: list[str | None] = [None] if rest.get("allow_none") else []
        super().__init__(metadata={"enum": enum + nothing} | told(enum[0], about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> StrEnum:
        try:
            return self.words(value)
        except ValueError:
            raise refusal("not_offered", NOT_OFFERED, choices=", ".join(self.words)) from None


class Said(fields.String):
    """A text of an answer, as the house has it."""

    def __init__(self, *, example: str = "", about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)


class Number(fields.Integer):
    """A number of an answer."""

    def __init__(self, *, example: int = 1, about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)


class Moment(fields.DateTime):
    """An instant in UTC, such as 2026-11-23T01:00:00.000Z."""

    def __init__(self, *, about: str = "", **rest: Any) -> None:
        super().__init__(format="iso", metadata=told("2026-11-23T01:00:00.000Z", about), **rest)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class Data(_Named, fields.Dict):
    """A JSON object of any content, within bounds."""

    def __init__(self, *, about: str = "", example: Mapping[str, Any] | None = None, **rest: Any) -> None:
        super().__init__(metadata={"additionalProperties": True} | told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise refusal("type", NOT_OBJECT)
        check_data(value)
        return value


class Texts(_Named, fields.Dict):
    """A JSON object whose values are texts."""

    def __init__(self, *, most: int, longest_key: int, longest: int, about: str = "", **rest: Any) -> None:
        self.most = most
        keys, values = Line(most=longest_key, least=1), Text(most=longest)
        super().__init__(keys=keys, values=values, metadata={"maxProperties": most} | told(None, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise refusal("type", NOT_OBJECT)
        if len(value) > self.most:
            raise refusal("too_many", TOO_MANY, limit=self.most)
        return dict(super()._deserialize(value, attr, data, **kwargs))  # type: ignore[no-untyped-call]


class FileSent(_Named, fields.Raw):
    """A file of a form with files."""

    def __init__(self, *, about: str = "", **rest: Any) -> None:
        super().__init__(metadata={"type": "string", "format": "binary"} | told(None, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> FileStorage:
        if not isinstance(value, FileStorage):
            raise refusal("type", NOT_FILE)
        return value


class Request(Schema):
    """What a caller sends: keys that are not asked for are refused."""

    most_bytes = 1 << 20
    error_messages = {"unknown": UNKNOWN, "type": NOT_OBJECT}

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """What a caller gets: every key is always there."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.required = True


def told(example: Any, about: str) -> dict[str, Any]:
    return ({"examples": [example]} if example not in (None, "") else {}) | ({"description": about} if about else {})


def check_data(value: Any) -> None:
    """Bounds on depth and number of values; texts and numbers that can be kept. The rest is for who uses it."""
    level: Sequence[Any] = [value]
    count = 0
    for _depth in range(DEEPEST):
        for part in level:
            _check_part(part)
        level = [inner for part in level for inner in _parts(part)]
        count += len(level)
        if count > MOST_VALUES:
            raise refusal("too_many", TOO_MANY, limit=MOST_VALUES)
        if not level:
            return
    raise refusal("too_deep", TOO_DEEP, limit=DEEPEST)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_part(value: Any) -> None:
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise refusal("unprintable", UNPRINTABLE)
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise refusal("too_large", TOO_LARGE)
    if isinstance(value, float) and not math.isfinite(value):
        raise refusal("too_large", TOO_LARGE)
