"""Fields of answers: said as the house has it, with an example of each."""

from datetime import UTC, datetime
from typing import Any

from apiflask import Schema
from marshmallow import fields
from marshmallow.fields import Field

from webui.api.fields import told


class Said(fields.String):
    """A text of an answer, as the house has it."""

    def __init__(self, *, example: str = "", about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)


class Number(fields.Integer):
    """A number of an answer."""

    def __init__(self, *, example: int = 1, about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)


class YesOrNo(fields.Boolean):
    """A truth of an answer."""

    def __init__(self, *, example: bool, about: str = "", **rest: Any) -> None:
        super().__init__(metadata=told(example, about), **rest)


def instant(value: datetime) -> str:
    """As all instants are written here."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class Moment(fields.DateTime):
    """An instant in UTC, such as 2026-11-23T01:00:00.000Z."""

    def __init__(self, *, about: str = "", **rest: Any) -> None:
        super().__init__(format="iso", metadata=told("2026-11-23T01:00:00.000Z", about), **rest)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_kwargs: Any) -> str | None:
        return None if value is None else instant(value)


class Answer(Schema):
    """What a caller gets: every key is always there."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.required = True
