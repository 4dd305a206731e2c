"""The compose file says what the program understands, and keeps no secret."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from click import Context

from engine.base.settings import settings_from
from tatakerja import main
from tests.support.sources import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")


class Asked(Mapping[str, str]):
    """An environment that remembers which settings the program asked it for."""

    def __init__(self, tmp_path: object) -> None:
        self.names: set[str] = set()
        self._known = {"TATAKERJA_DATA": str(tmp_path)}

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return self._known.get(name, default)

    def __getitem__(self, name: str) -> str:
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@pytest.fixture
def known_settings(tmp_path) -> set[str]:
    asked = Asked(tmp_path)
    settings_from(asked)
    return asked.names


@pytest.mark.parametrize("name", OURS)
def test_each_process_is_a_command_of_ours(name):
    program, command = SERVICES[name]["command"]
    assert program == "tatakerja"
    assert command in main.list_commands(Context(main))


@pytest.mark.parametrize("name", OURS)
def test_each_process_gets_settings_that_exist(name, known_settings):
    assert set(SERVICES[name]["environment"]) <= known_settings


@pytest.mark.parametrize("name", OURS)
def test_each_process_gets_whatever_the_operator_sets(name):
    assert SERVICES[name]["env_file"] == ".env"


def test_the_example_names_settings_that_exist(known_settings):
    names = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert names - {"POSTGRES_PASSWORD"} <= known_settings


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_what_stays_up_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_nothing_of_ours_starts_before_the_schema_is_there():
    assert all("migrate" in SERVICES[name]["depends_on"] for name in OURS if name != "migrate")


@pytest.mark.parametrize("secret", ["TATAKERJA_SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default(secret):
    uses = re.findall(rf"\$\{{{secret}(.?.?)", (ROOT / "docker-compose.yml").read_text())
    assert set(uses) == {":?"}


def test_the_example_holds_no_secret():
    values = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert not any(value for name, value in values.items() if re.search("KEY|PASSWORD", name))


def test_data_lies_in_volumes():
    named = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert named == set(COMPOSE["volumes"])


def test_the_image_does_not_run_as_root():
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("FROM")[2]
    assert re.search(r"^USER (?!root)", last_stage, re.MULTILINE)
