"""Views of the board to take away, as XLSX or CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from engine.base.spreadsheet_writing import CSV_TYPE, XLSX_TYPE, Value, csv_parts, xlsx_file
from webui.pages.board_address import BoardAddress
from webui.texts import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def answer_of_period(kind: str, name: str, table: Table, address: BoardAddress) -> ResponseReturnValue:
    """Its name says the period; each row says what part of the office it counts."""
    days = (address.days.first, address.days.last)
    filename = f"{name}-{days[0].isoformat()}-{days[1].isoformat()}"
    headings = [_("Part of the office"), _("From day"), _("Until day")]
    return _answer(kind, filename, table, headings, [address.part_in_words, *days])


def answer_of_now(kind: str, name: str, table: Table, address: BoardAddress) -> ResponseReturnValue:
    """The same of what is so at this moment, whatever the period."""
    filename = f"{name}-{address.moment:%Y-%m-%d-%H%M}"
    headings = [_("Part of the office"), _("State of things at")]
    return _answer(kind, filename, table, headings, [address.part_in_words, address.moment])


def as_cell(moment: datetime | None) -> datetime | None:
    """As a spreadsheet keeps it: the time of the office, without its zone."""
    return None if moment is None else moment.astimezone(get_timezone()).replace(tzinfo=None)


def _answer(
    kind: str, filename: str, table: Table, more_headings: Sequence[str], more_cells: Sequence[Value]
) -> ResponseReturnValue:
    headings = [*table.headings, *more_headings]
    rows = [[*row, *more_cells] for row in table.rows]
    if kind == "xlsx":
        file = xlsx_file(filename, headings, rows)
        return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name=f"{filename}.xlsx")
    answer = Response(csv_parts(headings, rows), mimetype=CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{filename}.csv")
    return answer


def export_links(endpoint: str, address: BoardAddress, **more: Any) -> list[tuple[str, str]]:
    return [
        (_("Excel"), url_for(endpoint, kind="xlsx", **address.query(**more))),
        ("CSV", url_for(endpoint, kind="csv", **address.query(**more))),
    ]
