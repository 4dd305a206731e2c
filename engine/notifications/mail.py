"""Handing a mail to the server by SMTP, so that afterwards it is known whether the server has taken it."""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from io import BytesIO

from engine.base.i18n import _
from engine.base.settings import Settings
from engine.notifications.failures import NotDelivered, Refused, Uncertain

SMTP_SECONDS = 10  # for each answer of the server
FINAL = 500  # codes from here on are final; those below ask to come again later


class MailNotDelivered(NotDelivered):
    code = "mail.not_delivered"
    message = _("The mail server did not take the mail: %(answer)s")


class RecipientRefused(Refused):
    code = "mail.recipient_refused"
    message = _("The mail server does not know this recipient: %(answer)s")


class MailRefused(Refused):
    code = "mail.refused"
    message = _("The mail server refused the mail for good: %(answer)s")


class MailUncertain(Uncertain):
    code = "mail.uncertain"
    message = _("The mail was handed over whole, but the server did not answer; it may have arrived: %(answer)s")


class MailRound:
    """One connection for mails that follow one another: to open and lock it takes longer than a mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage) -> Mapping[str, str]:
        """As `deliver` does; a server that has had enough of this connection is asked again by a new one."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(MailNotDelivered):  # nothing of it was taken
                return self._handed_over(kept, message)
        return self._handed_over(_connected(self._settings), message)

    def close(self) -> None:
        if self._kept is not None:
            _leave(self._kept)

    def _handed_over(self, server: smtplib.SMTP, message: EmailMessage) -> Mapping[str, str]:
        """Only after a whole dialogue the connection is good for another."""
        with ExitStack() as unless_it_went_well:
            unless_it_went_well.callback(_leave, server)
            refused = _introduced(server, message)
            _handed_over(server, message)
            unless_it_went_well.pop_all()
        self._kept = server
        return refused


def deliver(message: EmailMessage, settings: Settings) -> Mapping[str, str]:
    """Hand the mail to the server; of several recipients those that it refused, with its answer.

    Raises RecipientRefused when all are refused for good, MailRefused when the mail is, MailNotDelivered for all that
    may mend itself, MailUncertain when the server did not say whether it took it.
    """
    with closing(MailRound(settings)) as mails:
        return mails.deliver(message)


def _leave(server: smtplib.SMTP) -> None:
    """What the server took is taken, however it says good-bye."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _connected(settings: Settings) -> smtplib.SMTP:
    try:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise _not_delivered(error) from error
    try:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise _not_delivered(error) from error
    return server


def _introduced(server: smtplib.SMTP, message: EmailMessage) -> Mapping[str, str]:
    """Who it is from and for whom; nothing has been handed over until `DATA` is answered with "go on"."""
    try:
        code, answer = server.mail(message["From"].addresses[0].addr_spec)
        if code != 250:
            # Whoever sends is a setting of the office: once that is mended, the mail can go.
            raise MailNotDelivered(answer=_said(code, answer))
        refused = {}
        recipients = [address.addr_spec for address in message["To"].addresses]
        for recipient in recipients:
            code, answer = server.rcpt(recipient)
            if code not in (250, 251):
                refused[recipient] = (code, answer)
        if len(refused) == len(recipients):
            raise _refusal(refused)
        code, answer = server.docmd("data")
    except (OSError, smtplib.SMTPException) as error:
        raise _not_delivered(error) from error
    if code != 354:
        raise _not_taken(code, answer)
    return {recipient: _said(code, answer) for recipient, (code, answer) in refused.items()}


def _handed_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """From here to the server's answer nobody knows whether it has the mail."""
    try:
        server.send(_as_sent(message))
        code, answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise MailUncertain(answer=f"{type(error).__name__}: {error}") from error
    if not 200 <= code < 600:  # no answer that a mail server gives
        raise MailUncertain(answer=_said(code, answer))
    if code >= 300:
        raise _not_taken(code, answer)


def _as_sent(message: EmailMessage) -> bytes:
    written = BytesIO()
    BytesGenerator(written, policy=MAIL_POLICY.clone(cte_type="7bit")).flatten(message, linesep="\r\n")
    content = written.getvalue()
    doubled = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in content.split(b"\r\n"))
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _refusal(refused: Mapping[str, tuple[int, bytes]]) -> RecipientRefused | MailNotDelivered:
    answers = "; ".join(_said(code, answer) for code, answer in refused.values())
    is_final = all(code >= FINAL for code, _answer in refused.values())
    return RecipientRefused(answer=answers) if is_final else MailNotDelivered(answer=answers)


def _not_taken(code: int, answer: bytes) -> MailRefused | MailNotDelivered:
    said = _said(code, answer)
    return MailRefused(answer=said) if code >= FINAL else MailNotDelivered(answer=said)


def _not_delivered(error: Exception) -> MailNotDelivered:
    return MailNotDelivered(answer=f"{type(error).__name__}: {error}")


def _said(code: int, answer: bytes) -> str:
    return f"{code} {answer.decode(errors='replace')}"
