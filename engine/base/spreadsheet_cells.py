"""Cells as text: what a spreadsheet program would change or reckon with is written so that it leaves it alone."""

import re
from datetime import date, datetime, time, timedelta

from engine.base.text import UNSTORABLE

# Formulas, and what would lose digits: Excel keeps 15 of a NIP's 18 and takes the nought of a telephone number away.
TEMPTING = re.compile(r"['=+\-@\t\r]|0\d|\d{15}", re.ASCII)


def kept_text(text: str) -> str:
    """Without white space around, breaks of lines as everywhere, and nothing that no database keeps."""
    return UNSTORABLE.sub("", text.replace("\r\n", "\n")).replace("\r", "\n").strip()


def guarded_text(text: str) -> str:
    """For CSV, whose cells have no kind: an apostrophe before it makes any spreadsheet program take it as text."""
    return f"'{text}" if TEMPTING.match(text) else text


def plain_text(text: str) -> str:
    """The apostrophe of `guarded_text` taken off again."""
    return text[1:] if text.startswith("'") and TEMPTING.match(text[1:]) else text


def text_of_value(value: object) -> str:
    """A workbook's value as people would type it; days as 2026-11-22, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return kept_text(str(value))
