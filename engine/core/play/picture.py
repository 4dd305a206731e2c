"""How a play stands, in lines that a person reads: what can be done is numbered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.base.i18n import _, translate
from engine.core.play.looking import Standing

Names = Mapping[int, Mapping[str, str]]
LONGEST_VALUE = 60
CASE = _("case %(id)s")
STATES = {
    "active": _("running"),
    "incident": _("stopped by a fault"),
    "completed": _("completed"),
    "cancelled": _("cancelled"),
}


class Kind(StrEnum):
    OPEN = "open"
    WAITING = "waiting"
    INCIDENT = "incident"


HEADINGS = {
    Kind.OPEN: _("Open (complete NUMBER):"),
    Kind.WAITING: _("Waiting (trigger NUMBER):"),
    Kind.INCIDENT: _("Stopped by a fault (trigger NUMBER to try again, complete NUMBER to go on):"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that can be done, by its number or by the id of its element."""

    number: int
    kind: Kind
    instance: int
    element: str
    about: str


def choices(standings: Sequence[Standing], names: Names) -> tuple[Choice, ...]:
    """Everything that is open comes before everything that waits."""
    found = [
        (kind, standing.id, element, about)
        for kind in Kind
        for standing in standings
        for element, about in _of_kind(standing, kind, names.get(standing.id, {}))
    ]
    return tuple(
        Choice(number=number, kind=kind, instance=instance, element=element, about=about)
        for number, (kind, instance, element, about) in enumerate(found, start=1)
    )


def picture(standings: Sequence[Standing], found: Sequence[Choice], language: str) -> Iterator[str]:
    for standing in standings:
        yield _case(standing, language)
    for kind in Kind:
        of_kind = [choice for choice in found if choice.kind is kind]
        if of_kind:
            yield translate(HEADINGS[kind], language=language)
            yield from (_line(choice, language) for choice in of_kind)


def happened(before: Sequence[Standing], after: Sequence[Standing], language: str) -> str:
    """What the cases have done between these two."""
    done = {standing.id: len(standing.completed) for standing in before}
    news = [
        f"{', '.join(new)} [{translate(CASE, {'id': standing.id}, language)}]"
        for standing in after
        if (new := standing.completed[done.get(standing.id, 0) :])
    ]
    if not news:
        return translate(_("No case went on meanwhile."), language=language)
    return translate(_("Went by meanwhile: %(elements)s."), {"elements": "; ".join(news)}, language)


def _case(standing: Standing, language: str) -> str:
    state = translate(STATES[standing.status], language=language)
    data = ", ".join(f"{name} = {_short(value)}" for name, value in standing.variables.items())
    message = _("Case %(id)s, %(process)s: %(state)s.")
    line = translate(message, {"id": standing.id, "process": standing.process, "state": state}, language)
    return f"{line} {data}" if data else line


def _line(choice: Choice, language: str) -> str:
    case = translate(CASE, {"id": choice.instance}, language)
    return f"  {choice.number:>3}  {choice.about}  [{choice.element}, {case}]"


def _of_kind(standing: Standing, kind: Kind, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if kind is Kind.INCIDENT:
        yield from (
            (fault.activity, f"{_name(fault.activity, names)}: {fault.message}") for fault in standing.incidents
        )
        return
    elements = standing.open if kind is Kind.OPEN else standing.waiting
    yield from ((element, _name(element, names)) for element in elements)


def _name(element: str, names: Mapping[str, str]) -> str:
    return names.get(element) or element


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
