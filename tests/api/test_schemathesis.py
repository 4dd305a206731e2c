"""What the OpenAPI document promises, held against the application by requests that it allows and that it forbids."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import func, select, update

from engine.access.model import AccountRole, ApiToken, Role
from engine.access.tokens import issue_token
from engine.base.clock import FrozenClock
from engine.base.settings import settings_from
from engine.core.core import Core
from engine.execution.additions import add_file
from engine.execution.cases import start_case
from engine.execution.messages import deliver
from engine.execution.model import HeldMessage
from engine.worklist.attachments import receive
from engine.worklist.queries import open_items_of_case
from tests.api.conftest import POOL_AND_FORM, REPORT, actor_named, open_accounts, put_in_force
from tests.conftest import MONDAY_MORNING
from tests.support.small_office import load_small_office
from webui.application import create_app

MOST_EXAMPLES = 5
# Out of reach of whatever the tests make up, so that they cannot end the token by which they speak.
TOKEN_ID = 1_234_567_891
# An allowed request may still be refused for its content: a title of spaces, a cursor that nobody gave.
CONFIGURATION = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "404", "409", "422", "429"]}
        },
        "phases": {"coverage": {"unexpected-methods": ["PATCH"]}},
    }
)


Headers = dict[str, str]
PROMISES = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=MOST_EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

# Its house is put into it later: the operations must be known when the tests are collected.
app = create_app(Core(settings_from({"TATAKERJA_SECRET_KEY": "a secret only for tests"}), FrozenClock(MONDAY_MORNING)))
document = schemathesis.openapi.from_wsgi("/api/openapi.json", app, config=CONFIGURATION)


@pytest.fixture(scope="module")
def everything(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """The small office, in which Ani may do everything."""
    folder = tmp_path_factory.mktemp("schemathesis")
    path = shutil.copy(sqlite_template, folder / "tatakerja.sqlite")
    core = Core(
        settings_from({"TATAKERJA_DATA": str(folder), "TATAKERJA_DATABASE_URL": f"sqlite:///{path}"}),
        FrozenClock(MONDAY_MORNING),
    )
    load_small_office(core)
    open_accounts(core)
    put_in_force(core, POOL_AND_FORM, laporan=REPORT)
    with core.work() as work:
        ani = actor_named(core, "ani").account_id
        work.session.add_all(AccountRole(account_id=ani, role=role) for role in Role if role is not Role.STAFF)
    app.extensions["tatakerja"] = core
    yield core
    core.close()


@pytest.fixture(scope="module")
def token(everything: Core) -> Headers:
    with everything.work(actor_named(everything, "ani")) as work:
        issued = issue_token(work, "schemathesis", 30)
        work.session.execute(update(ApiToken).where(ApiToken.id == issued.id).values(id=TOKEN_ID))
    # Schemathesis reads what the application itself sends, without a browser's unpacking.
    return {"Authorization": f"Bearer {issued.secret}", "Accept-Encoding": "identity"}


@pytest.fixture
def known(everything: Core) -> dict[str, object]:
    """Names of things that are there, for the parameters of addresses; a case with its first step, new each time."""
    with everything.work(actor_named(everything, "ani")) as work:
        started = start_case(work, "proses", "Undangan rapat")
        item_id = open_items_of_case(work.session, started.instance_id)[0].work_item_id
        letter = receive(work.settings, "surat.txt", BytesIO(b"surat"), work.now)
        attachment_id = add_file(work, started.instance_id, item_id, letter)
    with everything.work(actor_named(everything, "fani")) as work:
        deliver(work, "Balasan", None, {})
        held_id = work.session.scalar(select(func.max(HeldMessage.id)))
    return {
        "key": "proses",
        "number": started.number,
        "work_item_id": item_id,
        "attachment_id": attachment_id,
        "version_id": 1,
        "incident_id": 1,
        "held_id": held_id,
        "step": 2,
        "token_id": 1,
    }


@document.parametrize()
@BOUNDED
def test_every_operation_keeps_its_promise(case: schemathesis.Case, token: Headers):
    case.call_and_validate(headers=token)


@document.include(path_regex=r"\{").parametrize()
@BOUNDED
def test_answers_about_things_that_are_there_are_what_was_promised(case: schemathesis.Case, known, token: Headers):
    case.path_parameters |= {name: known[name] for name in case.path_parameters}
    case.call_and_validate(checks=PROMISES, headers=token)
