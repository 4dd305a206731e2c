"""The trail is added to and never changed."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from engine.audit.operations import record
from engine.audit.queries import TrailFilter, trail, trail_of_case


@pytest.fixture
def an_entry(work):
    with work() as w:
        record(w, "case.started", "instance", 1, 1, number="SM-2026-00001")


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(database: Engine, an_entry, statement: str):
    writing = database.execution_options(writes=True)
    with pytest.raises(DatabaseError, match="never changed"), writing.begin() as connection:
        connection.execute(text(statement))


def test_an_entry_says_who_did_what_when(session, an_entry, clock):
    [line] = trail_of_case(session, 1)
    assert (line.actor_name, line.act, line.at, line.facts) == (
        "TataKerja",
        "case.started",
        clock.now(),
        {"number": "SM-2026-00001"},
    )


def test_the_trail_is_read_newest_first_page_by_page(session, work):
    with work() as w:
        for number in range(3):
            record(w, f"act.{number}", "instance", number)
    first = trail(session, size=2)
    rest = trail(session, cursor=first.next_cursor, size=2)
    assert [line.act for line in (*first.items, *rest.items)] == ["act.2", "act.1", "act.0"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"name": "kERJA"}, ["unit.opened", "case.started"]),
        ({"name": "%"}, []),
        ({"acts": frozenset({"case.started"})}, ["case.started"]),
        ({"since": timedelta(seconds=1)}, ["unit.opened"]),
        ({"until": timedelta(seconds=1)}, ["case.started"]),
    ],
)
def test_the_trail_is_narrowed_to_who_what_and_when(session, an_entry, work, clock, chosen, found):
    began = clock.now()
    clock.advance(timedelta(hours=1))
    with work() as w:
        record(w, "unit.opened", "unit", 1)
    terms = {name: began + each if isinstance(each, timedelta) else each for name, each in chosen.items()}
    assert [line.act for line in trail(session, TrailFilter(**terms)).items] == found
