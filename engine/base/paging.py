"""Lists are paged by key: the page after a row, never the page number n."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from engine.base.errors import Invalid
from engine.base.i18n import _

Item = TypeVar("Item")
PAGE_SIZE = 50
LONGEST_CURSOR = 500
LARGEST_ID = 2**31 - 1  # PostgreSQL refuses to compare an id with anything larger


class BadCursor(Invalid):
    code = "paging.bad_cursor"
    message = _("This place in the list is not known. Start again from the top of the list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    items: tuple[Item, ...]
    next_cursor: str | None


def page_of(rows: Sequence[Item], size: int, key: Callable[[Item], Sequence[Any]]) -> Page[Item]:
    """A page from up to `size + 1` rows; the one too many only tells that there is more."""
    shown = tuple(rows[:size])
    return Page(items=shown, next_cursor=to_cursor(key(shown[-1])) if len(rows) > size else None)


def to_cursor(key: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def from_cursor(cursor: str, length: int) -> list[Any]:
    """The key of `length` parts behind a cursor; raises BadCursor for anything we did not make."""
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise BadCursor from None
    if not isinstance(key, list) or len(key) != length:
        raise BadCursor
    return key


def id_from_cursor(cursor: str) -> int:
    """The row's id behind a cursor whose whole key it is."""
    (row_id,) = from_cursor(cursor, 1)
    return _id(row_id)


def moment_and_id_from_cursor(cursor: str) -> tuple[datetime, int]:
    """The moment and the id behind the cursor of a list that stands by moment."""
    moment, row_id = from_cursor(cursor, 2)
    try:
        instant = datetime.fromisoformat(moment)
        if instant.utcoffset() == timedelta(0):
            return instant, _id(row_id)
    except (TypeError, ValueError):
        raise BadCursor from None
    raise BadCursor


def name_and_id_from_cursor(cursor: str) -> tuple[str, int]:
    """The name and the id behind the cursor of a list that stands by name."""
    name, row_id = from_cursor(cursor, 2)
    if not isinstance(name, str) or not name.isprintable():  # no database keeps a NUL
        raise BadCursor
    return name, _id(row_id)


def _id(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_ID:
        raise BadCursor
    return value
