"""A notice as a mail: plain text and HTML, and nothing in it but the title, the case's number and a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from urllib.parse import urlsplit

from engine.base.i18n import _, translate
from engine.base.settings import Settings
from engine.jobs.errors import Hopeless

SUBJECT_LENGTH = 150
HTML = """<!doctype html>
<html lang="{language}"><body style="font-family:sans-serif;color:#1f2937">
<p style="font-size:16px"><strong>{title}</strong></p>
<p>{case}</p>
<p><a href="{link}">{open}</a></p>
<p style="color:#6b7280;font-size:13px">{signature}</p>
</body></html>
"""


class BadAddress(Hopeless):
    code = "mail.bad_address"
    message = _("No mail can be sent to the address of this person, or in the name of the sender. Correct it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail needs; `path` leads to the page that it is about."""

    name: str  # the same for each attempt, such as "delivery-7"
    recipient: str
    title: str
    number: str
    path: str
    sent_at: datetime
    language: str


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The same name gives the same Message-ID, so that a second delivery is known as such; raises BadAddress."""
    title = " ".join(letter.title.split())
    message = envelope(settings, letter.name, [letter.recipient], title, letter.sent_at)
    parts = _parts(letter, settings, title)
    message.set_content("\n\n".join(parts[name] for name in ("title", "case", "link", "signature") if parts[name]))
    message.add_alternative(HTML.format_map({name: escape(part) for name, part in parts.items()}), subtype="html")
    return message


def envelope(settings: Settings, name: str, recipients: Sequence[str], subject: str, sent_at: datetime) -> EmailMessage:
    """A mail of this office without its content; raises BadAddress."""
    message = EmailMessage()
    message["Subject"] = subject[:SUBJECT_LENGTH]
    message["From"] = _address(settings.mail_from, settings.office_name)
    message["To"] = [_address(recipient, "") for recipient in recipients]
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = f"<{name}@{urlsplit(settings.public_url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def _parts(letter: Letter, settings: Settings, title: str) -> dict[str, str]:
    language = letter.language
    return {
        "language": language,
        "title": title,
        "case": translate(_("Case %(number)s"), {"number": letter.number}, language) if letter.number else "",
        "open": translate(_("Open in TataKerja"), None, language),
        "link": address_of(settings, letter.path),
        "signature": signature(settings, language),
    }


def address_of(settings: Settings, path: str) -> str:
    return settings.public_url.rstrip("/") + path


def signature(settings: Settings, language: str) -> str:
    text = _("This mail was sent by TataKerja of %(office)s. Please do not answer it.")
    return translate(text, {"office": settings.office_name}, language)


def _address(address: str, name: str) -> Address:
    """Addresses come from imported lists: one that would break the header, or is none, is refused."""
    if "\r" in address or "\n" in address or not address.isascii() or "@" not in parseaddr(address)[1]:
        raise BadAddress
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=address.strip())
    except (MessageError, ValueError, IndexError):
        raise BadAddress from None
