from dataclasses import replace
from email.utils import parseaddr

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine.jobs.claiming import JobCall
from engine.notifications.letter import BadAddress
from engine.notifications.mail import MAIL_JOB, MailNotDelivered, RecipientRefused, send_notice
from engine.organisation.model import Employee
from tests.support.mail_server import certificate_in, mail_server
from tests.support.services import free_port


@pytest.fixture
def send(database):
    """Send the mail of a notice, as the runner of jobs does."""

    def send(notice_id, settings):
        call = JobCall(
            job_id=7,
            kind=MAIL_JOB,
            key=f"mail:{notice_id}",
            instance_id=None,
            payload={"notice_id": notice_id},
            attempt=1,
        )
        send_notice(lambda: Session(database), settings, call)

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
    assert {message["Message-ID"] for message in mailbox.messages} == {"<job-7@tatakerja.kantor.example>"}


def test_what_the_case_is_about_stays_in_the_house(tell, send, office, mail_settings, mailbox):
    send(*tell(office.siti), mail_settings)
    (message,) = mailbox.messages
    assert "SM-2026-00042" in message.as_string()
    assert not any("Undangan" in part.get_content() or "Budi" in part.get_content() for part in message.iter_parts())


def test_mail_that_was_switched_off_meanwhile_is_not_sent(tell, send, office, mail_settings, mailbox):
    send(*tell(office.siti), replace(mail_settings, smtp_host=""))
    assert mailbox.messages == []


def test_who_has_no_address_any_more_gets_nothing(tell, send, office, mail_settings, mailbox, session):
    (notice_id,) = tell(office.siti)
    session.execute(update(Employee).values(email=None))
    session.commit()
    send(notice_id, mail_settings)
    assert mailbox.messages == []


def test_a_notice_that_is_gone_is_not_sent(send, mail_settings, mailbox):
    send(404, mail_settings)
    assert mailbox.messages == []


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
