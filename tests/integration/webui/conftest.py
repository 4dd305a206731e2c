"""A browser without a browser: pages of a small office, and people who are signed in to them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from engine.access.model import Account, AccountRole, Role, SignInSession
from engine.access.secret_keys import digest_of
from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.organisation.model import Employee
from engine.worklist.queries import open_items_of_case
from tests.support.diagrams import chain, diagram, end, extensions, person_task, start, user_task
from tests.support.small_office import NIPS, ROLES, load_small_office, person
from webui.application import create_app
from webui.identity import COOKIE

REPORT = {
    "type": "default",
    "components": [
        {"type": "textfield", "key": "perihal", "label": "Perihal", "validate": {"required": True}},
        {"type": "number", "key": "hari", "label": "Jumlah hari"},
        {"type": "textarea", "key": "catatan", "label": "Catatan perbaikan", "readonly": True},
    ],
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
POOL_AND_FORM = diagram(
    *chain(
        start(),
        user_task(
            "catat", extensions('<tk:pelaksana jabatan="clerk"/>', '<tk:formulir kunci="laporan"/>'), name="Catat"
        ),
        person_task("setujui", "kasubbag"),
        end(),
    )
)


@pytest.fixture
def core(settings: Settings, clock: FrozenClock) -> Iterator[Core]:
    core = Core(settings, clock)
    load_small_office(core)
    with core.work() as work:
        employees = work.session.scalars(select(Employee)).all()
        names = {nip: name for name, nip in NIPS.items()}
        for employee in employees:
            _open_account(work, names[str(employee.nip)], employee.id)
        _count_on(work)
    yield core
    core.close()


def _count_on(work: Any) -> None:
    """PostgreSQL does not notice ids that were given; the next account gets one of its own."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SELECT setval(pg_get_serial_sequence('account', 'id'), 1000)"))


def _open_account(work: Any, name: str, employee_id: int) -> None:
    """With a session at once: hashing a password takes a third of a second, and signing in has tests of its own."""
    roles = [AccountRole(role=role) for role in ROLES.get(name, {Role.STAFF})]
    account = Account(
        id=employee_id,
        username=name,
        password_hash="",
        employee_id=employee_id,
        language="en",
        is_active=True,
        created_at=work.now,
        roles=roles,
    )
    work.session.add(account)
    work.session.flush()
    work.session.add(
        SignInSession(
            digest=digest_of(name),
            account_id=account.id,
            created_at=work.now,
            expires_at=work.now + timedelta(days=30),
        )
    )


@pytest.fixture
def app(core: Core) -> APIFlask:
    return create_app(core)


class Browser:
    """One person's browser: it keeps cookies and the form token of the page that it saw last."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, address: str, **more: Any) -> TestResponse:
        answer = self.client.get(address, **more)
        found = TOKEN.search(answer.get_data().decode(errors="replace"))  # a table or picture may come too
        self.token = found[1] if found else self.token
        return answer

    def post(self, address: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        if not self.token:
            self.get("/pemberitahuan")
        return self.client.post(address, data={"csrf_token": self.token, **(fields or {})}, **more)


@pytest.fixture
def browser_of(app: APIFlask) -> Callable[[str], Browser]:
    def signed_in(name: str) -> Browser:
        client = app.test_client()
        client.set_cookie(COOKIE, name)
        return Browser(client)

    return signed_in


@pytest.fixture
def case(core: Core) -> Started:
    """A case whose first step waits in the pool of the two clerks."""
    forms = {"laporan": json.dumps(REPORT).encode()}
    examination = examine(Upload(filename="process.bpmn", source=POOL_AND_FORM, forms=forms))
    with core.work() as work:
        publish(work, deploy(work, examination).version_id)
    with core.work(person(core, "ani")) as work:
        return start_case(work, "proses", "Sebuah berkas")


@pytest.fixture
def item(core: Core, case: Started) -> int:
    with core.read() as reading:
        return open_items_of_case(reading.session, case.instance_id)[0].work_item_id


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)
