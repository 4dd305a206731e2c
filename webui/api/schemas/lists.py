"""Lists come in pages: what comes after a row, never page number n."""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from apiflask import Schema
from marshmallow.fields import Field, List, Nested

from engine.base.paging import LONGEST_CURSOR, PAGE_SIZE
from webui.api.answers import Answer, Said
from webui.api.fields import Line, Request, WholeInAddress

LARGEST_PAGE = 100


class PageQuery(Request):
    cursor = Line(
        most=LONGEST_CURSOR, load_default=None, about="The `next_cursor` of the page before; leave it out to begin."
    )
    limit = WholeInAddress(least=1, most=LARGEST_PAGE, load_default=PAGE_SIZE, about="How many rows at most.")


@cache
def page_of(schema: type[Schema]) -> type[Schema]:
    """The schema of a page of such rows, named after them: `Case` gives `CasePage`."""
    rows: dict[str, Field[Any]] = {
        "items": List(Nested(schema)),
        "next_cursor": Said(allow_none=True, about="Null on the last page.", example="WzQyXQ"),
    }
    return cast(type[Schema], Answer.from_dict(rows, name=f"{schema.__name__}Page"))


def whole(rows: Sequence[Any]) -> dict[str, Any]:
    """A list that is short by its nature, as its only page."""
    return {"items": rows, "next_cursor": None}
