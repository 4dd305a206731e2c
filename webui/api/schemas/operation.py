"""Messages into cases, and faults of cases."""

from webui.api.answers import Answer, Moment, Number, Said
from webui.api.data import Data
from webui.api.fields import Line, Request

LONGEST = 200


class MessageSent(Request):
    name = Line(most=LONGEST, least=1, required=True, example="Balasan")
    correlation = Line(
        most=LONGEST,
        load_default=None,
        allow_none=True,
        example="B-123/2026",
        about="Which of the waiting cases; left out, the one that waits longest.",
    )
    variables = Data(load_default=dict, example={"isi": "Disetujui"})


class Delivery(Answer):
    case_number = Said(example="SM-2026-00042", about="The case that took the message.")


class Incident(Answer):
    id = Number(example=3, attribute="incident_id")
    case_number = Said(example="SM-2026-00042", attribute="number")
    element = Said(example="hitung")
    code = Said(example="expression.unknown_name")
    message = Said(example="“jumlah” is not known here.")
    opened_at = Moment()
