"""Where time goes: steps that wait more than they are worked at, and what came back with the reasons."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.insight.bottlenecks import reasons
from engine.insight.figures_by import By, Figures, figures_by
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import board_address, periods
from webui.pages.board_export import Table, answer_of_period, export_links
from webui.pages.board_rows import StepRow, leads, step_row
from webui.pages.board_tabs import board_tabs
from webui.texts import _

bp = Blueprint("board_bottlenecks", __name__)

MOST_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Working minutes of an average turn of a step: until somebody took it, while she worked at it."""

    row: StepRow
    waited: float
    worked: float

    @property
    def waits_share(self) -> float:
        whole = self.waited + self.worked
        return self.waited / whole if whole else 0.0


@bp.get("/pemantauan/hambatan")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        lines = figures_by(reading, address.days, address.within, By.STEP)
        why = reasons(reading, address.days, address.within)
    rows = [step_row(address, line, By.STEP) for line in lines]
    waiting = sorted((row for row in rows if row.figures.waited_minutes), key=_waited, reverse=True)[:MOST_ROWS]
    times = [_times(row) for row in waiting]
    page = render_template(
        "board_bottlenecks.html",
        address=address,
        tabs=board_tabs(address),
        periods=periods(),
        exports=export_links(".download", address),
        times=times,
        longest=max((each.waited + each.worked for each in times), default=0.0),
        reworked=sorted((row for row in rows if row.figures.returned), key=_returned, reverse=True)[:MOST_ROWS],
        returned=sum(row.figures.returned for row in rows),
        reasons=why,
        leads=leads(address),
    )
    return page, 422 if address.problem else 200


@bp.get("/pemantauan/hambatan.<any(csv, xlsx):kind>")
@signed_in
def download(kind: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        lines = figures_by(reading, address.days, address.within, By.STEP)
        why = reasons(reading, address.days, address.within)
    steps = ((line.name, line.procedure, *_exported(line.figures), None) for line in lines)
    came_back = ((None, None, None, None, None, line.times, line.reason) for line in why)
    headings = [_("Step"), _("Procedure"), _("Done"), _("Minutes waited"), _("Minutes worked"), _("Sent back")]
    table = Table(headings=[*headings, _("Reason")], rows=[*steps, *came_back])
    return answer_of_period(kind, "hambatan", table, address)


def _exported(found: Figures) -> tuple[int, ...]:
    return found.done, found.waited_minutes, found.worked_minutes, found.returned


def _times(row: StepRow) -> Times:
    done = row.figures.done or 1
    return Times(row=row, waited=row.figures.waited_minutes / done, worked=row.figures.worked_minutes / done)


def _waited(row: StepRow) -> int:
    return row.figures.waited_minutes


def _returned(row: StepRow) -> int:
    return row.figures.returned
