"""An office whose mail goes to a server of the test's own."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.settings import Settings
from engine.notifications.model import Notice
from engine.notifications.operations import notify
from tests.support.databases import OpenWork
from tests.support.mail_server import MailBox, mail_server
from tests.support.offices import SmallOffice, a_small_office

FACTS = {"number": "SM-2026-00042", "case": "Undangan rapat Budi", "title": "Periksa berkas"}


@pytest.fixture
def office(session: Session) -> SmallOffice:
    office = a_small_office(session)
    session.commit()
    return office


@pytest.fixture
def mailbox() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def mail_settings(settings: Settings, mailbox: MailBox) -> Settings:
    return replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=mailbox.port,
        smtp_starttls=False,
        mail_from="tatakerja@kantor.example",
        public_url="https://tatakerja.kantor.example",
        language="en",
    )


@pytest.fixture
def tell(work: OpenWork) -> Callable[..., list[int]]:
    """Tell people of new work, in a unit of work of its own; the ids of the notices that this made."""

    def tell(*employee_ids: int, key: str = "work.arrived:1", settings: Settings | None = None) -> list[int]:
        with work() as w:
            w.settings = settings or w.settings
            before = set(w.session.scalars(select(Notice.id)))
            notify(w, employee_ids, "work.arrived", key, FACTS)
            return sorted(set(w.session.scalars(select(Notice.id))) - before)

    return tell
