"""Days as people and spreadsheet programs write them, the day before its month: 03/04/2026 is the third of April."""

import re
from datetime import date, timedelta

from engine.base.i18n import _

# Indonesian first, then English, where it differs; the first three letters are enough, as in "22 Agu 2026".
MONTHS = {
    name[:length]: number
    for number, names in enumerate(
        (
            ("januari", "january"),
            ("februari", "february", "pebruari"),
            ("maret", "march"),
            ("april",),
            ("mei", "may"),
            ("juni", "june"),
            ("juli", "july"),
            ("agustus", "august"),
            ("september",),
            ("oktober", "october"),
            ("november", "nopember"),
            ("desember", "december"),
        ),
        start=1,
    )
    for name in names
    for length in {3, len(name)}
} | {"agt": 8, "sept": 9}
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d\d[:.]\d\d(?:[:.]\d\d)?)?", re.ASCII)
IN_WORDS = re.compile(r"(?:[a-z]+, ?)?(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.ASCII)
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100
TOO_FAR = _("The year %(year)s lies too far away. Look at it again.")
LONGEST_DAY = 40
# Excel counts days, and counts one that never was, the 29th of February 1900: this beginning makes up for it.
BEFORE_FIRST_SERIAL = date(1899, 12, 30)


def find_day(text: str) -> date | None:
    """The day that `text` writes in one of the usual ways, or as Excel's number of it."""
    text = " ".join(text.lower().split())
    if found := YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := DAY_FIRST.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := IN_WORDS.fullmatch(text):
        return _day(found[3], MONTHS.get(found[2], 0), found[1])
    if found := SERIAL.fullmatch(text):
        return BEFORE_FIRST_SERIAL + timedelta(days=int(found[1]))
    return None


def day_written(text: str) -> date | None:
    """A day as people write it: no spreadsheet made a number of it."""
    text = text.strip()[:LONGEST_DAY]
    return None if SERIAL.fullmatch(text) else find_day(text)


def is_near(day: date) -> bool:
    """In a year in which somebody here plans or remembers."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
