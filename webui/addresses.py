"""What may stand in an address: ids that a database can hold, names that can be written down, days.

Pages and API share these. `<int:…>` is the converter below everywhere, so that no page can forget it: an id that
no row can have is a page that does not exist, not a fault of the database. For texts that are looked up in the
database, such as keys and case numbers, write `<name:…>` instead of a bare `<…>`; for a day `<day:…>`.
"""

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError

LARGEST_ID = 1_999_999_999  # the integers of PostgreSQL end a little above
LONGEST_NAME = 200


class RowId(IntegerConverter):
    """All is in the pattern: a refusal after it would make an unknown id a wrong method where an address has two."""

    regex = r"[01]?[0-9]{1,9}"


class Name(BaseConverter):
    """A key or a number such as SM-2026-00042; PostgreSQL refuses to look for a text with a NUL in it."""

    regex = rf"[^/\x00-\x1f\x7f]{{1,{LONGEST_NAME}}}"


class Day(BaseConverter):
    """Such as 2026-12-25; the 30th of February is a page that does not exist."""

    regex = r"\d{4}-\d\d-\d\d"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: date | str) -> str:
        return str(value)


def row_id(text: str) -> int:
    """An id that a form sends; raises ValueError for what no row can have."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError
    return number


def bound_addresses(app: Flask) -> None:
    app.url_map.converters.update({"int": RowId, "name": Name, "day": Day})
