"""The lines of a kept table: of its file, or as they were read from it once."""

import json
import zlib
from collections.abc import Sequence

from engine.base.spreadsheets import TableLine, first_lines, read_table
from engine.organisation.model import OfficeImport

READ_ALREADY = b"\0"  # no file begins so: neither a workbook nor text does
Lines = tuple[TableLine, tuple[TableLine, ...]]


def lines_of(row: OfficeImport) -> Lines:
    """The headings, and what stands below them."""
    heading, *rest = _from_heading(row, _all_lines(row.content))
    return heading, tuple(rest)


def keep_lines(row: OfficeImport, lines: Lines) -> None:
    """Once it was read whole, its cells are kept instead of the file: reading took longer than all the rest."""
    heading, rest = lines
    content = json.dumps([[line.number, line.cells] for line in (heading, *rest)], ensure_ascii=False)
    row.content = READ_ALREADY + zlib.compress(content.encode())


def beginning_of(row: OfficeImport, most: int) -> list[TableLine]:
    """The headings and what stands below them, of so many first lines of the file."""
    if row.content.startswith(READ_ALREADY):
        return _from_heading(row, _all_lines(row.content)[:most])
    return _from_heading(row, first_lines(row.content, most))


def _all_lines(content: bytes) -> tuple[TableLine, ...]:
    if not content.startswith(READ_ALREADY):
        return read_table(content)
    kept = json.loads(zlib.decompress(content.removeprefix(READ_ALREADY)))
    return tuple(TableLine(number=number, cells=tuple(cells)) for number, cells in kept)


def _from_heading(row: OfficeImport, lines: Sequence[TableLine]) -> list[TableLine]:
    return [line for line in lines if line.number >= row.heading_row]
