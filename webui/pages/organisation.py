"""The office as a tree: its units, their positions, and who holds them on a day."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.organisation.office_tree import OfficeUnit, is_small, office_tree
from webui.identity import core, current_actor, signed_in
from webui.pages.office_forms import day_of_address
from webui.pages.office_tabs import office_tabs

bp = Blueprint("organisation", __name__)


@bp.get("/organisasi")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        day, today = day_of_address(reading), reading.today
        units = office_tree(reading.session, day)
    return render_template(
        "organisation.html",
        tabs=office_tabs("organisation.index"),
        units=units,
        is_small=is_small(units),
        day=day,
        today=today,
        vacant=sum(_vacant_seats(unit) for unit in units),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
        may_import=allows(current_actor(), Permission.IMPORT_OFFICE_FILE),
    )


def _vacant_seats(unit: OfficeUnit) -> int:
    return unit.vacant_seats + sum(_vacant_seats(below) for below in unit.units)
