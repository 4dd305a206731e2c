"""Who is asking."""

from typing import Any

from apiflask import APIBlueprint

from engine.access.queries import account
from engine.organisation.queries import positions_of
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.accounts import Me
from webui.identity import core, current_actor

TAG = {"name": "Me", "description": "Whom a token acts for."}

bp = APIBlueprint("api_me", __name__, url_prefix=PREFIX, tag=TAG)


@bp.get("/me")
@bp.auth_required(bearer)
@bp.output(Me)
def show_me() -> dict[str, Any]:
    """Whom this token acts for: account, roles, and the positions held today."""
    actor = current_actor()
    with core().read(actor) as reading:
        mine = account(reading.session, actor.account_id or 0)
        today = reading.today
        held = positions_of(reading.session, mine.employee_id, today) if mine.employee_id is not None else ()
    return {
        "account_id": mine.id,
        "username": mine.username,
        "employee_id": mine.employee_id,
        "name": mine.name,
        "roles": sorted(mine.roles),
        "language": mine.language,
        "positions": held,
    }
