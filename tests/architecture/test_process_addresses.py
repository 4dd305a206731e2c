"""No procedure can have an id under which another page answers."""

import pytest
from apiflask import APIFlask

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.bpmn.lint.rules.process_ids import NAME, RESERVED
from engine.core.core import Core
from webui.api.bearer import PREFIX
from webui.application import create_app

BESIDE_IDS = ("/prosedur/", f"{PREFIX}/processes/")


@pytest.fixture
def app(settings: Settings, clock: FrozenClock) -> APIFlask:
    settings.data_folder.mkdir(parents=True)
    return create_app(Core(settings, clock))


def test_words_in_addresses_that_stand_where_ids_do_are_reserved(app: APIFlask):
    addresses = [
        rule.rule.removeprefix(begin)
        for rule in app.url_map.iter_rules()
        for begin in BESIDE_IDS
        if rule.rule.startswith(begin)
    ]
    words = {address.split("/")[0] for address in addresses}
    assert {word for word in words if NAME.fullmatch(word)} == RESERVED
