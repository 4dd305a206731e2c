import json
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, HoldingKind
from engine.staffing.sheet_content import (
    SheetFacts,
    SheetPerson,
    content_of,
    digest_of,
    duties_in,
    is_said_already,
)
from engine.staffing.sheet_pdf import printed
from engine.staffing.sheet_queries import SheetDetail, SheetLine

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
MAIN = Duty(sentence="Menata arsip", result_unit="berkas", norm_minutes=15, yearly_volume=1200, kind=DutyKind.MAIN)
ONCE = replace(MAIN, sentence="Membantu panitia", norm_minutes=None, yearly_volume=None, kind=DutyKind.EXTRA_ONE_OFF)
FACTS = SheetFacts(
    office="Kantor",
    office_above="",
    office_address="",
    employee=SheetPerson(name="Ani Lestari", nip="198609262015051001", rank="III/c", title="Arsiparis"),
    unit="Tata Usaha",
    job_class=None,
    kind=HoldingKind.PLT,
    decree="SK 7/2026",
    scope=None,
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 2, 28),
    superior=None,
    issued_on=date(2026, 11, 23),
    duties=(ONCE, MAIN),
)
LINE = SheetLine(
    sheet_id=12,
    holding_id=1,
    employee_id=1,
    employee_name="Ani Lestari",
    position_id=1,
    position_title="Arsiparis",
    unit_id=1,
    unit_name="Tata Usaha",
    kind=HoldingKind.PLT,
    starts_on=date(2026, 12, 1),
    issued_at=NOON,
    issued_by="Saka",
    signed_at=None,
    signed_by=None,
    signed_copy=None,
    signed_copy_name=None,
    acknowledged_at=None,
)


def on_paper(**more: object):
    content = content_of(FACTS)
    return printed(
        SheetDetail(line=replace(LINE, **more), content=content, digest=digest_of(content)), ZoneInfo("Asia/Jakarta")
    )


def test_content_survives_being_kept_and_keeps_its_digest():
    content = content_of(FACTS)
    kept = json.loads(json.dumps(content))
    assert digest_of(kept) == digest_of(content)
    assert duties_in(kept) == (ONCE, MAIN)


def test_same_duties_in_another_order_are_said_already():
    assert is_said_already([content_of(FACTS)], [MAIN, ONCE])
    assert not is_said_already([content_of(FACTS)], [MAIN])


def test_main_tasks_come_first_and_are_counted_through():
    groups = on_paper()["groups"]
    assert [(group["title"], [row["number"] for row in group["duties"]]) for group in groups] == [
        ("Tugas pokok", [1]),
        ("Tugas tambahan sekali", [2]),
    ]


def test_numbers_and_days_are_written_as_the_office_writes_them():
    sheet = on_paper()
    assert sheet["groups"][0]["duties"][0]["yearly_volume"] == "1.200"
    assert sheet["total_hours"] == "300,0"
    assert sheet["period"] == "sejak 1 Desember 2026 sampai dengan 28 Februari 2027"
    assert sheet["employee"]["title"] == "Plt. Arsiparis"


def test_without_a_superior_in_the_office_there_is_a_line_to_sign_on():
    assert on_paper()["superior"]["title"] == "Atasan langsung"


def test_signature_says_when_and_who():
    sheet = on_paper(signed_at=NOON, signed_by="Citra Dewanti")
    assert (sheet["superior"]["name"], sheet["superior"]["title"]) == ("Citra Dewanti", "Atasan")
    assert sheet["signed"] == ["Ditandatangani dalam TataKerja", "Senin, 23 November 2026 pukul 12.00 WIB"]
