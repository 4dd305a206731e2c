"""How it went in a period: met and missed by unit, procedure, step or person, with what is open of each now."""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.spreadsheet_writing import Value
from engine.insight.days import weeks_before
from engine.insight.figures_by import By, FigureLine, case_totals, figures_by, together, totals, weeks
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import BoardAddress, board_address, periods
from webui.pages.board_asked import word_asked
from webui.pages.board_charts import week_bars
from webui.pages.board_export import Table, answer_of_period, export_links
from webui.pages.board_rows import leads, step_row, week_list
from webui.pages.board_tabs import board_tabs
from webui.pages.monitoring import TREND_WEEKS
from webui.texts import _

bp = Blueprint("board_period", __name__)

DIMENSIONS = {"unit": By.UNIT, "prosedur": By.PROCEDURE, "langkah": By.STEP, "pegawai": By.PERSON}
MOST_ROWS = 100


@bp.get("/pemantauan/periode")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        by = _dimension()
        lines = figures_by(reading, address.days, address.within, by)
        everybody = by is not By.PERSON  # of whom some may not be shown
        total = together(lines) if everybody else totals(reading, address.days, address.within)
        cases = case_totals(reading, address.days, address.within)
        trend = weeks(reading, weeks_before(address.past, TREND_WEEKS), address.within)
    page = render_template(
        "board_period.html",
        address=address,
        tabs=board_tabs(address),
        periods=periods(),
        exports=export_links(".download", address, menurut=_word(by)),
        by=by,
        dimensions=_dimensions(address, by),
        word=_word(by),
        rows=[step_row(address, line, by) for line in lines[:MOST_ROWS]],
        left_out=max(0, len(lines) - MOST_ROWS),
        total=total,
        cases=cases,
        leads=leads(address),
        chart=week_bars(trend),
        week_list=week_list(address),
    )
    return page, 422 if address.problem else 200


@bp.get("/pemantauan/periode.<any(csv, xlsx):kind>")
@signed_in
def download(kind: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        lines = figures_by(reading, address.days, address.within, _dimension())
    return answer_of_period(kind, "kinerja", table_of(lines), address)


def table_of(lines: Sequence[FigureLine]) -> Table:
    """All figures of each line, in whole minutes of working time."""
    return Table(headings=[_("Name"), _("Procedure"), *_counted()], rows=[_cells(line) for line in lines])


def _counted() -> list[str]:
    return [
        *(_("Done"), _("In time"), _("Too late"), _("Sent back")),
        *(_("Minutes waited"), _("Minutes worked"), _("Minutes stopped"), _("Minutes by the norm")),
        *(_("Open now"), _("Late now"), _("At risk now"), _("In a queue now")),
    ]


def _cells(line: FigureLine) -> list[Value]:
    found = line.figures
    return [
        line.name,
        line.procedure,
        *(found.done, found.met, found.missed, found.returned),
        *(found.waited_minutes, found.worked_minutes, found.stopped_minutes, found.norm_minutes),
        *(found.open, found.late, found.at_risk, found.unclaimed),
    ]


def _dimension() -> By:
    return DIMENSIONS[word_asked("menurut", DIMENSIONS, "unit")]


def _word(by: By) -> str:
    return next(word for word, each in DIMENSIONS.items() if each is by)


def _dimensions(address: BoardAddress, by: By) -> list[tuple[str, str, bool, None, str]]:
    labels = {By.UNIT: _("Unit"), By.PROCEDURE: _("Procedure"), By.STEP: _("Step"), By.PERSON: _("Person")}
    return [
        (labels[each], url_for(".index", **address.query(menurut=word)), each is by, None, "")
        for word, each in DIMENSIONS.items()
    ]
