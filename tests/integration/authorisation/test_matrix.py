"""Every page and every operation of the API, for every role: who may, as the table says. A new one needs a row."""

import html
import re
from collections.abc import Mapping

import pytest
from werkzeug.routing import Rule as Route

from engine.access.tokens import TokenScope
from engine.base.clock import SystemClock
from engine.base.settings import settings_from
from engine.core.core import Core
from tests.integration.authorisation.asking import Office, routes
from tests.integration.authorisation.rules import FOR_LOOKERS, OF_KEEPERS, People, Rule, Who, Whose
from tests.integration.authorisation.table import SCOPES, TABLE
from webui.api.bearer import PREFIX
from webui.api.scopes import needed_scope
from webui.application import create_app


def all_routes() -> Mapping[str, tuple[Route, str]]:
    """Of an application without an office: its addresses are the same."""
    nowhere = {"TATAKERJA_SECRET_KEY": "a secret only for tests", "TATAKERJA_DATABASE_URL": "sqlite:///:memory:"}
    app = create_app(Core(settings_from(nowhere), SystemClock()))
    return {f"{method} {route.endpoint}": (route, method) for route, method in routes(app)}


ROUTES = all_routes()
LOOKS_AT_CASES = ("GET cases.", "GET work_items.", "GET tasks.", "GET api_cases.", "GET api_work_items.")
SLICE = sorted(name for name in TABLE if name.startswith(LOOKS_AT_CASES) and name in ROUTES)


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(set(ROUTES) ^ set(TABLE)) == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may(office: Office, name: str):
    assert told(answered(office, name, TABLE[name])) == told(TABLE[name].expected())


@pytest.mark.parametrize("name", SLICE)
def test_postgresql_lets_the_same_people_see(office_on_postgresql: Office, name: str):
    assert told(answered(office_on_postgresql, name, TABLE[name])) == told(TABLE[name].expected())


def test_every_operation_says_what_a_token_must_be_good_for():
    needed = {
        name: needed_scope(route.endpoint, method)
        for name, (route, method) in ROUTES.items()
        if route.rule.startswith(PREFIX + "/") and needed_scope(route.endpoint, method) is not TokenScope.READ
    }
    assert needed == SCOPES


def test_looking_never_writes():
    acts = {name for name, scope in SCOPES.items() if scope is not TokenScope.READ}
    assert not any(name.startswith("GET ") for name in acts)


def test_an_auditor_is_shown_no_act_and_no_closed_door(office: Office):
    looked_at = (ROUTES[name][0] for name, rule in TABLE.items() if rule in (FOR_LOOKERS, OF_KEEPERS))
    pages = {route.endpoint: office.shown(route, Who.AUDITOR) for route in looked_at if is_page(route)}
    sent = {endpoint: forms_of(page) for endpoint, page in pages.items()}
    closed = {
        address for page in pages.values() for address in links_of(page) if office.is_closed(address, Who.AUDITOR)
    }
    assert ({endpoint: forms for endpoint, forms in sent.items() if forms}, closed) == ({}, set())


def answered(office: Office, name: str, rule: Rule) -> dict[Whose, People]:
    route, method = ROUTES[name]
    return {whose: frozenset(who for who in Who if office.may(route, method, who, whose)) for whose in rule.expected()}


def is_page(route: Route) -> bool:
    return not route.rule.startswith(PREFIX)


def forms_of(page: str) -> list[str]:
    """What a page would send, besides what surrounds every page."""
    return re.findall(r'<form[^>]*method="post"[^>]*>', main_of(page))


def links_of(page: str) -> set[str]:
    found = re.findall(r'<a[^>]* href="(/[^"#]*)', main_of(page))
    return {html.unescape(address) for address in found}


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def told(people: Mapping[Whose, People]) -> dict[str, list[str]]:
    """As it is read best when it is not so."""
    return {whose.value: [who.value for who in Who if who in allowed] for whose, allowed in people.items()}
