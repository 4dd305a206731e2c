"""What the office's own `tk:` elements say of a person's task: who, how long, with what, to which result."""

from decimal import Decimal, InvalidOperation

from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import Requirement, StandardTime, Step
from engine.bpmn.performers import is_strategic, performer_of, sharing_of, steps_to_differ_from
from engine.bpmn.vocabulary import TK, Element, child_text, extension, extensions, text_of

# A standard time beyond ten office years is a slip of the pen; the calendar reaches no further than twice that.
_TEN_YEARS_IN_DAYS = 2_400
_TEN_YEARS_IN_MINUTES = 750_000
_MINUTES = {"menit": 1, "jam": 60}
# Offices count weeks and months in working days: five, and the 22 of the effort tables.
_WORKING_DAYS = {"hari-kerja": 1, "hari": 1, "minggu": 5, "bulan": 22}
_MOST = 100_000


def step_of(drawing: Drawing, task: Element) -> Step:
    lane = drawing.lane_of(task)
    return Step(
        instruction=child_text(task, "documentation"),
        performer=performer_of(drawing, task),
        sharing=sharing_of(drawing, task),
        differs_from=steps_to_differ_from(drawing, task),
        is_strategic=is_strategic(task),
        lane="" if lane is None else _words(lane.get("name", "")),
        form_key=_form_key(task),
        standard_time=standard_time_of(task),
        effort_minutes=_effort_minutes(task),
        outputs=outputs_of(task),
        requirements=_requirements(task),
        qualifications=_qualifications(task),
    )


def standard_time_of(task: Element) -> StandardTime | None:
    """The time on the working calendar; None when there is none, or none that can be read."""
    time = extension(task, f"{TK}waktu")
    if time is None or time.get("teks"):
        return None
    unit, amount = time.get("satuan", "").strip().lower(), _amount(time.get("nilai", ""))
    text = f"{time.get('nilai', '').strip()} {unit.replace('-', ' ')}"
    if amount is not None and unit in _MINUTES and amount * _MINUTES[unit] <= _TEN_YEARS_IN_MINUTES:
        return StandardTime(text=text, working_minutes=max(1, round(amount * _MINUTES[unit])))
    if amount is not None and unit in _WORKING_DAYS and amount == int(amount):
        days = int(amount) * _WORKING_DAYS[unit]
        return StandardTime(text=text, working_days=days) if days <= _TEN_YEARS_IN_DAYS else None
    return None


def has_free_time(task: Element) -> bool:
    """Such as *sesuai kebutuhan*: the office said on purpose that no time is set."""
    time = extension(task, f"{TK}waktu")
    return time is not None and bool(time.get("teks", "").strip())


def outputs_of(task: Element) -> tuple[str, ...]:
    names = (_words(output.get("nama", "") or text_of(output)) for output in extensions(task, f"{TK}output"))
    return tuple(name for name in names if name)


def _effort_minutes(task: Element) -> int | None:
    """The norm, or else a standard time in minutes or hours, which is effort in the practice of offices."""
    norm = extension(task, f"{TK}norma")
    if norm is not None:
        amount = _amount(norm.get("menit", ""))
        return None if amount is None else max(1, round(amount))
    time = standard_time_of(task)
    return None if time is None else time.working_minutes


def _requirements(task: Element) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(text=text_of(item), is_mandatory=item.get("wajib", "true").lower() != "false")
        for holder in extensions(task, f"{TK}kelengkapan")
        for item in holder.iterchildren(f"{TK}item")
        if text_of(item)
    )


def _qualifications(task: Element) -> tuple[str, ...]:
    """Codes or names of the competencies that whoever does it must have."""
    written = (element.get("kode", "").split(",") for element in extensions(task, f"{TK}kualifikasi"))
    return tuple(dict.fromkeys(_words(part) for parts in written for part in parts if part.strip()))


def _form_key(task: Element) -> str | None:
    form = extension(task, f"{TK}formulir")
    return None if form is None else form.get("kunci", "").strip() or None


def _amount(text: str) -> Decimal | None:
    """A positive number, also with a decimal comma."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount <= _MOST else None


def _words(text: str) -> str:
    return " ".join(text.split())
