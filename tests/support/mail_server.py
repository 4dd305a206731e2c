"""A real SMTP server on an unused port that keeps what it gets."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.services import free_port


@dataclass
class MailBox:
    """What arrived; `answer` is the server's reply to each recipient, `last_answer` to the whole mail.

    `strikes` are acts for the moment at which the dialogue reaches RCPT, DATA or the end of the mail.
    """

    port: int
    answer: str = "250 OK"
    last_answer: str = "250 OK"
    strikes: dict[str, Callable[[], None]] = field(default_factory=dict)
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: set[object] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.strike("RCPT")
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.strike("DATA")
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        if self.last_answer.startswith("250"):
            self.messages.append(message)
            self.connections.add(session.peer)
            self.recipients.extend(envelope.rcpt_tos)
            self.strike("TAKEN")
        return self.last_answer

    def strike(self, at: str) -> None:
        if at in self.strikes:
            self.strikes[at]()


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[MailBox]:
    """With a certificate (and its key beside it, `.key`) the server insists on STARTTLS."""
    box = MailBox(port=free_port())
    tls = None
    if certificate is not None:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, certificate.with_suffix(".key"))
    controller = Controller(box, hostname="127.0.0.1", port=box.port, tls_context=tls, require_starttls=tls is not None)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def certificate_in(folder: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself."""
    certificate = folder / "mail.pem"
    request = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    files = ["-keyout", str(certificate.with_suffix(".key")), "-out", str(certificate)]
    subprocess.run([*request.split(), *files], check=True, capture_output=True)
    return certificate
