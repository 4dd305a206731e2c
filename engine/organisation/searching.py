"""Looking for what people type, in the columns of a list."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true

from engine.base.text import one_line

MOST_WORDS = 8


def says_every_word(search: str, *columns: Any) -> ColumnElement[bool]:
    """Each word stands in one of the columns, in small or capital letters."""
    words = one_line(search).lower().split()[:MOST_WORDS]
    return and_(true(), *(or_(*(_contains(column, word) for column in columns)) for word in words))


def _contains(column: Any, word: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = func.lower(column).contains(word, autoescape=True)
    return found
