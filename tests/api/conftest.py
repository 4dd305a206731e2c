"""Programs that speak with the real application: a small office, its accounts, and a token for each."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.access.model import Account, AccountRole, Role
from engine.access.passwords import hashed
from engine.access.tokens import issue_token
from engine.base.actor import Actor
from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.cases import start_case
from engine.organisation.model import Employee
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task
from tests.support.small_office import NIPS, ROLES, load_small_office
from webui.application import create_app

PASSWORD = "bado-kemi-sutu-rena-47"
HASH = hashed(PASSWORD)  # once: hashing takes its time, which is its purpose
ALL_ROLES = {**ROLES, "eko": {Role.STAFF, Role.DESIGNER}}

REPORT = {
    "type": "default",
    "components": [
        {"type": "textfield", "key": "perihal", "label": "Perihal", "validate": {"required": True}},
        {"type": "number", "key": "hari", "label": "Jumlah hari"},
    ],
}
CLERK = '<tk:pelaksana jabatan="clerk"/>'
POOL_AND_FORM = diagram(
    *chain(
        start(),
        user_task("catat", extensions(CLERK, '<tk:formulir kunci="laporan"/>')),
        person_task("setujui", "kasubbag"),
        end(),
    )
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    return replace(settings, database_url=database_url)


@pytest.fixture
def core(settings: Settings, clock: FrozenClock) -> Iterator[Core]:
    core = Core(settings, clock)
    load_small_office(core)
    open_accounts(core)
    yield core
    core.close()


def open_accounts(core: Core) -> None:
    names = {nip: name for name, nip in NIPS.items()}
    with core.work() as work:
        for employee in work.session.scalars(select(Employee)).all():
            work.session.add(account_of(employee, names[str(employee.nip)], core))


def account_of(employee: Employee, name: str, core: Core) -> Account:
    return Account(
        id=employee.id,
        username=name,
        password_hash=HASH,
        employee_id=employee.id,
        language="en",
        is_active=True,
        created_at=core.clock.now(),
        roles=[AccountRole(role=role) for role in ALL_ROLES.get(name, {Role.STAFF})],
    )


@pytest.fixture
def app(core: Core) -> APIFlask:
    return create_app(core)


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """Somebody without a token."""
    return app.test_client()


class Program:
    """A program with somebody's token; addresses are those below `/api/v1`."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self._client = client
        self.token = token

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.send("GET", address, **more)

    def post(self, address: str, body: object = None, **more: Any) -> TestResponse:
        return self.send("POST", address, **({} if body is None else {"json": body}), **more)

    def put(self, address: str, body: object) -> TestResponse:
        return self.send("PUT", address, json=body)

    def delete(self, address: str) -> TestResponse:
        return self.send("DELETE", address)

    def upload(self, address: str, **fields: Any) -> TestResponse:
        """With files as `(name, content)`, several in a list."""
        data = {name: _part(value) for name, value in fields.items()}
        return self.send("POST", address, data=data, content_type="multipart/form-data")

    def send(self, method: str, address: str, headers: Mapping[str, str] | None = None, **more: Any) -> TestResponse:
        all_headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self._client.open(f"/api/v1{address}", method=method, headers=all_headers, **more)


def _part(value: Any) -> Any:
    if isinstance(value, list):
        return [_part(each) for each in value]
    if isinstance(value, tuple):
        name, content = value
        return BytesIO(content), name
    return value


Programs = Callable[[str], Program]


@pytest.fixture
def program(core: Core, client: FlaskClient) -> Programs:
    """`program("ani")` acts for Ani."""

    def of(name: str) -> Program:
        with core.work(actor_named(core, name)) as work:
            return Program(client, issue_token(work, "test", 30).secret)

    return of


def actor_named(core: Core, name: str) -> Actor:
    with core.read() as reading:
        account = reading.session.scalars(select(Account).where(Account.username == name)).one()
        roles = frozenset(str(role) for role in ALL_ROLES.get(name, {Role.STAFF}))
        return Actor(account_id=account.id, employee_id=account.employee_id, name=name, roles=roles)


def put_in_force(core: Core, source: bytes, **forms: object) -> int:
    """A version of this diagram on which new cases start; its id."""
    texts = {key: json.dumps(schema).encode() for key, schema in forms.items()}
    examination = examine(Upload(filename="process.bpmn", source=source, forms=texts))
    with core.work() as work:
        deployment = deploy(work, examination)
        if deployment.is_new:
            publish(work, deployment.version_id)
    return deployment.version_id


@pytest.fixture
def number(core: Core) -> str:
    """A case whose first step lies in the pool of the two clerks (Ani, Budi), with a form."""
    put_in_force(core, POOL_AND_FORM, laporan=REPORT)
    with core.work() as work:  # whoever starts a case has its first step at once
        return start_case(work, "proses", "Undangan rapat").number


@pytest.fixture
def item(number: str, program: Programs) -> int:
    """That step."""
    found: int = program("ani").get(f"/cases/{number}").json["open_items"][0]["work_item_id"]
    return found
