"""JSON of any content, within bounds that both databases and the runtime can keep."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import fields

from webui.api.faults import NOT_OBJECT, TOO_DEEP, TOO_LARGE, TOO_MANY, UNPRINTABLE, refusal
from webui.api.fields import UNSTORABLE, Check, Named, told

DEEPEST = 30
MOST_VALUES = 5_000
LARGEST_NUMBER = 2**63 - 1


class Data(Named, fields.Dict):
    """A JSON object of any content, within bounds."""

    def __init__(self, *, about: str = "", example: Mapping[str, Any] | None = None, **rest: Any) -> None:
        super().__init__(metadata={"additionalProperties": True} | told(example, about), **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Check | None, **_kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise refusal("type", NOT_OBJECT)
        check_data(value)
        return value


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
