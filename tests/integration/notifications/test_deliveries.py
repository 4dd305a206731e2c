"""Mails as deliveries of the assembled house: planned, sent once, given up, or left to a person to decide."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from engine.access.model import Account, Role
from engine.base.actor import Actor
from engine.core.core import Core
from engine.jobs.backoff import MAX_ATTEMPTS
from engine.jobs.model import Job, JobState
from engine.jobs.operations import schedule
from engine.notifications import deliveries
from engine.notifications.channel_keeping import drop_quiet_hours, keep_quiet_hours
from engine.notifications.deliveries import NotFailed, OnItsWay, drop, forget_old, send_again
from engine.notifications.model import Delivery, DeliveryState, MailMode, NoticePreference, QuietHours
from engine.organisation.model import Employee

ADMINISTRATOR = Actor(account_id=9, employee_id=None, name="Fani", roles=frozenset({Role.ADMINISTRATOR}))

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def core(mail_settings, clock, database):
    return Core(mail_settings, clock, engine=database)


@pytest.fixture
def a_mail(tell, office, mail_settings):
    """Siti is to be told."""
    return tell(office.siti, settings=mail_settings)


@pytest.fixture
def delivery(session):
    def delivery():
        session.rollback()
        session.expire_all()
        return session.scalars(select(Delivery)).one()

    return delivery


def states(session, of=Delivery.state):
    session.rollback()
    return list(session.scalars(select(of)))


def test_a_mail_goes_out_once(core, a_mail, mailbox, delivery):
    core.run_due_jobs()
    core.run_due_jobs()
    assert (len(mailbox.messages), delivery().state) == (1, DeliveryState.SENT)


def test_a_mail_waits_for_a_busy_server(core, a_mail, mailbox, delivery, clock):
    mailbox.answer = "451 Come back later"
    core.run_due_jobs()
    assert (delivery().state, "451" in delivery().last_error) == (DeliveryState.WAITING, True)
    mailbox.answer = "250 OK"
    clock.advance(timedelta(seconds=10))
    core.run_due_jobs()
    assert (len(mailbox.messages), delivery().state) == (1, DeliveryState.SENT)


def test_a_mail_that_nobody_can_receive_is_given_up_in_words(core, a_mail, mailbox, delivery, session):
    mailbox.answer = "550 No such user"
    core.run_due_jobs()
    assert delivery().state == DeliveryState.DEAD
    assert "does not know this recipient" in delivery().last_error
    assert JobState.DEAD not in states(session, Job.state)


def test_a_mail_that_never_succeeds_is_given_up_at_last(core, a_mail, mailbox, delivery, clock):
    mailbox.answer = "451 Come back later"
    for _attempt in range(MAX_ATTEMPTS):
        core.run_due_jobs()
        clock.advance(timedelta(hours=1))
    assert delivery().state == DeliveryState.DEAD


def test_a_broken_address_is_given_up_at_once(core, a_mail, session, delivery):
    session.execute(update(Employee).values(email="siti@x.example\nBcc: all@x.example"))
    session.commit()
    core.run_due_jobs()
    assert delivery().state == DeliveryState.DEAD


def test_who_has_no_address_any_more_gets_nothing(core, a_mail, mailbox, session, delivery):
    core.run_jobs(core.due_job_ids())
    session.execute(update(Employee).values(email=None))
    session.commit()
    core.run_due_jobs()
    assert (mailbox.messages, delivery().state) == ([], DeliveryState.DROPPED)


def test_mail_that_was_switched_off_meanwhile_is_not_sent(a_mail, core, mailbox, mail_settings, clock, database):
    core.run_jobs(core.due_job_ids())
    Core(replace(mail_settings, smtp_host=""), clock, engine=database).run_due_jobs()
    assert mailbox.messages == []


def test_who_has_left_gets_no_mail(core, tell, session, office, mail_settings):
    session.execute(update(Employee).where(Employee.id == office.siti).values(left_on=date(2026, 1, 1)))
    session.commit()
    tell(office.siti, settings=mail_settings)
    core.run_due_jobs()
    assert states(session) == []


def test_one_event_is_mailed_once(core, tell, office, mail_settings, mailbox):
    for _time in range(2):
        tell(office.siti, settings=mail_settings)
        core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_what_is_told_again_before_it_is_sorted_is_mailed(core, tell, office, mail_settings, mailbox, clock):
    for _time in range(2):
        tell(office.siti, settings=mail_settings)
        clock.advance(timedelta(seconds=1))
    core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_many_are_told_apart_when_they_are_planned_together(core, tell, office, mail_settings, mailbox):
    for n in range(4):
        tell(office.siti, office.rina, key=f"work.arrived:{n}", settings=mail_settings)
    core.run_due_jobs()
    assert sorted(mailbox.recipients) == ["rina@kantor.example"] * 4 + ["siti@kantor.example"] * 4


def three_to_siti(tell, office, settings):
    for n in range(3):
        tell(office.siti, key=f"work.arrived:{n}", settings=settings)


def test_mails_that_follow_one_another_share_a_connection(core, tell, office, mail_settings, mailbox):
    three_to_siti(tell, office, mail_settings)
    core.run_due_jobs()
    assert (len(mailbox.messages), len(mailbox.connections)) == (3, 1)


def test_a_server_that_has_had_enough_of_a_connection_is_asked_by_another(core, tell, office, mail_settings, mailbox):
    answers = iter(("250 OK", "421 Too many", "250 OK", "250 OK"))
    mailbox.strikes["RCPT"] = lambda: setattr(mailbox, "answer", next(answers))
    three_to_siti(tell, office, mail_settings)
    core.run_due_jobs()
    assert (len(mailbox.messages), len(mailbox.connections)) == (3, 2)


def test_where_the_server_takes_none_the_others_are_not_tried(core, tell, office, mail_settings, mailbox, session):
    mailbox.answer = "451 Come back later"
    three_to_siti(tell, office, mail_settings)
    core.run_jobs(core.due_job_ids())
    core.run_jobs(core.due_job_ids())
    tried = session.scalars(select(Job.attempts).where(Job.kind == deliveries.SEND_JOB, Job.state == JobState.WAITING))
    assert sorted(tried) == [0, 0, 1]


def test_a_mail_is_in_the_language_of_its_reader(core, a_mail, mailbox, session, office):
    session.add(Account(username="siti", password_hash="", employee_id=office.siti, language="id", created_at=NOW))
    session.commit()
    core.run_due_jobs()
    assert mailbox.messages[0]["Subject"] == "Tugas baru: Periksa berkas"


def test_a_mail_that_an_earlier_version_planned_goes_out(core, tell, office, mail_settings, mailbox):
    (notice_id,) = tell(office.siti)
    with core.work() as work:
        schedule(work, "mail.notice", f"mail:{notice_id}", work.now, {"notice_id": notice_id})
    core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_nothing_leaves_while_the_office_is_quiet(core, a_mail, mailbox, session, clock, delivery):
    """It is nine in the morning in Jakarta."""
    session.add(QuietHours(from_minute=8 * 60, until_minute=10 * 60))
    session.commit()
    core.run_due_jobs()
    assert (mailbox.messages, delivery().state) == ([], DeliveryState.WAITING)
    clock.advance(timedelta(hours=2))
    core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_what_was_planned_before_the_quiet_hours_waits_too(core, a_mail, mailbox, session, delivery):
    core.run_jobs(core.due_job_ids())
    session.add(QuietHours(from_minute=8 * 60, until_minute=10 * 60))
    session.commit()
    core.run_due_jobs()
    assert (mailbox.messages, delivery().state) == ([], DeliveryState.WAITING)


def held_from_eight(core, until_minute=10 * 60):
    with core.work(ADMINISTRATOR) as work:
        keep_quiet_hours(work, 8 * 60, until_minute)
    core.run_due_jobs()


def test_what_was_held_goes_out_when_the_quiet_hours_are_removed(core, a_mail, mailbox):
    held_from_eight(core)
    assert mailbox.messages == []
    with core.work(ADMINISTRATOR) as work:
        drop_quiet_hours(work)
    core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_what_was_held_waits_for_a_nearer_end(core, a_mail, mailbox, clock):
    held_from_eight(core, 17 * 60)
    held_from_eight(core)
    assert mailbox.messages == []
    clock.advance(timedelta(hours=2))
    core.run_due_jobs()
    assert len(mailbox.messages) == 1


def test_an_attempt_after_a_refusal_keeps_its_moment_when_the_quiet_hours_end(core, a_mail, mailbox, session):
    mailbox.answer = "451 Come back later"
    core.run_due_jobs()
    due = states(session, Job.due_at)
    with core.work(ADMINISTRATOR) as work:
        drop_quiet_hours(work)
    assert states(session, Job.due_at) == due


def test_who_wants_no_mail_gets_none(core, a_mail, office, session):
    session.add(NoticePreference(employee_id=office.siti, mail=MailMode.NEVER, muted=[]))
    session.commit()
    core.run_due_jobs()
    assert states(session) == []


def test_what_is_muted_stays_in_the_house(core, a_mail, office, session):
    session.add(NoticePreference(employee_id=office.siti, mail=MailMode.AT_ONCE, muted=["work"]))
    session.commit()
    core.run_due_jobs()
    assert states(session) == []


def test_a_failed_delivery_is_sent_again_when_an_administrator_says_so(core, a_mail, mailbox, delivery):
    mailbox.answer = "550 No such user"
    core.run_due_jobs()
    mailbox.answer = "250 OK"
    with core.work(ADMINISTRATOR) as work:
        send_again(work, delivery().id)
    core.run_due_jobs()
    assert (len(mailbox.messages), delivery().state) == (1, DeliveryState.SENT)


def test_what_was_sent_is_not_sent_again(core, a_mail, delivery):
    core.run_due_jobs()
    with pytest.raises(NotFailed), core.work(ADMINISTRATOR) as work:
        send_again(work, delivery().id)


def test_what_is_dropped_does_not_go_out(core, a_mail, mailbox, delivery):
    core.run_jobs(core.due_job_ids())
    with core.work(ADMINISTRATOR) as work:
        drop(work, delivery().id)
    core.run_due_jobs()
    assert (mailbox.messages, delivery().state) == ([], DeliveryState.DROPPED)


def test_what_was_sent_cannot_be_dropped(core, a_mail, delivery):
    core.run_due_jobs()
    with pytest.raises(OnItsWay), core.work(ADMINISTRATOR) as work:
        drop(work, delivery().id)


def test_what_was_sent_long_ago_is_forgotten_but_the_last(core, tell, office, mail_settings, session, clock):
    tell(office.siti, office.rina, settings=mail_settings)
    core.run_due_jobs()
    clock.advance(timedelta(days=40))
    with core.work() as work:
        forget_old(work, work.now - timedelta(days=30), 10)
    assert len(states(session)) == 1


def test_late_news_do_not_undo_what_was_decided(core, a_mail, mailbox, delivery):
    mailbox.answer = "550 No such user"
    core.run_due_jobs()
    with core.work() as work:
        deliveries.ended(work, delivery().id, DeliveryState.SENT)
    assert delivery().state == DeliveryState.DEAD
