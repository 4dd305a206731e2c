"""Where one's day starts."""

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from engine.access.model import Role
from webui.identity import current_actor, signed_in

bp = Blueprint("home", __name__)

# The first door that fits: staff work, managers look, designers draw, administrators keep the house, auditors read.
FIRST_DOORS = (
    (Role.STAFF, "tasks.index"),
    (Role.MANAGER, "monitoring.index"),
    (Role.DESIGNER, "procedures.index"),
    (Role.ADMINISTRATOR, "administration.index"),
    (Role.SECRETARIAT, "organisation.index"),
    (Role.AUDITOR, "monitoring.index"),
)


@bp.get("/")
@signed_in
def start() -> ResponseReturnValue:
    roles = current_actor().roles
    doors = (door for role, door in FIRST_DOORS if role in roles and door in current_app.view_functions)
    return redirect(url_for(next(doors, "tasks.index")))
