"""Angka saya: what one has done oneself in a period, and how it went week by week. For oneself alone."""

from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.base.unit_of_work import Reading
from engine.insight.days import weeks_before
from engine.insight.figures_by import By, FigureLine, figures_by, together, weeks
from engine.insight.within import Within
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import BoardAddress, board_address, periods
from webui.pages.board_charts import week_bars
from webui.pages.board_export import answer_of_period, export_links
from webui.pages.board_lists import ONESELF
from webui.pages.board_period import table_of
from webui.pages.board_rows import leads, step_row, week_list
from webui.pages.monitoring import TREND_WEEKS

bp = Blueprint("own_figures", __name__)


@bp.get("/tugas/angka-saya")
@signed_in
def index() -> ResponseReturnValue:
    me = current_actor().employee_id
    with core().read(current_actor()) as reading:
        address = board_address(reading).of_oneself()
        lines = _lines(reading, address, me)
        trend = weeks(reading, weeks_before(address.past, TREND_WEEKS), _own(me))
    page = render_template(
        "own_figures.html",
        address=address,
        periods=periods(),
        exports=export_links(".download", address),
        rows=[step_row(address, line, By.STEP, pegawai=ONESELF) for line in lines],
        total=together(lines),
        leads=leads(address, pegawai=ONESELF),
        chart=week_bars(trend),
        week_list=week_list(address, pegawai=ONESELF),
    )
    return page, 422 if address.problem else 200


@bp.get("/tugas/angka-saya.<any(csv, xlsx):kind>")
@signed_in
def download(kind: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        address = board_address(reading).of_oneself()
        lines = _lines(reading, address, current_actor().employee_id)
    return answer_of_period(kind, "angka-saya", table_of(lines), replace(address, unit_name=current_actor().name))


def _lines(reading: Reading, address: BoardAddress, me: int | None) -> tuple[FigureLine, ...]:
    """Whoever is no employee has done nothing here."""
    return () if me is None else figures_by(reading, address.days, _own(me), By.STEP)


def _own(me: int | None) -> Within:
    return Within(units=None, employee_id=me or 0)
