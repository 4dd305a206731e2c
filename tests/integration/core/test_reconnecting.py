"""The database may go and come back; whoever asks next does not notice."""

import time

import pytest
from sqlalchemy import text

from engine.core.core import Core
from tests.support.services import PostgreSQLServer

ENOUGH = 5


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


def test_connections_that_the_server_closed_are_replaced(core: Core, postgresql: PostgreSQLServer):
    readings = [core.read() for _connection in range(ENOUGH)]
    for reading in readings:
        reading.__enter__().session.execute(text("SELECT 1"))
    for reading in readings:
        reading.__exit__(None, None, None)
    name = core.engine.url.database
    postgresql.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    time.sleep(0.1)  # the server says goodbye to each in its own time
    with core.read() as reading:
        assert reading.session.scalar(text("SELECT 1")) == 1
    with core.work() as work:
        assert work.session.scalar(text("SELECT 2")) == 2


def test_the_server_compiles_no_statement_of_ours(core: Core):
    with core.read() as reading:
        assert reading.session.scalar(text("SHOW jit")) == "off"
