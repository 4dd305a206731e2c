"""The lembar uraian tugas as PDF/A, laid out by typst with the fonts that come with it."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from engine.calendar.describe import moment_in_words
from engine.organisation.duty_changes import Duty
from engine.organisation.model import DutyKind, HoldingKind
from engine.staffing.sheet_content import duties_in
from engine.staffing.sheet_queries import SheetDetail

TEMPLATE = Path(__file__).with_name("sheet.typ")
LANGUAGE = "id"  # an official letter, whatever language its reader has chosen
NOBODY = {"name": "…………………………………………", "nip": None, "title": "Atasan langsung"}
ACTING = {HoldingKind.DEFINITIVE: "", HoldingKind.PLT: "Plt. ", HoldingKind.PLH: "Plh. "}
KINDS = {
    DutyKind.MAIN: "Tugas pokok",
    DutyKind.EXTRA_PERIODIC: "Tugas tambahan yang berulang",
    DutyKind.EXTRA_ONE_OFF: "Tugas tambahan sekali",
}


def pdf_of(sheet: SheetDetail, zone: ZoneInfo) -> bytes:
    """The same bytes for the same sheet in the same state."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=sheet.line.issued_at.replace(microsecond=0),
        sys_inputs={"sheet": json.dumps(printed(sheet, zone), ensure_ascii=False)},
    )


def printed(sheet: SheetDetail, zone: ZoneInfo) -> dict[str, Any]:
    """What the template prints, every word and number as it stands on paper."""
    content, line = sheet.content, sheet.line
    duties = duties_in(content)
    return {
        **{name: content[name] for name in ("office", "office_above", "office_address", "unit", "job_class")},
        **{name: content[name] for name in ("decree", "scope")},
        "number": line.sheet_id,
        "digest": sheet.digest,
        "employee": _employee(content),
        "superior": _superior(content, line.signed_by),
        "period": _period(content),
        "issued_on": _day(content["issued_on"]),
        "groups": list(_groups(duties)),
        "total_hours": _hours(sum(duty.yearly_minutes or 0 for duty in duties)),
        "signed": _signed(sheet, zone),
        "acknowledged": _at("Diterima dalam TataKerja", line.acknowledged_at, zone),
    }


def _employee(content: Any) -> dict[str, Any]:
    person = content["employee"]
    return {**person, "title": f"{ACTING[HoldingKind(content['kind'])]}{person['title']}"}


def _superior(content: Any, signed_by: str | None) -> dict[str, Any]:
    """Whoever signed; where it was another than the sheet names, it does not claim to know as what."""
    named = content["superior"] or NOBODY
    if signed_by is None or signed_by == named["name"]:
        return dict(named)
    return {"name": signed_by, "nip": None, "title": "Atasan"}


def _groups(duties: Sequence[Duty]) -> Iterable[dict[str, Any]]:
    numbered = list(enumerate(sorted(duties, key=lambda duty: list(KINDS).index(duty.kind)), start=1))
    for kind, title in KINDS.items():
        rows = [_row(number, duty) for number, duty in numbered if duty.kind is kind]
        if rows:
            yield {"title": title, "duties": rows}


def _row(number: int, duty: Duty) -> dict[str, Any]:
    return {
        "number": number,
        "sentence": duty.sentence,
        "result_unit": duty.result_unit,
        "norm_minutes": _number(duty.norm_minutes),
        "yearly_volume": _number(duty.yearly_volume),
        "yearly_hours": None if duty.yearly_minutes is None else _hours(duty.yearly_minutes),
    }


def _signed(sheet: SheetDetail, zone: ZoneInfo) -> list[str]:
    if sheet.line.signed_copy_name is None:
        return _at("Ditandatangani dalam TataKerja", sheet.line.signed_at, zone)
    return _at("Ditandatangani di atas kertas; salinannya disimpan", sheet.line.signed_at, zone)


def _at(what: str, moment: datetime | None, zone: ZoneInfo) -> list[str]:
    return [] if moment is None else [what, moment_in_words(moment, zone, LANGUAGE)]


def _period(content: Any) -> str:
    since = f"sejak {_day(content['starts_on'])}"
    return since if content["ends_on"] is None else f"{since} sampai dengan {_day(content['ends_on'])}"


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), "d MMMM y", locale=LANGUAGE)


def _hours(minutes: int) -> str:
    return format_decimal(Decimal(minutes) / 60, "#,##0.0", locale=LANGUAGE)


def _number(value: int | None) -> str | None:
    return None if value is None else format_decimal(value, "#,##0", locale=LANGUAGE)
