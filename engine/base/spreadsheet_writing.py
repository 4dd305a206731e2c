"""Tables to take away, as CSV or XLSX, row by row: nothing in them is a formula, and numbers keep their digits."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import StringIO
from tempfile import SpooledTemporaryFile
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from engine.base.spreadsheet_cells import guarded_text, text_of_value
from engine.base.text import UNSTORABLE

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_AT_ONCE = 500
KEPT_IN_MEMORY = 4 << 20
NARROWEST, WIDEST = 10, 50
HEADING_COLOUR = "1F6F4A"
BYTE_ORDER_MARK = "\ufeff"

Value = str | int | float | date | time | None  # a datetime is a date, too
Cells = Sequence[Value]
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def csv_parts(headings: Cells, rows: Iterable[Cells]) -> Iterator[bytes]:
    """The file, portion by portion.

    Semicolons, since Indonesian Windows writes decimals with a comma and its Excel divides lines at semicolons; the
    mark at the beginning tells Excel that this is UTF-8.
    """
    text = StringIO(BYTE_ORDER_MARK)
    text.seek(len(BYTE_ORDER_MARK))
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_guarded(headings))
    for place, row in enumerate(rows, start=1):
        writer.writerow(_guarded(row))
        if place % ROWS_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def xlsx_file(title: str, headings: Sequence[str | None], rows: Iterable[Cells]) -> IO[bytes]:
    """The open file, at its beginning: one sheet whose headings stay in sight; texts stay text, numbers reckon."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "Data")
    sheet.freeze_panes = "A2"
    for column, heading in enumerate(headings, start=1):
        width = min(WIDEST, max(NARROWEST, len(heading or "") + 6))
        dimensions = sheet.column_dimensions[get_column_letter(column)]
        dimensions.width = width
        dimensions.number_format = "@"  # also what is typed below keeps its digits
    sheet.append([_heading(sheet, heading or "") for heading in headings])
    pattern = WriteOnlyCell(sheet)
    pattern.number_format = "@"
    pattern.quotePrefix = True
    for row in rows:
        sheet.append([_cell(sheet, value, pattern) for value in row])
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}1"
    file: IO[bytes] = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # whoever sends it closes it
    workbook.save(file)
    file.seek(0)
    return file


def _guarded(row: Cells) -> list[str]:
    return [guarded_text(value) if isinstance(value, str) else text_of_value(value) for value in row]


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=HEADING_COLOUR)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value, pattern: Cell) -> Cell | None:
    if value is None or isinstance(value, str):
        return _text_cell(sheet, value, pattern)
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it takes days, too
    if isinstance(value, date):
        cell.number_format = MOMENT_FORMAT if isinstance(value, datetime) else DAY_FORMAT
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, value: str | None, pattern: Cell) -> Cell | None:
    if not value:
        return None
    cell = WriteOnlyCell(sheet, UNSTORABLE.sub("", value))
    cell.data_type = "s"  # also when it begins with =: never a formula
    # The library has no other way to give many cells one style without looking it up for each.
    cell._style = pattern._style  # type: ignore[attr-defined]
    return cell
