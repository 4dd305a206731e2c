"""A day's notices as one mail: each case once, with all that was told of it. Titles only, for they leave the house."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html import escape

from engine.base.i18n import _, translate
from engine.base.settings import Settings
from engine.notifications.letter import address_of, envelope, signature

MOST_LISTED = 100
HTML = """<!doctype html>
<html lang="{language}"><body style="font-family:sans-serif;color:#1f2937">
<p style="font-size:16px"><strong>{subject}</strong></p>
{sections}
<p style="color:#6b7280;font-size:13px">{signature}</p>
</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice: its title, the case if it speaks of one, and the page that it leads to."""

    title: str
    number: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """All that was told of one case; without a number, what speaks of none."""

    number: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLetter:
    name: str
    recipient: str
    told: tuple[Told, ...]
    sent_at: datetime
    language: str


def by_case(told: Sequence[Told]) -> tuple[Section, ...]:
    """Cases in the order in which they were first spoken of; what belongs to none comes last."""
    numbers = dict.fromkeys(each.number for each in told)
    ordered = [number for number in numbers if number] + [number for number in numbers if not number]
    return tuple(
        Section(number=number, told=tuple(each for each in told if each.number == number)) for number in ordered
    )


def compose_digest(letter: DigestLetter, settings: Settings) -> EmailMessage:
    """Raises BadAddress."""
    language, sections = letter.language, by_case(letter.told[:MOST_LISTED])
    subject = translate(_("Unread notices: %(count)s"), {"count": len(letter.told)}, language)
    message = envelope(settings, letter.name, [letter.recipient], subject, letter.sent_at)
    plain = [subject, *(_as_text(section, settings, language) for section in sections)]
    message.set_content("\n\n".join([*plain, *_rest(letter, settings), signature(settings, language)]) + "\n")
    html = HTML.format(
        language=language,
        subject=escape(subject),
        sections="\n".join(
            [
                *(_as_html(section, settings, language) for section in sections),
                *(f"<p>{escape(line)}</p>" for line in _rest(letter, settings)),
            ]
        ),
        signature=escape(signature(settings, language)),
    )
    message.add_alternative(html, subtype="html")
    return message


def _as_text(section: Section, settings: Settings, language: str) -> str:
    lines = [f"- {each.title}\n  {address_of(settings, each.path)}" for each in section.told]
    return "\n".join([_heading(section, language), *lines])


def _as_html(section: Section, settings: Settings, language: str) -> str:
    lines = "".join(
        f'<li><a href="{escape(address_of(settings, each.path))}">{escape(each.title)}</a></li>'
        for each in section.told
    )
    return f"<p><strong>{escape(_heading(section, language))}</strong></p>\n<ul>{lines}</ul>"


def _heading(section: Section, language: str) -> str:
    if section.number:
        return translate(_("Case %(number)s"), {"number": section.number}, language)
    return translate(_("Other notices"), None, language)


def _rest(letter: DigestLetter, settings: Settings) -> Iterator[str]:
    """What a single mail cannot list stands in the application."""
    more = len(letter.told) - MOST_LISTED
    if more > 0:
        text = _("And %(count)s more: %(link)s")
        yield translate(text, {"count": more, "link": address_of(settings, "/pemberitahuan")}, letter.language)
