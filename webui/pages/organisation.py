"""The office as a tree: its units, their positions, and who holds them today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.organisation.office_tree import OfficeUnit, office_tree
from webui.identity import core, current_actor, signed_in
from webui.pages.office_tabs import office_tabs

bp = Blueprint("organisation", __name__)


@bp.get("/organisasi")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        today = reading.now.astimezone(reading.settings.zone).date()
        units = office_tree(reading.session, today)
    return render_template(
        "organisation.html",
        tabs=office_tabs("organisation.index"),
        units=units,
        today=today,
        vacant=sum(_vacant_seats(unit) for unit in units),
        may_import=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )


def _vacant_seats(unit: OfficeUnit) -> int:
    return sum(position.vacant_seats for position in unit.positions) + sum(_vacant_seats(below) for below in unit.units)
