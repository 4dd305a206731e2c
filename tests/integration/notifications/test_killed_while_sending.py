"""The worker dies by SIGKILL before, during and after the dialogue with a real mail server.

Each time another worker gets the job when the lease has run out. The mail arrives exactly once, or it is shown to a
person as uncertain and nobody sends it again by itself.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.notifications.deliveries import send_again
from engine.notifications.model import Delivery, DeliveryState
from tests.integration.notifications.test_deliveries import ADMINISTRATOR
from tests.support.dying import let_die
from tests.support.mail_server import MailBox

LONGER_THAN_THE_LEASE = timedelta(minutes=2)
ALIVE, BROKEN = 0, 2
SENT, UNCERTAIN = DeliveryState.SENT, DeliveryState.UNCERTAIN


@pytest.fixture
def core(mail_settings, clock, database):
    return Core(mail_settings, clock, engine=database)


@pytest.fixture
def a_mail(core, tell, office, mail_settings) -> int:
    """The job of a mail to Siti."""
    tell(office.siti, settings=mail_settings)
    core.run_jobs(core.due_job_ids())
    (job_id,) = core.due_job_ids()
    return job_id


@pytest.mark.parametrize(("at", "arrived"), [("RCPT", 0), ("DATA", 0), ("TAKEN", 1)])
def test_a_death_during_the_dialogue_is_shown_and_never_mended_by_guessing(
    core: Core, clock: FrozenClock, a_mail: int, mailbox: MailBox, at: str, arrived: int
):
    child = Child(core, a_mail)
    mailbox.strikes[at] = child.kill
    child.go()
    assert child.end() == -signal.SIGKILL
    mailbox.strikes.clear()
    another_worker_comes(core, clock)
    assert states(core) == [UNCERTAIN]
    # A server that was in the middle of taking the mail may take it without its sender: that is the uncertainty.
    assert len(mailbox.messages) in (arrived, 1)


def test_a_death_at_any_statement_sends_nothing_twice(
    core: Core, clock: FrozenClock, tell: Callable[..., list[int]], office: Any, mailbox: MailBox
):
    outcomes = list(deaths_at_each_statement(core, clock, tell, office.siti, mailbox))
    assert set(outcomes) == {(SENT, 1), (UNCERTAIN, 1)}
    assert outcomes[-1] == (SENT, 1)


def test_what_is_uncertain_goes_out_again_only_when_a_person_says_so(
    core: Core, clock: FrozenClock, a_mail: int, mailbox: MailBox
):
    child = Child(core, a_mail)
    mailbox.strikes["TAKEN"] = child.kill
    child.go()
    child.end()
    mailbox.strikes.clear()
    another_worker_comes(core, clock)
    with core.work(ADMINISTRATOR) as work:
        send_again(work, work.session.scalars(select(Delivery.id)).one())
    core.run_due_jobs()
    assert (states(core), len(mailbox.messages)) == ([SENT], 2)
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1


def deaths_at_each_statement(
    core: Core, clock: FrozenClock, tell: Callable[..., list[int]], reader: int, mailbox: MailBox
) -> Iterator[tuple[str, int]]:
    """A mail for each death, until a worker lives to the end; its state afterwards, and how often it arrived."""
    for statement in count(1):
        before = len(mailbox.messages)
        tell(reader, key=f"work.arrived:{statement}", settings=core.settings)
        core.run_jobs(core.due_job_ids())
        child = Child(core, core.due_job_ids()[0], dies_at=statement)
        child.go()
        has_died = child.end() != ALIVE
        another_worker_comes(core, clock)
        yield states(core)[-1], len(mailbox.messages) - before
        if not has_died:
            return


def another_worker_comes(core: Core, clock: FrozenClock) -> None:
    clock.advance(LONGER_THAN_THE_LEASE)
    core.run_due_jobs()


def states(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(select(Delivery.state).order_by(Delivery.id)))


class Child:
    """A worker with connections of its own that runs one job when it is told to go."""

    def __init__(self, core: Core, job_id: int, dies_at: int = 0) -> None:
        hears, self._tells = Pipe(duplex=False)
        self._pid = os.fork()
        if self._pid == 0:
            _live(core, job_id, dies_at, hears)

    def go(self) -> None:
        self._tells.send_bytes(b"go")

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def end(self) -> int:
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        self._tells.close()
        assert code in (ALIVE, -signal.SIGKILL)
        return code


def _live(core: Core, job_id: int, dies_at: int, hears: Connection) -> NoReturn:
    code = BROKEN
    try:
        hears.recv_bytes()
        own = Core(core.settings, core.clock)
        let_die(own, dies_at)
        own.run_job(job_id)
        code = ALIVE
    except Exception:  # noqa: BLE001  # the door of the child: what went wrong is told, and is no death that was meant
        traceback.print_exc()
    finally:
        os._exit(code)
