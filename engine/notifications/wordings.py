"""The office's own words for its notices: with places in braces, such as {number}, filled from the facts."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _, translate, with_one_stop
from engine.base.text import lines, one_line
from engine.notifications import texts
from engine.notifications.texts import NoticeText, text_of

TITLE_LENGTH = 200
BODY_LENGTH = 2_000
NO_FACT = "–"

Words = Mapping[tuple[str, str], NoticeText]  # by kind and language; without any it is the program's that hold

_OF_PROGRAM = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(r"\{([^{}]*)\}")
# What names people, or what they wrote: it stands in the notice, and never in the title that leaves the house.
IN_HOUSE = frozenset(
    {
        "by",
        "to",
        "from",
        "case",
        "holders",
        "name",
        "text",
        "message",
        "reason",
        "position",
        "element",
        "filename",
        "whom",
    }
)

# What stands at each place, and an example of it.
PLACES: Mapping[str, tuple[str, str]] = {
    "number": (_("the number of the case"), "SM-2026-00042"),
    "case": (_("what the case is about"), _("Invitation to the coordination meeting")),
    "title": (_("the step"), _("Check the documents")),
    "by": (_("who did it"), "Siti Aminah"),
    "to": (_("who has it now"), "Budi Santoso"),
    "from": (_("for whom"), "Rina Wulandari"),
    "reason": (_("the reason"), _("The letter lacks its number")),
    "due_at": (_("when it is due"), "2026-11-23T07:30:00+00:00"),
    "was_at": (_("when it was due before"), "2026-11-20T07:30:00+00:00"),
    "until_at": (_("until when"), "2026-11-30T09:00:00+00:00"),
    "starts_at": (_("from when on"), "2026-11-23T00:30:00+00:00"),
    "ends_at": (_("until when"), "2026-11-27T09:00:00+00:00"),
    "holders": (_("for whom it waits"), "Siti Aminah, Budi Santoso"),
    "name": (_("whom it is about"), "Siti Aminah"),
    "position": (_("her position"), "Arsiparis"),
    "filename": (_("the name of the file"), "pegawai.xlsx"),
    "element": (_("the step where it stopped"), _("Number the letter")),
    "message": (_("what went wrong"), _("A value is missing")),
    "whom": (_("for whom it would have begun"), "Siti Aminah"),
    "count": (_("how many cases"), "12"),
    "tasks": (_("how many tasks"), "12"),
    "days": (_("which days"), "2026-11-19, 2026-11-20"),
    "text": (_("the text that the procedure gives"), _("Your letter is ready")),
}


class BadWording(Invalid):
    code = "wording.bad"
    message = _("These words cannot be kept; what is wrong stands at their fields.")


def title(words: Words, kind: str, facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> str:
    own = words.get((kind, language))
    return filled(own.title, facts, zone, language) if own else texts.title(kind, facts, zone, language)


def body(words: Words, kind: str, facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> str:
    own = words.get((kind, language))
    return filled(own.body, facts, zone, language) if own else texts.body(kind, facts, zone, language)


def filled(sentence: str, facts: Mapping[str, Any], zone: ZoneInfo, language: str) -> str:
    """A notice written before the words were changed may lack a fact: a dash stands for it."""
    spoken = texts.spoken(facts, zone, language)
    return with_one_stop(_PLACE.sub(lambda place: str(spoken.get(place[1], NO_FACT)), sentence))


def places_of(kind: str) -> tuple[str, ...]:
    """What the program knows when it writes such a notice, in the order of its own words."""
    text = text_of(kind)
    return tuple(dict.fromkeys(_OF_PROGRAM.findall(f"{text.title} {text.body}")))


def places_of_title(kind: str) -> tuple[str, ...]:
    return tuple(place for place in places_of(kind) if place not in IN_HOUSE)


def program_words(kind: str, language: str) -> NoticeText:
    """The program's own, as somebody would type them."""
    text = text_of(kind)
    return NoticeText(title=_as_typed(text.title, language), body=_as_typed(text.body, language))


def example_facts(kind: str, language: str) -> dict[str, str]:
    return {name: translate(PLACES[name][1], None, language) if name in PLACES else name for name in places_of(kind)}


def checked(kind: str, title: str, body: str) -> NoticeText:
    """The words as they are kept; raises BadWording, with the place that is not known."""
    text = NoticeText(title=one_line(title), body=lines(body))
    problems = [
        *_problems("title", text.title, TITLE_LENGTH, places_of_title(kind), places_of(kind)),
        *_problems("body", text.body, BODY_LENGTH, places_of(kind), ()),
    ]
    if problems:
        raise BadWording(problems)
    return text


def _problems(
    name: str, sentence: str, longest: int, allowed: tuple[str, ...], elsewhere: tuple[str, ...]
) -> list[FieldProblem]:
    if not sentence:
        return [FieldProblem(name=name, code="empty", message=_("Write something here, or go back to the program's."))]
    if len(sentence) > longest:
        message = _("At most %(longest)s characters, please.")
        return [FieldProblem(name=name, code="too_long", message=message, params={"longest": longest})]
    used = dict.fromkeys(_PLACE.findall(sentence))
    problems = [_unknown(name, place, allowed, place in elsewhere) for place in used if place not in allowed]
    if set(_PLACE.sub("", sentence)) & set("{}"):
        message = _("A brace stands alone. Write each place as in {number}, with a brace on either side.")
        problems.append(FieldProblem(name=name, code="lone_brace", message=message))
    return problems


def _unknown(name: str, place: str, allowed: tuple[str, ...], is_in_body: bool) -> FieldProblem:
    if is_in_body:
        message = _("{%(place)s} may stand in the text only: the title leaves the house and names no people.")
    elif allowed:
        message = _("{%(place)s} is no place of this notice. It knows: %(known)s.")
    else:
        message = _("{%(place)s} is no place of this notice; it has none here.")
    known = ", ".join(f"{{{each}}}" for each in allowed)
    return FieldProblem(name=name, code="unknown_place", message=message, params={"place": place[:40], "known": known})


def _as_typed(sentence: str, language: str) -> str:
    return _OF_PROGRAM.sub(r"{\1}", translate(sentence, None, language))
