"""Messages into cases, and faults of cases."""

from webui.api.answers import Answer, Moment, Number, Said


class Incident(Answer):
    id = Number(example=3, attribute="incident_id")
    case_number = Said(example="SM-2026-00042", attribute="number")
    element = Said(example="hitung")
    code = Said(example="expression.unknown_name")
    message = Said(example="“jumlah” is not known here.")
    opened_at = Moment()
