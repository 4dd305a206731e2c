"""Messages and signals from outside."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import EXCLUDE

from engine.base.i18n import _
from engine.execution.reasons import REASON_LENGTH
from engine.expressions.errors import EvaluationFault
from engine.expressions.times import parse_duration
from webui.api.answers import Answer, Moment, Number, Said
from webui.api.data import Data
from webui.api.faults import refusal
from webui.api.fields import Line, Request, Text

LONGEST = 200
LONGEST_TTL = timedelta(days=366)
NOT_A_TIME = _("This must be a duration such as P7D (seven days) or PT4H (four hours), at most 366 days.")


class Duration(Line):
    """An ISO 8601 duration of fixed length."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            duration = parse_duration(text)
        except EvaluationFault:
            raise refusal("not_a_duration", NOT_A_TIME) from None
        if duration > LONGEST_TTL:
            raise refusal("not_a_duration", NOT_A_TIME)
        return duration


class IdempotencyHeader(Request):
    """Other headers are other people's business."""

    class Meta:
        unknown = EXCLUDE

    key = Line(
        most=LONGEST,
        least=1,
        load_default=None,
        data_key="Idempotency-Key",
        about="The same request under the same key is done once, and answered the same for a week.",
    )


class MessageSent(Request):
    name = Line(most=LONGEST, least=1, required=True, example="Balasan")
    correlation = Line(
        most=LONGEST,
        load_default=None,
        allow_none=True,
        example="B-123/2026",
        about="The key of whom it is for, or the number of a case; left out, whoever waits longest.",
    )
    variables = Data(load_default=dict, example={"isi": "Disetujui"})
    ttl = Duration(
        most=40,
        load_default=None,
        allow_none=True,
        example="P7D",
        about="How long it is kept when nobody waits yet; P0D not at all; left out, the office's usual time.",
    )


class MessageDeletion(Request):
    reason = Text(
        most=REASON_LENGTH, least=1, required=True, example="Sent twice by mistake.", about="Stands in the audit trail."
    )


class Delivery(Answer):
    """The case that has the message, or until when it waits for one."""

    case_number = Said(allow_none=True, example="SM-2026-00042", about="The case that took it or began with it.")
    held_until = Said(allow_none=True, example="2026-11-30T01:00:00.000Z", about="Until then it waits for a receiver.")


class SignalSent(Request):
    name = Line(most=LONGEST, least=1, required=True, example="Libur mendadak")
    variables = Data(load_default=dict, example={"sebab": "Banjir"})


class Broadcast(Answer):
    hearers = Number(example=3, about="How many cases hear it or begin with it.")


class HeldMessage(Answer):
    id = Number(example=5, attribute="held_id")
    name = Said(example="Balasan")
    key = Said(allow_none=True, example="B-123/2026")
    sender_case_number = Said(allow_none=True, example="SM-2026-00042", attribute="sender_number")
    sent_at = Moment()
    expires_at = Moment()
