"""Mails that a diagram writes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from engine.execution.model import Incident, Instance, InstanceState
from engine.organisation.model import Employee
from tests.integration.execution.conftest import Desk
from tests.support.diagrams import chain, diagram, element, end, extensions, start
from tests.support.mail_server import MailBox, mail_server
from tests.support.small_office import NIPS


@pytest.fixture
def mailbox() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def settings(settings: Settings, mailbox: MailBox) -> Settings:
    address = {"smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_starttls": False}
    return replace(settings, **address, public_url="https://tatakerja.kantor.example", language="en")


def mailing(to: str, result: str = "") -> bytes:
    said = (
        f'<tk:parameter nama="to" {to}/><tk:parameter nama="subject" teks="Berkas ${{judul}}"/>'
        '<tk:parameter nama="body">Yth. Bapak/Ibu,\n${judul} sudah jadi.</tk:parameter>'
    )
    hasil = f' hasil="{result}"' if result else ""
    step = element("serviceTask", "surati", extensions(f'<tk:layanan operasi="send_email"{hasil}>{said}</tk:layanan>'))
    return diagram(*chain(start(), step, end()))


def run(core: Core, desk: Desk, to: str, result: str = "") -> int:
    with core.work() as work:
        for name in ("ani", "budi", "eko"):
            work.session.execute(
                update(Employee).where(Employee.nip == NIPS[name]).values(email=f"{name}@kantor.example")
            )
    desk.publish(mailing(to, result))
    case = desk.start(by="dewi")  # who has no address, so that no notice is mailed to her
    core.run_due_jobs()
    return case.instance_id


def incidents(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(Incident.message).where(Incident.resolved_at.is_(None))))


def test_a_mail_is_written_from_the_data_of_the_case(core: Core, desk: Desk, mailbox: MailBox):
    run(core, desk, 'teks="warga@example.org"')
    (message,) = mailbox.messages
    assert (message["To"], message["Subject"]) == ("warga@example.org", "Berkas Sebuah berkas")
    assert message.get_content().splitlines() == ["Yth. Bapak/Ibu,", "Sebuah berkas sudah jadi."]
    assert incidents(core) == []


@pytest.mark.parametrize(
    ("to", "recipients"),
    [
        (f'teks="{NIPS["eko"]}"', ["eko@kantor.example"]),
        ('teks="clerk"', ["ani@kantor.example", "budi@kantor.example"]),
        ('teks="Analis SDM"', ["eko@kantor.example"]),
        ("nilai=\"['writer', 'a@example.org', 'a@example.org']\"", ["eko@kantor.example", "a@example.org"]),
    ],
)
def test_people_are_found_by_what_the_office_calls_them(
    core: Core, desk: Desk, mailbox: MailBox, to: str, recipients: list[str]
):
    run(core, desk, to)
    assert mailbox.recipients == recipients


def test_the_case_goes_on_when_the_mail_server_has_taken_it(core: Core, desk: Desk, mailbox: MailBox):
    instance_id = run(core, desk, 'teks="writer"', result="surat")
    with core.read() as reading:
        instance = reading.session.get_one(Instance, instance_id)
    assert instance.state == InstanceState.COMPLETED
    assert instance.variables["surat"] == {"penerima": ["eko@kantor.example"]}


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ('teks="nobody"', "Nobody is known as “nobody”"),
        ('teks="kasubbag"', "No e-mail address is known of “kasubbag”"),
        ("nilai=\"'x@y.example\\nBcc: z@y.example'\"", "No mail can be sent to the address"),
        ('teks="not@@an address"', "No mail can be sent to the address"),
        ('nilai="[]"', "has no recipient"),
        ('nilai="' + str([f"a{n}@x.example" for n in range(21)]).replace('"', "'") + '"', "more than 20"),
    ],
)
def test_who_cannot_be_written_to_stops_the_case_with_a_reason(
    core: Core, desk: Desk, mailbox: MailBox, to: str, told: str
):
    run(core, desk, to)
    (message,) = incidents(core)
    assert told in message
    assert mailbox.messages == []


def test_a_busy_mail_server_is_tried_again_with_the_same_message_id(
    core: Core, desk: Desk, mailbox: MailBox, clock: FrozenClock
):
    mailbox.answer = "451 Come back later"
    run(core, desk, 'teks="writer"')
    assert (mailbox.messages, incidents(core)) == ([], [])
    mailbox.answer = "250 OK"
    clock.advance(timedelta(seconds=10))
    core.run_due_jobs()
    (message,) = mailbox.messages
    assert message["Message-ID"].startswith("<job-")


def test_a_recipient_that_the_server_does_not_know_is_an_incident_at_once(core: Core, desk: Desk, mailbox: MailBox):
    mailbox.answer = "550 No such user"
    run(core, desk, 'teks="writer"')
    (message,) = incidents(core)
    assert "550 No such user" in message


def test_without_a_mail_server_the_incident_says_what_to_do(core: Core, desk: Desk):
    core.settings = replace(core.settings, smtp_host="")
    run(core, desk, 'teks="writer"')
    (message,) = incidents(core)
    assert "TATAKERJA_SMTP_HOST" in message
