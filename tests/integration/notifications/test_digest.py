"""One mail a day at her hour with what she has not read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.access.model import Role
from engine.base.actor import Actor
from engine.core.core import Core
from engine.jobs.model import Job
from engine.notifications.dispatch import DIGEST_JOB
from engine.notifications.groups import Group
from engine.notifications.model import Delivery, GatheredNotice, MailMode
from engine.notifications.operations import mark_read
from engine.notifications.preferences import BadPreference, NoNotices, keep_choice

JAKARTA = ZoneInfo("Asia/Jakarta")
HALF_PAST_NINE = 9 * 60 + 30


@pytest.fixture
def core(mail_settings, clock, database):
    return Core(mail_settings, clock, engine=database)


@pytest.fixture
def siti(office) -> Actor:
    return Actor(account_id=1, employee_id=office.siti, name="Siti", roles=frozenset({Role.STAFF}))


@pytest.fixture
def wish(core, siti):
    """Siti chooses; it is Monday, eight in the morning."""

    def wish(mail: MailMode = MailMode.DIGEST, minute: int | None = HALF_PAST_NINE, muted=()):
        with core.work(siti) as work:
            keep_choice(work, mail, minute, muted, {})

    return wish


@pytest.fixture
def due(session):
    def due() -> datetime:
        session.rollback()
        return session.scalars(select(Job.due_at).where(Job.kind == DIGEST_JOB)).one().astimezone(JAKARTA)

    return due


def jakarta(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def test_what_has_gathered_comes_in_one_mail_at_her_hour(core, wish, tell, office, mail_settings, mailbox, clock, due):
    wish()
    for n in range(3):
        tell(office.siti, key=f"work.arrived:{n}", settings=mail_settings)
    core.run_due_jobs()
    assert mailbox.messages == []
    clock.advance(timedelta(hours=2))
    core.run_due_jobs()
    (message,) = mailbox.messages
    assert message["Subject"] == "Unread notices: 3"
    assert due() == jakarta("2026-11-24 09:30")


def test_what_was_told_before_her_hour_and_is_not_sorted_yet_is_waited_for(
    core, wish, tell, office, mail_settings, mailbox, clock, session
):
    wish()
    tell(office.siti, settings=mail_settings)
    clock.advance(timedelta(hours=2))
    core.run_jobs(session.scalars(select(Job.id).where(Job.kind == DIGEST_JOB)).all())
    session.rollback()
    core.run_due_jobs()
    clock.advance(timedelta(seconds=5))
    core.run_due_jobs()
    assert [message["Subject"] for message in mailbox.messages] == ["Unread notices: 1"]


def test_what_is_told_after_her_hour_keeps_no_digest_back(core, wish, tell, office, mail_settings, clock, session):
    wish()
    tell(office.siti, settings=mail_settings)
    core.run_due_jobs()
    clock.advance(timedelta(hours=2))
    tell(office.siti, key="work.arrived:later", settings=mail_settings)
    core.run_jobs(session.scalars(select(Job.id).where(Job.kind == DIGEST_JOB)).all())
    session.rollback()
    assert len(session.scalars(select(Delivery)).all()) == 1


def test_what_was_read_meanwhile_is_not_listed(core, wish, siti, tell, office, mail_settings, mailbox, clock):
    wish()
    first, _second = (tell(office.siti, key=f"work.arrived:{n}", settings=mail_settings)[0] for n in range(2))
    core.run_due_jobs()
    with core.work(siti) as work:
        mark_read(work, first)
    clock.advance(timedelta(hours=2))
    core.run_due_jobs()
    assert mailbox.messages[0]["Subject"] == "Unread notices: 1"


def test_nothing_new_is_no_mail(core, wish, tell, office, mail_settings, mailbox, clock):
    wish()
    tell(office.siti, settings=mail_settings)
    for _day in range(2):
        clock.advance(timedelta(hours=24))
        core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_no_digest_comes_on_a_day_on_which_the_office_does_not_work(
    core, wish, tell, office, mail_settings, mailbox, clock, due
):
    clock.advance(timedelta(days=4, hours=2))  # Friday, ten
    wish()
    assert due() == jakarta("2026-11-30 09:30")


def test_moving_the_hour_moves_the_next_digest(wish, due):
    wish()
    wish(minute=15 * 60)
    assert due() == jakarta("2026-11-23 15:00")


def test_whoever_wants_mail_at_once_again_gets_what_had_gathered(core, wish, tell, office, mail_settings, mailbox):
    wish()
    tell(office.siti, settings=mail_settings)
    core.run_due_jobs()
    wish(MailMode.AT_ONCE)
    core.run_due_jobs()
    assert [message["Subject"] for message in mailbox.messages] == ["Unread notices: 1"]


def test_whoever_wants_no_mail_any_more_gets_none(core, wish, tell, office, mail_settings, mailbox, session, clock):
    wish()
    tell(office.siti, settings=mail_settings)
    core.run_due_jobs()
    wish(MailMode.NEVER)
    clock.advance(timedelta(days=1))
    core.run_due_jobs()
    assert session.scalars(select(GatheredNotice)).all() == []
    assert session.scalars(select(Delivery)).all() == []


def test_what_is_muted_is_in_no_digest(core, wish, tell, office, mail_settings, session):
    wish(muted=[Group.WORK])
    tell(office.siti, settings=mail_settings)
    core.run_due_jobs()
    assert session.scalars(select(GatheredNotice)).all() == []


def test_a_digest_needs_an_hour(wish):
    with pytest.raises(BadPreference):
        wish(minute=None)


def test_whoever_is_no_employee_has_nothing_to_choose(core):
    stranger = Actor(account_id=1, employee_id=None, name="Admin")
    with pytest.raises(NoNotices), core.work(stranger) as work:
        keep_choice(work, "never", None, [], {})
