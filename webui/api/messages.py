"""Messages from outside into a case that waits for them."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint

from engine.execution.messages import deliver
from engine.execution.queries import case_detail
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.operation import Delivery, MessageSent
from webui.identity import core, current_actor

TAG = {"name": "Messages", "description": "What other programs tell a case that waits for it."}

bp = APIBlueprint("api_messages", __name__, url_prefix=PREFIX, tag=TAG)


@bp.post("/messages")
@bp.auth_required(bearer)
@bp.input(MessageSent)
@bp.output(Delivery)
@bp.doc(responses=[403, 404, 409])
def send_message(json_data: dict[str, Any]) -> dict[str, str]:
    """Give a message to the case that waits for it; for administrators."""
    actor = current_actor()
    with core().work(actor) as work:
        sent = deliver(work, json_data["name"], json_data["correlation"], json_data["variables"], timedelta(0))
    with core().read(actor) as reading:
        return {"case_number": case_detail(reading, sent.instance_id or 0).number}
