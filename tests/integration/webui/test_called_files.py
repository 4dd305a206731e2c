"""A case that runs through several files shows the diagram of each with its own marks."""

from collections.abc import Callable

import pytest

from engine.core.core import Core
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from tests.integration.webui.conftest import Browser, text_of
from tests.support.diagrams import call, chain, definitions, end, person_task, process, start
from tests.support.small_office import person

BrowserOf = Callable[[str], Browser]


def file_of(key: str, *parts: str) -> Upload:
    return Upload(filename=f"{key}.bpmn", source=definitions(process(*parts, identity=key, name=key.capitalize())))


CALLER = file_of("induk", *chain(start(), person_task("ajukan", "clerk"), call("panggil", "anak"), end()))
CALLED = file_of("anak", *chain(start(), person_task("periksa", "clerk"), end()))
OTHER = file_of("lain", *chain(start(), person_task("rahasia", "clerk"), end()))


@pytest.fixture
def versions(core: Core) -> dict[str, int]:
    with core.work() as work:
        deployments = (*deploy_all(work, examine_all([CALLER, CALLED])), deploy(work, examine(OTHER)))
        for each in deployments:
            publish(work, each.version_id)
    return {each.key: each.version_id for each in deployments}


@pytest.fixture
def started(core: Core, versions: dict[str, int]) -> Started:
    with core.work(person(core, "ani")) as work:
        return start_case(work, "induk", "Sebuah berkas")


def test_the_diagram_of_the_procedure_comes_first(browser_of: BrowserOf, started: Started):
    page = text_of(browser_of("ani").get(f"/berkas/{started.number}/diagram"))
    assert 'id="element-panggil"' in page
    assert "Anak (version 1)" in page


def test_the_diagram_of_what_is_called_is_one_click_away(
    browser_of: BrowserOf, versions: dict[str, int], started: Started
):
    ani = browser_of("ani")
    page = text_of(ani.get(f"/berkas/{started.number}/diagram?versi={versions['anak']}"))
    assert 'id="element-periksa"' in page
    assert b'id="periksa"' in ani.get(f"/berkas/{started.number}/proses.bpmn?versi={versions['anak']}").data


@pytest.mark.parametrize("part", ["diagram", "proses.bpmn"])
def test_a_file_that_the_case_does_not_run_through_is_not_shown(
    browser_of: BrowserOf, versions: dict[str, int], started: Started, part: str
):
    address = f"/berkas/{started.number}/{part}?versi={versions['lain']}"
    assert browser_of("ani").get(address).status_code == 404
