"""Where the cases of one procedure wait: its diagram with what lies at each step, and the same as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.access.permissions import Permission, require
from engine.base.spreadsheet_writing import Value
from engine.base.unit_of_work import Reading
from engine.bpmn.diagram import diagram_svg
from engine.bpmn.marks import Mark
from engine.bpmn.tallies import Tally, heat_of
from engine.definitions.queries import InForce, in_force, source_of
from engine.insight.bottlenecks import Median, done_again, medians
from engine.insight.figures_by import By, FigureLine, case_totals, figures_by
from engine.insight.within import Within
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.board_address import BoardAddress, board_address, periods
from webui.pages.board_export import Table, answer_of_period, export_links
from webui.pages.board_rows import StepRow, step_row
from webui.texts import _, ngettext
from webui.wording import rough_duration, working_duration

bp = Blueprint("board_procedure", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A step with what lies there now, how many turns were not the first, and half of how many took how long."""

    row: StepRow
    element: str
    median: Median | None
    again: int

    @property
    def is_drawn(self) -> bool:
        return bool(self.row.figures.open or self.median)


@bp.get("/pemantauan/prosedur/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        procedure = in_force(reading.session, key)
        within = _within(address, procedure)
        places = _places(reading, address, within)
        cases = case_totals(reading, address.days, within)
        picture = _picture(reading, procedure, places)
    page = render_template(
        "board_procedure.html",
        address=address,
        procedure=procedure,
        periods=periods(),
        exports=export_links(".download", address, key=key),
        places=places,
        cases=cases,
        picture=picture,
        ended=lambda **more: url_for("cases.index", **address.ended(prosedur=key, **more)),
        started=url_for("cases.index", **address.started(prosedur=key)),
    )
    return page, 422 if address.problem else 200


@bp.get("/pemantauan/prosedur/<key>.<any(csv, xlsx):kind>")
@signed_in
def download(key: str, kind: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        procedure = in_force(reading.session, key)
        places = _places(reading, address, _within(address, procedure))
    headings = [_("Step"), _("Open now"), _("Late now"), _("At risk now"), _("Done"), _("In time"), _("Too late")]
    headings += [_("Done again")]
    headings += [_("Median minutes waited"), _("Median minutes worked"), _("Median minutes in all")]
    return answer_of_period(kind, key, Table(headings=headings, rows=[_cells(place) for place in places]), address)


def _within(address: BoardAddress, procedure: InForce) -> Within:
    return Within(units=address.within.units, definition_id=procedure.definition_id)


def _places(reading: Reading, address: BoardAddress, within: Within) -> list[Place]:
    """Where most lies stands first."""
    median, again = medians(reading, address.days, within), done_again(reading, address.days, within)
    lines = sorted(figures_by(reading, address.days, within, By.STEP), key=_most_first)
    return [
        Place(
            row=step_row(address, line, By.STEP),
            element=line.element or "",
            median=median.get(line.element or ""),
            again=again.get(line.element or "", 0),
        )
        for line in lines
    ]


def _most_first(line: FigureLine) -> tuple[int, int, str]:
    return -line.figures.open, -line.figures.done, line.name or ""


def _picture(reading: Reading, procedure: InForce, places: list[Place]) -> Markup:
    """Of the version in force; steps that only older versions have stand in the table alone."""
    if procedure.version_id is None:
        return Markup("")
    most = max((place.row.figures.open for place in places), default=0)
    tallies = {place.element: _tally(place, most) for place in places if place.is_drawn}
    source = source_of(reading.session, procedure.version_id)
    # The drawing escapes all text from the file and from the tallies; see engine/bpmn/svg.py.
    return Markup(diagram_svg(source, _marks(places), language(), tallies))  # noqa: S704


def _marks(places: list[Place]) -> Mapping[str, Mark]:
    return {place.element: _mark(place) for place in places if place.row.figures.open}


def _mark(place: Place) -> Mark:
    found = place.row.figures
    return Mark.LATE if found.late else Mark.AT_RISK if found.at_risk else Mark.ACTIVE


def _tally(place: Place, most: int) -> Tally:
    found, median = place.row.figures, place.median
    words = [ngettext("%(num)s waits here", "%(num)s wait here", found.open)] if found.open else []
    if median is not None:
        words.append(_("median %(duration)s", duration=working_duration(timedelta(minutes=median.whole))))
    return Tally(
        count=found.open,
        heat=heat_of(found.open, most),
        below="" if median is None else rough_duration(timedelta(minutes=median.whole)),
        words=", ".join(words),
    )


def _cells(place: Place) -> list[Value]:
    found, median = place.row.figures, place.median
    minutes = (None,) * 3 if median is None else (median.waited, median.worked, median.whole)
    counts = (found.open, found.late, found.at_risk, found.done, found.met, found.missed, place.again)
    return [place.row.name, *counts, *minutes]
