"""What may stand in an address: ids that a database can hold, and names that can be written down.

Pages and API share these. `<int:…>` is the converter below everywhere, so that no page can forget it: an id that
no row can have is a page that does not exist, not a fault of the database. For names use `<name:…>`.
"""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

LARGEST_ID = 2**31 - 1
LONGEST_NAME = 200


class RowId(IntegerConverter):
    """A whole number from 0 to the largest that an id can be; ten digits, so that nobody makes us read thousands."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map) -> None:  # werkzeug's name
        super().__init__(map, max=LARGEST_ID)


class Name(BaseConverter):
    """A key or a number such as SM-2026-00042; what cannot be printed is the name of nothing."""

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST_NAME or not value.isprintable():
            raise ValidationError
        return value


def bound_addresses(app: Flask) -> None:
    app.url_map.converters.update({"int": RowId, "name": Name})
