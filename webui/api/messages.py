"""Messages and signals from outside, and the messages that wait for a receiver."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from marshmallow import RAISE

from engine.base.paging import Page
from engine.base.unit_of_work import UnitOfWork
from engine.execution.held_messages import HeldLine, delete_held_message, held_messages
from engine.execution.messages import Delivery as Delivered
from engine.execution.messages import broadcast, deliver
from engine.execution.model import Instance
from engine.execution.repeats import Answer, once
from webui.api.answers import instant
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.lists import PageQuery, page_of
from webui.api.schemas.messages import (
    Broadcast,
    Delivery,
    HeldMessage,
    IdempotencyHeader,
    MessageDeletion,
    MessageSent,
    SignalSent,
)
from webui.identity import core, current_actor

TAG = {"name": "Messages", "description": "What other programs tell cases, and what waits for a receiver."}

bp = APIBlueprint("api_messages", __name__, url_prefix=PREFIX, tag=TAG)


@bp.post("/messages")
@bp.auth_required(bearer)
@bp.input(IdempotencyHeader, location="headers")
@bp.input(MessageSent)
@bp.output(Delivery)
@bp.doc(responses=[403, 404, 409])
def send_message(headers_data: dict[str, Any], json_data: dict[str, Any]) -> Answer:
    """Give a message to whoever waits for it, or start a case with it, or keep it; for administrators."""
    with core().work(current_actor()) as work:

        def act() -> Answer:
            sent = deliver(work, json_data["name"], json_data["correlation"], json_data["variables"], json_data["ttl"])
            return _told(work, sent)

        return once(work, headers_data["key"], {"do": "message", **json_data, "ttl": str(json_data["ttl"])}, act)


@bp.get("/messages")
@bp.auth_required(bearer)
@bp.input(PageQuery, location="query", unknown=RAISE)
@bp.output(page_of(HeldMessage))
@bp.doc(responses=[403])
def list_held_messages(query_data: dict[str, Any]) -> Page[HeldLine]:
    """The messages that wait for a receiver, newest first; for administrators."""
    with core().read(current_actor()) as reading:
        return held_messages(reading, query_data["cursor"], query_data["limit"])


@bp.post("/messages/<int:held_id>/delete")
@bp.auth_required(bearer)
@bp.input(MessageDeletion)
@bp.output({}, status_code=204)
@bp.doc(responses=[403, 404])
def delete_message(held_id: int, json_data: dict[str, Any]) -> Response:
    """Delete a message that waits for a receiver; the reason stays in the audit trail; for administrators."""
    with core().work(current_actor()) as work:
        delete_held_message(work, held_id, json_data["reason"])
    return Response(status=204)


@bp.post("/signals")
@bp.auth_required(bearer)
@bp.input(IdempotencyHeader, location="headers")
@bp.input(SignalSent)
@bp.output(Broadcast)
@bp.doc(responses=[403, 409])
def send_signal(headers_data: dict[str, Any], json_data: dict[str, Any]) -> Answer:
    """Tell all cases that wait for the signal now, and start those that begin with it; for administrators."""
    with core().work(current_actor()) as work:

        def act() -> Answer:
            return {"hearers": broadcast(work, json_data["name"], json_data["variables"])}

        return once(work, headers_data["key"], {"do": "signal", **json_data}, act)


def _told(work: UnitOfWork, sent: Delivered) -> Answer:
    """As JSON, for it may be said again."""
    number = None if sent.instance_id is None else work.session.get_one(Instance, sent.instance_id).number
    return {
        "case_number": number,
        "held_until": None if sent.held_until is None else instant(sent.held_until),
    }
