"""Sending notices by SMTP: an outside job, run with no transaction open."""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.errors import Unavailable
from engine.base.i18n import _
from engine.base.settings import Settings
from engine.jobs.claiming import JobCall
from engine.jobs.errors import Hopeless
from engine.notifications import texts
from engine.notifications.letter import Letter, compose
from engine.notifications.model import Notice
from engine.organisation.model import Employee

MAIL_JOB = "mail.notice"
SMTP_SECONDS = 10  # for each answer of the server; the lease of the job is longer than all of them


class MailNotDelivered(Unavailable):
    code = "mail.not_delivered"
    message = _("The mail server did not take the mail: %(answer)s")


class RecipientRefused(Hopeless):
    code = "mail.recipient_refused"
    message = _("The mail server does not know this recipient: %(answer)s")


def send_notice(new_session: Callable[[], Session], settings: Settings, call: JobCall) -> None:
    """Mail one notice. One that is gone, whose reader has no address any more, or mail switched off: nothing to do."""
    if not settings.mail_is_on:
        return
    with new_session() as session:
        letter = find_letter(session, settings, call)
    if letter is not None:
        deliver(compose(letter, settings), settings)


def find_letter(session: Session, settings: Settings, call: JobCall) -> Letter | None:
    row = session.execute(
        select(Notice.id, Notice.kind, Notice.facts, Notice.created_at, Employee.email)
        .join(Employee, Employee.id == Notice.employee_id)
        .where(Notice.id == call.payload["notice_id"])
    ).one_or_none()
    if row is None or not row.email:
        return None
    return Letter(
        job_id=call.job_id,
        recipient=row.email,
        title=texts.title(row.kind, row.facts, settings.zone, settings.language),
        number=row.facts.get("number", ""),
        path=f"/pemberitahuan/{row.id}",
        sent_at=row.created_at,
    )


def deliver(message: EmailMessage, settings: Settings) -> Mapping[str, str]:
    """Hand the mail to the server; of several recipients those that it refused, with its answer.

    Raises RecipientRefused when all are refused for good, MailNotDelivered for all that may mend itself.
    """
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS) as server:
            if settings.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            refused = server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotDelivered(answer=f"{type(error).__name__}: {error}") from error
    return {address: f"{code} {text.decode(errors='replace')}" for address, (code, text) in refused.items()}


def _refusal(error: smtplib.SMTPRecipientsRefused) -> RecipientRefused | MailNotDelivered:
    """Codes from 500 on are final; those below ask to come again later."""
    answers = "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    is_final = all(code >= 500 for code, _text in error.recipients.values())
    return RecipientRefused(answer=answers) if is_final else MailNotDelivered(answer=answers)
