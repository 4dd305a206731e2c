"""What is wrong with the days and texts that people give for the calendar."""

from collections.abc import Iterator
from datetime import date

from engine.base.errors import FieldProblem
from engine.base.i18n import _

TEXT_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


def problems_of_name(name: str) -> Iterator[FieldProblem]:
    if not name.strip():
        yield FieldProblem(name="name", code="required", message=_("Please fill this in."))
    yield from problems_of_length("name", name)


def problems_of_length(field: str, text: str) -> Iterator[FieldProblem]:
    if len(text.strip()) > TEXT_LENGTH:
        too_long = _("Please use at most %(length)s characters.")
        yield FieldProblem(name=field, code="too_long", message=too_long, params={"length": TEXT_LENGTH})


def problems_of_day(field: str, day: date) -> Iterator[FieldProblem]:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        params = {"first": FIRST_YEAR, "last": LAST_YEAR}
        message = _("The calendar reaches from %(first)s to %(last)s.")
        yield FieldProblem(name=field, code="out_of_range", message=message, params=params)
