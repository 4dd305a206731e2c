"""What was typed into a form of the office, taken by its kind or refused at its field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import request

from engine.base.days import day_written, is_near
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.paging import LARGEST_ID
from engine.base.text import hyphenated
from engine.base.unit_of_work import Reading
from engine.organisation.appointments import Appointment
from engine.organisation.employees import EmployeeFacts
from engine.organisation.fields import HIGHEST_CLASS, NO_DAY, Entry
from engine.organisation.keeping import refuse
from engine.organisation.model import HoldingKind, PositionKind
from engine.organisation.positions import PositionFacts
from engine.organisation.units import UnitFacts
from webui.language import language

PLACE = "form"
LONGEST_CODE = 60
DAYS = ("opened_on", "closed_on", "starts_on", "ends_on", "left_on", "last_day", "day")
DAY_HERE = _("This must be a day written like 31/01/2026.")
NUMBERS = ("parent_id", "unit_id", "superior_id", "employee_id", "position_id", "seats", "job_class")


def day_of_address(reading: Reading) -> date:
    """The day for which the office is shown; today, unless the address says another."""
    day = day_written(request.args.get("tanggal", ""))
    return day if day is not None and is_near(day) else reading.today


def id_of_address(name: str) -> int | None:
    """An id in the address that a row can have."""
    text = request.args.get(name, "")[:12]
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID else None


def search_of_address() -> str:
    return request.args.get("cari", "").strip()[:100]


def unit_facts() -> UnitFacts:
    entry = _entry()
    facts = UnitFacts(
        name=entry.text("name", 200),
        parent_id=entry.optional_count("parent_id", LARGEST_ID),
        opened_on=entry.optional_day("opened_on"),
        basis=entry.optional_text("basis", 200),
    )
    _refuse(entry)
    return facts


def position_facts(unit_id: int | None = None) -> PositionFacts:
    """A new position stands in the unit from whose page it is opened."""
    entry = _entry()
    facts = PositionFacts(
        title=entry.text("title", 200),
        kind=entry.choice("kind", PositionKind),
        unit_id=entry.count("unit_id", LARGEST_ID) if unit_id is None else unit_id,
        superior_id=entry.optional_count("superior_id", LARGEST_ID),
        is_head_of_unit="is_head_of_unit" in request.form,
        seats=entry.count("seats"),
        job_class=entry.optional_count("job_class", HIGHEST_CLASS),
    )
    _refuse(entry)
    return facts


def employee_facts() -> EmployeeFacts:
    entry = _entry()
    facts = EmployeeFacts(
        name=entry.text("name", 200),
        nip=entry.nip("nip"),
        email=entry.email("email"),
        phone=entry.phone("phone"),
        rank=entry.rank("rank"),
    )
    _refuse(entry)
    return facts


def appointment(employee_id: int, position_id: int) -> Appointment:
    entry = _entry()
    wanted = Appointment(
        employee_id=employee_id,
        position_id=position_id,
        kind=entry.choice("kind", HoldingKind),
        starts_on=entry.day("starts_on"),
        ends_on=entry.optional_day("ends_on"),
        decree=entry.optional_text("decree", 120),
        scope=entry.optional_text("scope", 300),
    )
    _refuse(entry)
    return wanted


def code(*names: str) -> str:
    """As it was typed, else made from these names."""
    entry = _entry()
    typed: str | None = entry.optional_code("code")
    _refuse(entry)
    return typed or _code_from(" ".join(names))


def day(field: str) -> date:
    entry = _entry()
    given: date = entry.day(field)
    _refuse(entry)
    return given


def optional_day(field: str) -> date | None:
    entry = _entry()
    given: date | None = entry.optional_day(field)
    _refuse(entry)
    return given


def texts(**longest: int) -> dict[str, str | None]:
    """Fields that may stay empty, by name; given how long each may be."""
    entry = _entry()
    given = {name: entry.optional_text(name, most) for name, most in longest.items()}
    _refuse(entry)
    return given


def by_field(refusal: Invalid) -> dict[str, str]:
    """What is wrong, in the reader's language, beside its field."""
    return refusal.by_field(language())


def _entry() -> Entry:
    return Entry({key: _given(key, value) for key, value in request.form.items() if value.strip()}, PLACE)


def _given(key: str, value: str) -> str | int:
    text = value.strip()
    is_number = key in NUMBERS and text.isascii() and text.isdigit() and len(text) < 12
    if key in DAYS and (day := day_written(text)) is not None:
        return day.isoformat()
    return int(text) if is_number else text


def _refuse(entry: Entry) -> None:
    refuse(_at_its_field(problem) for problem in entry.problems)


def _at_its_field(problem: FieldProblem) -> FieldProblem:
    message = DAY_HERE if problem.message == NO_DAY else problem.message
    return replace(problem, name=problem.name.removeprefix(f"{PLACE}."), message=message)


def _code_from(name: str) -> str:
    return hyphenated(name)[:LONGEST_CODE].rstrip("-") or "kode"


def typed() -> Mapping[str, str]:
    """The form as it was sent, to be shown again."""
    return request.form.to_dict()
