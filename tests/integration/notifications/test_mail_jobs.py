"""Mails as jobs of the assembled house."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.core.core import Core
from engine.jobs.model import Job, JobState


@pytest.fixture
def core(mail_settings, clock, database):
    return Core(mail_settings, clock, engine=database)


@pytest.fixture
def a_mail(tell, office, mail_settings):
    """Siti is to be mailed."""
    tell(office.siti, settings=mail_settings)


@pytest.fixture
def job_state(session):
    def state():
        session.rollback()
        return session.scalars(select(Job.state)).one()

    return state


def test_a_mail_goes_out_once(core, a_mail, mailbox, job_state):
    core.run_due_jobs()
    core.run_due_jobs()
    assert (len(mailbox.messages), job_state()) == (1, JobState.DONE)


def test_a_mail_waits_for_a_busy_server(core, a_mail, mailbox, job_state, clock):
    mailbox.answer = "451 Come back later"
    core.run_due_jobs()
    assert job_state() == JobState.WAITING
    mailbox.answer = "250 OK"
    clock.advance(timedelta(seconds=10))
    core.run_due_jobs()
    assert (len(mailbox.messages), job_state()) == (1, JobState.DONE)


def test_a_mail_that_nobody_can_receive_is_given_up(core, a_mail, mailbox, job_state):
    mailbox.answer = "550 No such user"
    core.run_due_jobs()
    assert job_state() == JobState.DEAD
