"""What administrators do to cases that stand still."""

from typing import Any

from marshmallow.fields import List, Nested

from engine.execution.reasons import REASON_LENGTH
from webui.api.answers import Answer, Number, Said, YesOrNo
from webui.api.data import Data
from webui.api.fields import Line, Request, Text, told
from webui.api.schemas.messages import LONGEST

VALUES = {"jumlah": 12}
REASON: dict[str, Any] = {"most": REASON_LENGTH, "least": 1, "required": True, "about": "Stands in the audit trail."}


class HandCompletion(Request):
    values = Data(load_default=dict, example=VALUES, about="What the step should have given, by name of the variable.")
    reason = Text(example="Counted by hand; the register did not answer.", **REASON)


class DataChange(Request):
    variables = Data(required=True, example=VALUES, about="Only these change; the trail keeps what they were before.")
    reason = Text(example="The applicant corrected the number.", **REASON)


class MoveTarget(Request):
    target = Line(most=LONGEST, least=1, required=True, example="periksa", about="A `target` of the list of targets.")


class Move(MoveTarget):
    reason = Text(example="The letter has to be written anew.", **REASON)


class Happening(Request):
    event = Line(most=LONGEST, least=1, required=True, example="tunggu", about="An `event` of the list of steps.")
    variables = Data(load_default=dict, example={"isi": "Disetujui"}, about="What a message would have brought.")
    reason = Text(example="The answer came on paper.", **REASON)


class AwaitedEvent(Answer):
    event = Said(example="tunggu", attribute="node")
    name = Said(example="Balasan diterima")
    kind = Said(example="message")


class StepNow(Answer):
    """A place where the case stands, besides its people's steps also services, waits and scopes."""

    step = Number(example=12, attribute="activity_id")
    element = Said(example="hitung")
    name = Said(example="Hitung jumlah hari")
    kind = Said(example="scriptTask")
    has_failed = YesOrNo(example=True)
    gives = List(
        Said(example="jumlah"), metadata=told(["jumlah"], "Variables that the step would set, where that is known.")
    )
    waits_for = List(Nested(AwaitedEvent))


class MoveChoice(Answer):
    """An element where the case could continue; `refusal` says why it cannot, or is null."""

    target = Said(example="periksa", attribute="node")
    name = Said(example="Periksa berkas")
    refusal = Said(allow_none=True)


class MovePreview(Answer):
    """What would happen; nothing has been done yet. `withdraws` are people's tasks that leave their inboxes."""

    withdraws = List(Said(example="Tulis konsep"))
    stops = List(Said(example="Hitung jumlah hari"))
    begins = List(Said(example="Periksa berkas"))
    asks = List(Said(example="Nomori surat"))
    fails = List(Said(example="Hitung: “jumlah” is not known here."))
    ends_case = YesOrNo(example=False)
