"""A table that somebody sends, as CSV or XLSX: its lines as text, or a refusal that says what to do."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from statistics import multimode

from engine.base.i18n import _
from engine.base.spreadsheet_cells import kept_text, plain_text
from engine.base.spreadsheet_files import workbook_rows
from engine.base.spreadsheet_refusals import (
    CellTooLong,
    IsEmpty,
    IsNoTable,
    IsOldOrProtected,
    IsWebPage,
    NoTable,
    TooLarge,
    TooManyColumns,
    TooManyRows,
)

MOST_BYTES = 5 << 20
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
SEPARATORS = (";", ",", "\t")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BEGINNING = 1_024
OTHER_KINDS = {
    b"%PDF": _("a PDF"),
    b"\xef\xbb\xbf%PDF": _("a PDF"),
    b"{\\rtf": _("a text document"),
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"GIF8": _("a picture"),
}
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """`number` is what the spreadsheet program shows at its left; cells at the end that are empty are left out."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


def read_table(content: bytes) -> tuple[TableLine, ...]:
    """The lines of a CSV or XLSX file that hold anything, days written 2026-11-22; raises a TableRefused."""
    return tuple(_lines(content))


def first_lines(content: bytes, most: int) -> tuple[TableLine, ...]:
    """The beginning, to see what a large file is about; what is wrong further below is not seen yet."""
    return tuple(islice(_lines(content), most))


def _lines(content: bytes) -> Iterator[TableLine]:
    if len(content) > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES >> 20)
    if content.startswith(OLD_EXCEL):
        raise IsOldOrProtected
    other = next((kind for sign, kind in OTHER_KINDS.items() if content[:BEGINNING].lstrip().startswith(sign)), None)
    if other is not None:
        raise IsNoTable(kind={"message": other})
    if content.startswith(b"PK"):
        rows: Iterable[tuple[int, Sequence[str]]] = workbook_rows(content, MOST_COLUMNS + 1)
    else:
        rows = _csv_rows(content)
    is_empty = True
    for place, (number, cells) in enumerate((row for row in rows if any(row[1])), start=1):
        is_empty = False
        _check(place, number, cells)
        yield TableLine(number=number, cells=_without_empty_end(cells))
    if is_empty:
        raise IsEmpty


def _check(place: int, number: int, cells: Sequence[str]) -> None:
    if place > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    if any(cells[MOST_COLUMNS:]):
        raise TooManyColumns(row=number, most=MOST_COLUMNS)
    for column, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            raise CellTooLong(row=number, column=column, most=LONGEST_CELL)


def _without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    length = len(cells)
    while length and not cells[length - 1]:
        length -= 1
    return tuple(cells[:length])


def _csv_rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(content)
    if text.lstrip().startswith("<"):
        raise IsWebPage
    first, _end, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE)
    reader = csv.reader(StringIO(rest if told else text, newline=""), delimiter=told[1] if told else _separator(text))
    above = 1 if told else 0
    while True:
        number = reader.line_num + above + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise NoTable(row=number) from None
        if cells is None:
            return
        yield number, [kept_text(plain_text(cell)) for cell in cells]


def _decoded(content: bytes) -> str:
    """UTF-8, or what Excel writes on Windows where it is not told to write UTF-8."""
    if content.startswith(UTF_16):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoTable(row=1)


def _separator(text: str) -> str:
    """The sign that divides most of the first lines into equally many parts."""
    lines = [line for line in QUOTED.sub("", text[: 1 << 16]).splitlines() if line][:30]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [count for line in lines if (count := line.count(sign))]
        usual = max(multimode(counts), default=0)
        return counts.count(usual), usual

    return max(SEPARATORS, key=agreement)
