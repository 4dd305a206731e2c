"""What must stand in a form for its door to be tried at all; other forms are sent empty."""

from io import BytesIO
from typing import Any

from tests.integration.authorisation.ground import COLLEAGUE, OUTSIDER, Ground

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def form_of(ground: Ground, endpoint: str, name: str) -> dict[str, Any]:
    """`name` is of whom the question is about."""
    case, employee_id = ground.cases[name], ground.employees[name]
    other_id = ground.employees[COLLEAGUE if name == OUTSIDER else OUTSIDER]
    forms: dict[str, dict[str, Any]] = {
        "work_items.add_file": {"files": (BytesIO(b"isi"), "surat.txt")},
        "cases.add_file": {"files": (BytesIO(b"isi"), "surat.txt")},
        "item_marks.rank": {"priority": "mendesak"},
        "procedures.start": {"title": "Undangan rapat"},
        "duty_sheets.issue": {"holding": str(employee_id)},
        "duty_sheets.keep_copy": {"copy": (BytesIO(PDF), "lembar.pdf")},
        "absences.create": {
            "employee": str(employee_id),
            "kind": "annual",
            "starts_on": "2026-12-07",
            "ends_on": "2026-12-08",
        },
        "delegations.give": {
            "from": str(employee_id),
            "to": str(other_id),
            "starts_on": "2026-12-07",
            "starts_at": "08:00",
            "ends_on": "2026-12-08",
            "ends_at": "16:00",
            "reach": "all",
        },
        "case_acts.cancel": {"reason": "Ditarik pemohon"},
        "channels.try_out": {"target": "123456789"},
        "bulk.act": {"act": "claim", "item": str(case.work_item_id)},
    }
    return forms.get(endpoint, {})
