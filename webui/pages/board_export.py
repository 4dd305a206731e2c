"""Views of the board to take away, as XLSX or CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, send_file, url_for
from flask.typing import ResponseReturnValue

from engine.base.spreadsheet_writing import CSV_TYPE, XLSX_TYPE, csv_parts, xlsx_file
from webui.pages.board_address import BoardAddress
from webui.texts import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def answer_as(kind: str, name: str, table: Table, address: BoardAddress) -> ResponseReturnValue:
    """Its name says the period; each row says what part of the office it counts."""
    part = address.unit_name or _("All")
    headings = [*table.headings, _("Part of the office"), _("From"), _("To")]
    days = (address.days.first.isoformat(), address.days.last.isoformat())
    rows = [[*(_text(cell) for cell in row), part, *days] for row in table.rows]
    filename = f"{name}-{'-'.join(days)}.{kind}"
    if kind == "xlsx":
        file = xlsx_file(name, headings, rows)
        return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name=filename)
    answer = Response(csv_parts(headings, rows), mimetype=CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer


def export_links(endpoint: str, address: BoardAddress, **more: Any) -> list[tuple[str, str]]:
    return [
        (_("Excel"), url_for(endpoint, kind="xlsx", **address.query(**more))),
        ("CSV", url_for(endpoint, kind="csv", **address.query(**more))),
    ]


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
