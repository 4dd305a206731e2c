"""Lists are paged by key: the page after a row, never the page number n."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.base.errors import Invalid
from engine.base.i18n import _

Item = TypeVar("Item")
PAGE_SIZE = 50
LONGEST_CURSOR = 500
LARGEST_ID = 2**63 - 1


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
    if not isinstance(row_id, int) or not 0 <= row_id <= LARGEST_ID:
        raise BadCursor
    return row_id
