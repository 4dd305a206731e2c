"""What is measured on: a PostgreSQL that keeps what it promises, a small office, and the processes of the bench."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from engine.access.model import Account, AccountRole, Role
from engine.access.tokens import issue_token
from engine.base.actor import Actor
from engine.base.clock import SystemClock
from engine.base.settings import Settings, settings_from
from engine.calendar.operations import seed_calendar
from engine.core.core import Core
from engine.core.schema import upgrade
from engine.execution import user_tasks
from engine.execution.cases import start_case
from tests.support.programs import environment
from tests.support.services import PostgreSQLServer, postgresql_server, redis_server
from tests.support.small_office import load_small_office, person

DURABLE = {"fsync": "on", "synchronous_commit": "on", "shared_buffers": "512MB", "max_wal_size": "4GB"}
SECRET = "only for the bench"
PEOPLE = ("eko", "citra", "dewi")
_serial = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One migrated database with an office in it, and a door to it in this process."""

    core: Core
    env: dict[str, str]
    people: Mapping[str, Actor]
    folder: Path

    def connect(self) -> psycopg.Connection[Any]:
        """Beside the door: to look, and to measure what the bare driver takes."""
        return psycopg.connect(self.core.settings.database_url.replace("+psycopg", ""))

    def start(self, process: str) -> int:
        with self.core.work(self.people["eko"]) as work:
            return start_case(work, process, "Undangan rapat koordinasi").instance_id

    def complete(self, work_item_id: int, by: str, answers: Mapping[str, Any]) -> None:
        with self.core.work(self.people[by]) as work:
            user_tasks.complete(work, work_item_id, answers)

    def token(self, name: str) -> str:
        with self.core.work(self.people[name]) as work:
            return issue_token(work, "bench", 1).secret


@contextmanager
def servers(folder: str) -> Iterator[tuple[PostgreSQLServer, str]]:
    with postgresql_server(DURABLE, folder) as postgresql, redis_server() as redis_url:
        postgresql.run("CREATE DATABASE template_bench")
        upgrade(postgresql.url("template_bench"))
        yield postgresql, redis_url


@contextmanager
def ground(postgresql: PostgreSQLServer, redis_url: str) -> Iterator[Ground]:
    """A fresh database each time, so that no measure pays for another."""
    name = f"bench_{next(_serial)}"
    postgresql.run(f"CREATE DATABASE {name} TEMPLATE template_bench")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = environment(
            DATABASE_URL=postgresql.url(name), REDIS_URL=redis_url, SECRET_KEY=SECRET, DATA=folder, LANGUAGE="en"
        )
        core = Core(_settings(env), SystemClock())
        try:
            load_small_office(core)
            with core.work() as work:
                seed_calendar(work)
            people = {each: person(core, each) for each in PEOPLE}
            _open_accounts(core, people)
            yield Ground(core=core, env=env, people=people, folder=Path(folder))
        finally:
            core.close()
            postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


def _settings(env: Mapping[str, str]) -> Settings:
    return settings_from(env)


def _open_accounts(core: Core, people: Mapping[str, Actor]) -> None:
    with core.work() as work:
        for name, actor in people.items():
            work.session.add(
                Account(
                    id=actor.account_id,
                    username=name,
                    password_hash="",
                    employee_id=actor.employee_id,
                    created_at=work.now - timedelta(days=1),
                    is_active=True,
                    language="id",
                    roles=[AccountRole(role=Role.STAFF)],
                )
            )
