from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr
from time import sleep

import pytest
from sqlalchemy import update

from engine.notifications import mail, texts
from engine.notifications.letter import BadAddress, Letter, compose, envelope
from engine.notifications.mail import MailNotDelivered, MailRefused, MailUncertain, RecipientRefused, deliver
from engine.notifications.model import Notice
from engine.organisation.model import Employee
from tests.support.mail_server import certificate_in, mail_server
from tests.support.services import free_port


@pytest.fixture
def send(session):
    """Send the mail of a notice, as its delivery does."""

    def send(notice_id, settings):
        notice = session.get_one(Notice, notice_id)
        letter = Letter(
            name="delivery-7",
            recipient=session.get_one(Employee, notice.employee_id).email or "",
            title=texts.title(notice.kind, notice.facts, settings.zone, "en"),
            number=notice.facts["number"],
            path=f"/pemberitahuan/{notice.id}",
            sent_at=notice.created_at,
            language="en",
        )
        deliver(compose(letter, settings), settings)

    return send


def test_a_mail_arrives(tell, send, office, mail_settings, mailbox):
    (notice_id,) = tell(office.siti)
    send(notice_id, mail_settings)
    (message,) = mailbox.messages
    assert mailbox.recipients == ["siti@kantor.example"]
    assert message["Subject"] == "New task: Periksa berkas"
    assert parseaddr(message["From"])[1] == "tatakerja@kantor.example"
    assert f"https://tatakerja.kantor.example/pemberitahuan/{notice_id}" in message.get_body(("plain",)).get_content()


def test_a_second_attempt_has_the_same_message_id(tell, send, office, mail_settings, mailbox):
    (notice_id,) = tell(office.siti)
    send(notice_id, mail_settings)
    send(notice_id, mail_settings)
    assert {message["Message-ID"] for message in mailbox.messages} == {"<delivery-7@tatakerja.kantor.example>"}


def test_what_the_case_is_about_stays_in_the_house(tell, send, office, mail_settings, mailbox):
    send(*tell(office.siti), mail_settings)
    (message,) = mailbox.messages
    plain, html = (part.get_content() for part in message.iter_parts())
    assert "SM-2026-00042" in plain
    assert "SM-2026-00042" in html
    assert [word for word in ("Undangan", "Budi") if word in plain + html] == []


def test_a_broken_address_is_hopeless(tell, send, office, mail_settings, mailbox, session):
    (notice_id,) = tell(office.siti)
    session.execute(update(Employee).values(email="siti@x.example\nBcc: all@x.example"))
    session.commit()
    with pytest.raises(BadAddress):
        send(notice_id, mail_settings)


def test_an_unknown_recipient_is_hopeless(tell, send, office, mail_settings, mailbox):
    mailbox.answer = "550 No such user"
    with pytest.raises(RecipientRefused, match="550 No such user"):
        send(*tell(office.siti), mail_settings)


def test_a_busy_server_is_tried_again(tell, send, office, mail_settings, mailbox):
    mailbox.answer = "451 Come back later"
    with pytest.raises(MailNotDelivered, match="451"):
        send(*tell(office.siti), mail_settings)


def test_a_mail_that_the_server_refuses_whole_is_hopeless(tell, send, office, mail_settings, mailbox):
    mailbox.last_answer = "554 Looks like spam"
    with pytest.raises(MailRefused, match="554 Looks like spam"):
        send(*tell(office.siti), mail_settings)


def test_a_server_that_falls_silent_after_the_mail_leaves_it_uncertain(
    tell, send, office, mail_settings, mailbox, monkeypatch
):
    monkeypatch.setattr(mail, "SMTP_SECONDS", 0.2)
    mailbox.strikes["TAKEN"] = lambda: sleep(0.5)
    with pytest.raises(MailUncertain, match=r"TimeoutError|SMTPServerDisconnected"):
        send(*tell(office.siti), mail_settings)


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(tell, send, office, mail_settings, mailbox):
    message = envelope(mail_settings, "job-1", ["siti@kantor.example"], "Titik", datetime(2026, 11, 23, tzinfo=UTC))
    message.set_content(".\n..dua\nakhir\n")
    deliver(message, mail_settings)
    assert mailbox.messages[0].get_content().splitlines() == [".", "..dua", "akhir"]


def test_a_server_that_is_down_is_tried_again(tell, send, office, mail_settings):
    with pytest.raises(MailNotDelivered, match="ConnectionRefusedError"):
        send(*tell(office.siti), replace(mail_settings, smtp_port=free_port()))


def test_a_mail_goes_through_a_trusted_lock(tell, send, office, mail_settings, tmp_path, monkeypatch):
    certificate = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate) as box:
        send(*tell(office.siti), replace(mail_settings, smtp_port=box.port, smtp_starttls=True))
    assert len(box.messages) == 1


def test_a_server_that_nobody_vouches_for_gets_nothing(tell, send, office, mail_settings, tmp_path):
    with mail_server(certificate_in(tmp_path)) as box:
        settings = replace(mail_settings, smtp_port=box.port, smtp_starttls=True)
        with pytest.raises(MailNotDelivered, match="SSLCertVerificationError"):
            send(*tell(office.siti), settings)
    assert box.messages == []
