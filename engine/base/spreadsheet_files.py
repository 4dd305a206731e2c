"""XLSX workbooks that anyone may have sent: looked at as a zip first, then read row by row."""

import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from engine.base.spreadsheet_cells import text_of_value
from engine.base.spreadsheet_refusals import HasMacros, NoWorkbook, UnpacksTooLarge

MOST_UNPACKED = 64 << 20
MOST_PARTS = 1_000
# Sheets of equal rows are packed to a fiftieth; what is packed to less than this was made to be unpacked.
MOST_RATIO = 200
FREE_OF_RATIO = 4 << 20
HIGHEST_ROW = 1_048_576
CONTENTS = "[Content_Types].xml"
# What zip, XML and the reader raise over bytes that are no workbook.
DAMAGED = (
    InvalidFileException,
    *(BadZipFile, zlib.error, struct.error, OSError, EOFError, SyntaxError, RuntimeError),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
)


def workbook_rows(content: bytes, columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first visible sheet that holds any, with their numbers, as wide as `columns`."""
    _check_parts(content)
    try:
        yield from _rows(content, columns)
    except DAMAGED:
        raise NoWorkbook from None


def _check_parts(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except DAMAGED:
        raise NoWorkbook from None
    # A part gives no more bytes than it declares here: the reader of the zip holds it to that.
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > max(FREE_OF_RATIO, MOST_RATIO * len(content))
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS or is_bomb:
        raise UnpacksTooLarge
    names = {part.filename for part in parts}
    if CONTENTS not in names:
        raise NoWorkbook
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise HasMacros


def _rows(content: bytes, columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not know; the cells are read all the same
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        for name in _visible_sheets(workbook):
            has_any = False
            sheet = workbook[name]
            # Bounds from here: those that the file tells of itself may be wrong, or as large as can be.
            rows = sheet.iter_rows(min_row=1, max_row=HIGHEST_ROW, min_col=1, max_col=columns, values_only=True)
            for number, row in enumerate(rows, start=1):
                if any(value is not None for value in row):
                    has_any = True
                    yield number, [text_of_value(value) for value in row]
            if has_any:
                return
    finally:
        workbook.close()


def _visible_sheets(workbook: Workbook) -> list[str]:
    return [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
