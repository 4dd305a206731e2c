"""Fields of requests: what each accepts, how the OpenAPI document describes it, what it says when refusing."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from apiflask import Schema
from marshmallow import RAISE, ValidationError, fields
from marshmallow.fields import Field
from werkzeug.datastructures import FileStorage

from webui.api.faults import (
    NOT_DAY,
    NOT_FILE,
    NOT_FLAG,
    NOT_MOMENT,
    NOT_NULL,
    NOT_OBJECT,
    NOT_OFFERED,
    NOT_TEXT,
    NOT_WHOLE,
    OUT_OF_RANGE,
    REQUIRED,
    TOO_FEW,
    TOO_LONG,
    TOO_MANY,
    TOO_SHORT,
    UNKNOWN,
    UNPRINTABLE,
    refusal,
)

# Control characters cannot be kept by PostgreSQL or shown; line ends and tabs may stand in longer texts.
PRINTABLE_LINE = "^[^\\u0000-\\u001f\\u007f]*$"
PRINTABLE_TEXT = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$"
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_MOMENT = 40

Check = Mapping[str, Any]


class Named(Field[Any]):
    """What every field of ours refuses in the same words."""

    def make_error(self, key: str, **_kwargs: Any) -> ValidationError:
        if key == "required":
            return refusal("required", REQUIRED)
        if key == "null":
            return refusal("null", NOT_NULL)
        return super().make_error(key, **_kwargs)


class Line(Named, fields.String):
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


class Secret(Named, fields.String):
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


class Whole(Named, fields.Integer):
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


class Flag(Named, fields.Boolean):
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


class OneOf(Named, fields.String):
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


class Day(Named, fields.Date):
    """A day of the office's calendar; the last years of the calendar cannot be turned into another zone."""

    def __init__(self, *, about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told("2026-11-23", about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> date:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-23") else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise refusal("type", NOT_DAY)
        return day


class MomentSent(Named, fields.DateTime):
    """An instant with its zone."""

    def __init__(self, *, about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told("2026-11-23T08:00:00+07:00", about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= LONGEST_MOMENT else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise refusal("type", NOT_MOMENT)
        return moment.astimezone(UTC)


class Texts(Named, fields.Dict):
    """A JSON object whose values are texts."""

    def __init__(
        self, *, most: int, longest_key: int, longest: int, least: int = 0, about: str = "", **rest: Any
    ) -> None:
        self.most, self.least = most, least
        keys, values = Line(most=longest_key, least=1), Text(most=longest)
        bounds = {"maxProperties": most} | ({"minProperties": least} if least else {})
        example = {"process.bpmn": "<definitions …>…</definitions>"} if least else None
        super().__init__(keys=keys, values=values, metadata=bounds | told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise refusal("type", NOT_OBJECT)
        if len(value) > self.most:
            raise refusal("too_many", TOO_MANY, limit=self.most)
        if len(value) < self.least:
            raise refusal("too_few", TOO_FEW, limit=self.least)
        return dict(super()._deserialize(value, attr, data, **kwargs))  # type: ignore[no-untyped-call]


class FileSent(Named, fields.Raw):
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


def told(example: Any, about: str) -> dict[str, Any]:
    return ({"examples": [example]} if example not in (None, "") else {}) | ({"description": about} if about else {})
