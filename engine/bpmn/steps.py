"""What the office's own `tk:` elements say of a person's task: who, how long, with what, to which result."""

from decimal import Decimal, InvalidOperation

from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import Requirement, StandardTime, Step, StopsClock
from engine.bpmn.performers import is_strategic, performer_of, sharing_of, steps_to_differ_from
from engine.bpmn.standard_times import AsNeeded, Stated, read_standard_time
from engine.bpmn.vocabulary import (
    TK,
    Element,
    child_text,
    event_definitions,
    extension,
    extensions,
    kind_of,
    text_of,
    trigger_of,
)
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression

_MOST = 100_000
_WAITED_FOR = {"pemohon": StopsClock.APPLICANT, "instansi-lain": StopsClock.OTHER_OFFICE}


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
        count=count_of(task),
        as_needed=as_needed_of(task),
        due=due_of(task),
        effort_minutes=effort_minutes_of(task),
        outputs=outputs_of(task),
        requirements=_requirements(task),
        qualifications=_qualifications(task),
    )


def stated_time_of(element: Element) -> Stated | None:
    """What is said of the time that a step, or a whole process, takes; None where nothing is."""
    time = extension(element, f"{TK}waktu")
    return None if time is None else read_standard_time(_as_written(time))


def standard_time_of(element: Element) -> StandardTime | None:
    """The time on the working calendar; None when there is none, or none that can be read."""
    stated = stated_time_of(element)
    return stated if isinstance(stated, StandardTime) else None


def as_needed_of(task: Element) -> str | None:
    """Why it takes as long as it takes, perhaps nothing; None where that is not said."""
    stated = stated_time_of(task)
    return stated.reason if isinstance(stated, AsNeeded) else None


def due_of(task: Element) -> Expression | None:
    """The moment itself, which the case knows; None where none is said, or it cannot be read."""
    said = extension(task, f"{TK}tenggat")
    if said is None or not said.get("nilai", "").strip():
        return None
    try:
        return Expression(said.get("nilai", ""))
    except ExpressionFault:
        return None


def count_of(task: Element) -> Expression | None:
    """Of how many things the time is said that it gives for each; None where none is said, or it cannot be read."""
    said = count_as_written(task)
    try:
        return Expression(said) if said else None
    except ExpressionFault:
        return None


def count_as_written(task: Element) -> str:
    time = extension(task, f"{TK}waktu")
    return "" if time is None else time.get("kali", "").strip()


def stops_clock_of(node: Element) -> StopsClock | None:
    """Said of an element that waits for a message; any other word than those known is as good as "true"."""
    said = node.get(f"{TK}jamHenti", "").strip().lower()
    if said in ("", "false", "0") or not waits_for_message(node):
        return None
    return _WAITED_FOR.get(said, StopsClock.MESSAGE)


def waits_for_message(node: Element) -> bool:
    if kind_of(node) == "receiveTask":
        return True
    catches = kind_of(node) == "intermediateCatchEvent"
    return catches and any(trigger_of(definition) == "message" for definition in event_definitions(node))


def outputs_of(task: Element) -> tuple[str, ...]:
    names = (_words(output.get("nama", "") or text_of(output)) for output in extensions(task, f"{TK}output"))
    return tuple(name for name in names if name)


def _as_written(time: Element) -> str:
    """In one piece: its text, or what its attributes say."""
    said = time.get("teks", "").strip() or text_of(time)
    if said:
        return " ".join(filter(None, (said, time.get("alasan", ""))))
    ends = (time.get("min", ""), time.get("max", "") or time.get("nilai", ""))
    amount = " - ".join(end.strip() for end in ends if end.strip())
    per = time.get("perSatuan", "").strip()
    return f"{amount} {time.get('satuan', '').strip().replace('-', ' ')}{f'/{per}' if per else ''}"


def effort_minutes_of(task: Element) -> int | None:
    """The norm, or else a standard time in minutes or hours, which is effort in the practice of offices."""
    norm = extension(task, f"{TK}norma")
    if norm is not None:
        amount = _amount(norm.get("menit", ""))
        return None if amount is None else max(1, round(amount))
    time = standard_time_of(task)
    return None if time is None or time.working_days else time.working_minutes


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
