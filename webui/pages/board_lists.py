"""The steps, and the returns, behind a figure of the board or of one's own."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.paging import LARGEST_ID
from engine.base.spreadsheet_writing import Value
from engine.base.unit_of_work import Reading
from engine.definitions.queries import InForce, in_force
from engine.insight.bottlenecks import LONGEST_REASON, returned
from engine.insight.load import MOST_HOURS, WAITS_LONG_HOURS, ahead
from engine.insight.open_now import OpenStanding
from engine.insight.people import NOBODY
from engine.insight.steps import Outcome, StepLine, StepsWanted, reach_for
from engine.insight.steps import steps as steps_behind
from engine.insight.within import NO_UNIT, Within, below
from engine.organisation.queries import UnitLine, employee, unit
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import BoardAddress, board_address
from webui.pages.board_asked import TooManyLines, number_asked, text_asked, word_asked
from webui.pages.board_export import Table, answer_of_now, answer_of_period, as_cell, export_links
from webui.pages.case_filters import NOWHERE
from webui.texts import _
from webui.wording import number

bp = Blueprint("board_lists", __name__)

OUTCOMES = {"selesai": Outcome.DONE, "tepat": Outcome.MET, "lewat": Outcome.MISSED, "ulang": Outcome.AGAIN}
SOON, LONG = "segera", "lama-di-antrean"
STANDINGS = {
    "terbuka": OpenStanding.OPEN,
    "terlambat": OpenStanding.LATE,
    "berisiko": OpenStanding.AT_RISK,
    "lancar": OpenStanding.ON_TRACK,
    "berhenti": OpenStanding.STOPPED,
    "antrean": OpenStanding.UNCLAIMED,
    "tanpa-pelaksana": OpenStanding.NOBODYS,
    SOON: OpenStanding.OPEN,
    LONG: OpenStanding.UNCLAIMED,
}
ONESELF = "saya"
LONGEST_ELEMENT = LONGEST_KEY = 200
MOST_LINES = {"xlsx": 10_000, "csv": 30_000}  # more would keep whoever asks waiting for over two seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAddress:
    """What the address of a list narrows.

    `unit`, `procedure` and `person` are names, empty where all are meant.
    """

    board: BoardAddress
    standing: str
    within: Within
    reason: str | None
    unit: str
    procedure: str
    person: str

    @property
    def query(self) -> dict[str, Any]:
        """What its address says besides the period and the part of the office."""
        names = ("unit", "prosedur", "langkah", "pegawai", "keadaan", "alasan", "jam")
        return {name: request.args[name] for name in names if request.args.get(name)}

    def narrowed(self, is_open: bool) -> str:
        """What the list is about, in words; what is open now has no period."""
        parts = (self.board.unit_name, self.unit, self.procedure, self.person, self.reason or "")
        period = "" if is_open else self.board.in_words
        return " · ".join(part for part in (*parts, period) if part)

    def with_period(self, **more: Any) -> dict[str, Any]:
        return self.board.query(**self.query, **more)


@bp.get("/pemantauan/langkah")
@signed_in
def steps() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        address = _list_address(reading)
        page = steps_behind(reading, _wanted(reading, address), request.args.get("sesudah"))
    return render_template(
        "board_steps.html",
        address=address,
        page=page,
        title=_titles()[address.standing],
        came_from=_came_from(address),
        is_open=address.standing in STANDINGS,
        exports=export_links(".download_steps", address.board, **address.query),
        next_address=url_for(".steps", **address.with_period(sesudah=page.next_cursor)) if page.next_cursor else None,
    )


@bp.get("/pemantauan/langkah.<any(csv, xlsx):kind>")
@signed_in
def download_steps(kind: str) -> ResponseReturnValue:
    """All of the list, or a sentence that says what to choose: never a part that looks like all."""
    with core().read(current_actor()) as reading:
        address = _list_address(reading)
        page = steps_behind(reading, _wanted(reading, address), size=MOST_LINES[kind])
    if page.next_cursor:
        raise TooManyLines(most=number(MOST_LINES[kind]), csv=number(MOST_LINES["csv"]))
    headings = [_("Case"), _("Title"), _("Procedure"), _("Step"), _("Unit"), _("Person"), _("Came"), _("Due")]
    headings += [_("Done"), _("Minutes waited"), _("Minutes worked")]
    table = Table(headings=headings, rows=[_cells(line) for line in page.items])
    answer = answer_of_now if address.standing in STANDINGS else answer_of_period
    return answer(kind, "langkah", table, address.board)


@bp.get("/pemantauan/pengembalian")
@signed_in
def returns() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        address = _list_address(reading)
        page = returned(reading, address.board.days, address.within, address.reason, request.args.get("sesudah"))
    return render_template(
        "board_returns.html",
        address=address,
        page=page,
        next_address=url_for(".returns", **address.with_period(sesudah=page.next_cursor)) if page.next_cursor else None,
    )


def _came_from(address: ListAddress) -> tuple[str, str]:
    """Of oneself from one's own figures, else from the board."""
    if _is_of_oneself():
        return _("My figures"), url_for("own_figures.index", **address.board.query())
    return _("Monitoring"), url_for("monitoring.index", **address.board.query())


