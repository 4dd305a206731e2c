"""The manager's board: what is late, at risk, stopped and on track, by procedure and unit, and where it hurts now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.unit_of_work import Reading
from engine.execution.board import BoardLine, UnitLine, board, board_by_unit, pressing, stopped
from webui.identity import core, current_actor, signed_in
from webui.texts import _

bp = Blueprint("monitoring", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the board with what leads to the lists behind its numbers."""

    name: str
    address: str
    filter: Mapping[str, str | int]
    line: BoardLine | UnitLine


@bp.get("/pemantauan")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        first_day = first_day_of_month(reading)
        since = first_moment(reading, first_day)
        lines = board(reading, since)
        units = board_by_unit(reading, since)
        hurting = pressing(reading)
        standing_still = stopped(reading)
    return render_template(
        "monitoring.html",
        procedures=[_procedure(line) for line in lines],
        units=[_unit(line) for line in units],
        hurting=hurting,
        standing_still=standing_still,
        late=sum(line.late for line in lines),
        at_risk=sum(line.at_risk for line in lines),
        on_track=sum(line.on_track for line in lines),
        stopped=sum(line.stopped for line in lines),
        nobodys=sum(line.is_nobodys for line in hurting),
        since=first_day.isoformat(),
    )


def first_day_of_month(reading: Reading) -> date:
    """On the office's calendar."""
    return reading.now.astimezone(reading.settings.zone).date().replace(day=1)


def first_moment(reading: Reading, day: date) -> datetime:
    """When this day begins at the office."""
    return datetime.combine(day, time(), reading.settings.zone).astimezone(UTC)


def _procedure(line: BoardLine) -> Row:
    address = url_for("definitions.show", key=line.key)
    return Row(name=line.name, address=address, filter={"prosedur": line.key}, line=line)


def _unit(line: UnitLine) -> Row:
    """Cases without a unit have no list of their own: theirs is the whole one."""
    return Row(
        name=line.name or _("Without a unit"),
        address="",
        filter={} if line.unit_id is None else {"unit": line.unit_id},
        line=line,
    )
