"""PostgreSQL is asked in few trips: what may wait goes out with the next question or with the commit, in its order."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, InternalError

from engine.audit.operations import record
from engine.base.postgresql import PREPARED
from engine.base.rows import insert_rows, update_where
from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.jobs.model import Job
from engine.notifications.model import Notice
from tests.support.statements import trips

KINDS = select(Job.kind).order_by(Job.id)


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


def write(work: UnitOfWork, *kinds: str) -> None:
    for kind in kinds:
        times = {"due_at": work.now, "created_at": work.now}
        row = {"kind": kind, "key": kind, "payload": {}, "state": "waiting", "attempts": 0, **times}
        insert_rows(work.session, Job, [row])


def write_to_nobody(work: UnitOfWork) -> None:
    """The employee does not exist, so that the database refuses it."""
    row = {"key": "key", "employee_id": 4711, "kind": "kind", "facts": {}, "created_at": work.now}
    insert_rows(work.session, Notice, [row])


def write_and_be_refused(core: Core) -> None:
    with core.work() as work:
        write(work, "first")
        write_to_nobody(work)
        record(work, "last", "nothing", None)


def kinds(core: Core) -> list[str]:
    with core.read() as reading:
        return list(reading.session.scalars(KINDS))


def test_what_waits_is_there_for_the_next_question(core: Core):
    with core.work() as work:
        write(work, "first", "second")
        update_where(work.session, Job, {"kind": ["first", "third"]}, {"kind": "former"})
        assert list(work.session.scalars(KINDS)) == ["former", "second"]


def test_what_waits_is_there_after_the_commit(core: Core):
    with core.work() as work:
        write(work, "first", "second")
    assert kinds(core) == ["first", "second"]


def test_several_writes_and_the_commit_are_one_trip(core: Core):
    with trips(core.engine) as made, core.work() as work:
        write(work, "first", "second", "third")
    assert made == [1]


def test_an_error_of_what_waited_is_raised_instead_of_the_commit(core: Core):
    with pytest.raises(IntegrityError):
        write_and_be_refused(core)
    assert kinds(core) == []


def test_an_error_of_what_waited_is_raised_by_the_next_question(core: Core):
    with core.work() as work:
        write_to_nobody(work)
        with pytest.raises(IntegrityError):
            work.session.scalar(select(1))


def test_what_waited_is_gone_with_its_act(core: Core):
    with suppress(ZeroDivisionError), core.work() as work:
        write(work, "first")
        raise ZeroDivisionError
    with core.work() as work:
        write(work, "second")
    assert kinds(core) == ["second"]


def test_what_waits_in_a_savepoint_is_gone_with_it(core: Core):
    with core.work() as work:
        write(work, "first")
        with suppress(ZeroDivisionError), work.session.begin_nested():
            write(work, "second")
            raise ZeroDivisionError
        write(work, "third")
    assert kinds(core) == ["first", "third"]


def test_a_look_cannot_write(core: Core):
    with core.read() as reading, pytest.raises(InternalError):
        reading.session.execute(text("DELETE FROM job"))


def test_what_is_prepared_stays_prepared_after_a_look(core: Core):
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM job%'")
    for _time in range(8):
        with core.read() as reading:
            reading.session.scalar(select(func.count()).select_from(Job))
    with core.read() as reading:
        assert reading.session.scalar(prepared) == 1


def test_what_waited_is_prepared_once_for_many_acts(core: Core):
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%INSERT INTO job%'")
    for number in range(8):
        with core.work() as work:
            write(work, f"kind {number}")
    with core.read() as reading:
        assert reading.session.scalar(prepared) == 1


def test_what_was_not_used_for_longest_is_not_prepared_any_more(core: Core):
    prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'waited_%'")
    with core.work() as work:
        for number in range(PREPARED + 5):
            update_where(work.session, Job, {"id": list(range(number + 1))}, {"kind": "never"})
    with core.read() as reading:
        assert reading.session.scalar(prepared) == PREPARED


def test_what_is_prepared_after_a_savepoint_was_undone_stays_so(core: Core):
    for _time in range(8):  # so often that the driver prepares something too
        kinds(core)
    with core.work() as work:
        with suppress(ZeroDivisionError), work.session.begin_nested():
            write(work, "undone")
            raise ZeroDivisionError
        write(work, "first")
        work.session.scalars(KINDS).all()
    with core.work() as work:
        write(work, "second")
    assert kinds(core) == ["first", "second"]
