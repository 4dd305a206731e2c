"""What every page does: headers, languages, calm refusals, health."""

from collections.abc import Callable
from io import BytesIO

import pytest
from apiflask import APIFlask

from engine.access.model import Account, AccountRole, Role, Scope
from engine.core.core import Core
from engine.organisation.model import Unit
from tests.integration.webui.conftest import Browser, text_of


@pytest.fixture
def ani(browser_of: Callable[[str], Browser]) -> Browser:
    return browser_of("ani")


def test_no_page_lets_foreign_scripts_or_inline_styles_in(ani: Browser):
    policy = ani.get("/tugas").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_an_unknown_page_is_a_calm_page(ani: Browser):
    answer = ani.get("/tidak/ada")
    assert answer.status_code == 404
    assert "This page does not exist" in text_of(answer)


def test_an_unknown_address_of_the_api_answers_a_program(app: APIFlask):
    answer = app.test_client().get("/api/v1/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_body_beyond_all_bounds_is_refused_with_a_sentence(ani: Browser):
    answer = ani.post("/keluar", {"file": (BytesIO(b"x" * (12 << 20)), "big.pdf")})
    assert answer.status_code == 413
    assert "too large" in text_of(answer)


def test_the_language_is_hers_on_every_page(ani: Browser):
    ani.post("/bahasa", {"language": "id", "here": "/tugas"})
    assert '<html lang="id"' in text_of(ani.get("/tugas"))


def test_the_appearance_stays_as_chosen(ani: Browser):
    ani.post("/tampilan", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in text_of(ani.get("/tugas"))


@pytest.mark.parametrize(("unit", "seen"), [(None, True), ("tu", False)])
def test_only_the_auditor_of_the_whole_office_sees_the_door_of_administration(
    core: Core, browser_of: Callable[[str], Browser], unit: str | None, seen: bool
):
    auditor = browser_of("eko")
    with core.work() as work:
        account_id = work.session.query(Account).filter_by(username="eko").one().id
        unit_id = unit and work.session.query(Unit).filter_by(code=unit).one().id
        scope = Scope.SUBTREE if unit_id else Scope.OFFICE
        work.session.add(AccountRole(account_id=account_id, role=Role.AUDITOR, scope=scope, unit_id=unit_id))
    assert ('href="/administrasi"' in text_of(auditor.get("/berkas"))) is seen


def test_staff_see_no_doors_of_administrators(ani: Browser):
    assert "Administration" not in text_of(ani.get("/tugas"))


def test_a_cursor_from_nowhere_is_told(ani: Browser):
    assert ani.get("/tugas?sesudah=bukan-kursor").status_code == 422


def test_the_machine_is_alive_and_ready(app: APIFlask):
    assert app.test_client().get("/healthz").status_code == 200


def test_numbers_of_the_office_stay_on_this_machine(app: APIFlask):
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404


def test_numbers_of_the_office_are_not_passed_on_by_a_server_in_front(app: APIFlask):
    client = app.test_client()
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404
