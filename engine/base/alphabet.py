"""Names stand as people look for them in a list: capitals and small letters alike, not by their bytes."""

from typing import Any

from sqlalchemy import ColumnElement, func, tuple_


def in_alphabet(name: Any) -> ColumnElement[str]:
    """The key by which a name is sorted, made by the database, so that its lists and their cursors agree."""
    return func.lower(name)


def stands_after(name: Any, row_id: Any, last_name: str, last_id: int) -> ColumnElement[bool]:
    """True for what comes after the last row of a page, in a list by name."""
    return tuple_(in_alphabet(name), row_id) > tuple_(in_alphabet(last_name), last_id)
