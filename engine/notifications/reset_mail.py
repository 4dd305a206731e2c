"""The mail for a forgotten password: a link that works once."""

from datetime import datetime
from email.message import EmailMessage

from engine.access.resets import Reset
from engine.base.i18n import _, translate
from engine.base.settings import Settings
from engine.notifications.letter import envelope

SUBJECT = _("A new password for TataKerja")
TEXT = _(
    "Somebody, probably you, asked for a new password for the account %(username)s.\n\n"
    "Choose it here within half an hour; the link works once:\n%(link)s\n\n"
    "If it was not you, do nothing: your password stays as it is.\n\n%(office)s"
)


def reset_letter(reset: Reset, settings: Settings, job_id: int, sent_at: datetime) -> EmailMessage:
    """In the language of its reader; raises BadAddress."""
    link = f"{settings.public_url.rstrip('/')}/sandi-baru/{reset.secret}"
    facts = {"username": reset.username, "link": link, "office": settings.office_name}
    message = envelope(settings, f"job-{job_id}", [reset.email], translate(SUBJECT, None, reset.language), sent_at)
    message.set_content(translate(TEXT, facts, reset.language) + "\n")
    return message