def _is_of_oneself() -> bool:
    """All that one has or did; by her number the board counts a person as far as its reader may look."""
    return request.args.get("pegawai") == ONESELF


def _list_address(reading: Reading) -> ListAddress:
    """Raises NotAllowed for figures of people that are not the actor's to see, and a NotFound for what is unknown."""
    board = board_address(reading)
    if _is_of_oneself():
        board, reach = board.of_oneself(), Within(units=None, employee_id=reading.actor.employee_id or NOBODY)
    else:
        reach = reach_for(reading, number_asked("pegawai", LARGEST_ID))
    procedure, unit_line = _procedure(reading), _unit(reading)
    has_no_unit = request.args.get("unit") == NOWHERE
    return ListAddress(
        board=board,
        standing=word_asked("keadaan", {*STANDINGS, *OUTCOMES}, "selesai"),
        reason=request.args.get("alasan", "")[:LONGEST_REASON] or None,
        within=Within(
            units=(below(reading, reach, board.unit_id) if board.unit_id else reach).units,
            unit_id=NO_UNIT if has_no_unit else unit_line.id if unit_line else None,
            definition_id=procedure.definition_id if procedure else None,
            element=text_asked("langkah", LONGEST_ELEMENT),
            employee_id=reach.employee_id,
        ),
        unit=_("Without a unit") if has_no_unit else unit_line.name if unit_line else "",
        procedure=procedure.name if procedure else "",
        person=_name(reading, reach.employee_id),
    )


def _wanted(reading: Reading, address: ListAddress) -> StepsWanted:
    standing = STANDINGS.get(address.standing)
    soon = ahead(reading, address.within, _hours()) if address.standing in (SOON, LONG) else None
    return StepsWanted(
        within=address.within,
        days=address.board.days,
        outcome=OUTCOMES.get(address.standing, Outcome.DONE),
        standing=standing,
        due_until=soon.due_until if soon and address.standing == SOON else None,
        opened_until=soon.opened_until if soon and address.standing == LONG else None,
    )


def _hours() -> int:
    """How long a step lies in a queue before that is long."""
    return number_asked("jam", MOST_HOURS) or WAITS_LONG_HOURS


def _procedure(reading: Reading) -> InForce | None:
    key = text_asked("prosedur", LONGEST_KEY)
    return in_force(reading.session, key) if key else None


def _unit(reading: Reading) -> UnitLine | None:
    if request.args.get("unit") == NOWHERE:
        return None
    unit_id = number_asked("unit", LARGEST_ID)
    return unit(reading.session, unit_id) if unit_id else None


def _name(reading: Reading, employee_id: int | None) -> str:
    return employee(reading.session, employee_id).name if employee_id else ""


def _cells(line: StepLine) -> list[Value]:
    moments = (as_cell(each) for each in (line.opened_at, line.due_at, line.done_at or line.closed_at))
    about = (line.number, line.case_title, line.procedure, line.title, line.unit_name, line.person)
    return [*about, *moments, line.waited_minutes, line.worked_minutes]


def _titles() -> dict[str, str]:
    return {
        "selesai": _("Steps that were done"),
        "tepat": _("Steps that were done in time"),
        "lewat": _("Steps that were done too late"),
        "ulang": _("Steps that were done again in the same case"),
        "terbuka": _("Steps that are open now"),
        "terlambat": _("Steps that are late now"),
        "berisiko": _("Steps that are at risk now"),
        "lancar": _("Steps that are on track"),
        "berhenti": _("Steps whose clock stands still"),
        "antrean": _("Steps that lie in a queue"),
        "tanpa-pelaksana": _("Steps for which nobody can be found"),
        SOON: _("Steps that fall due in the next three working days"),
        LONG: _("Steps that nobody has taken for %(hours)s working hours", hours=_hours()),
    }
