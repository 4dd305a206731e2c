"""Scenarios of the SOPs are played in the sample office."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from engine.access.sample import sample_specs
from engine.base.actor import Actor
from engine.base.clock import FrozenClock
from engine.base.settings import Settings, settings_from
from engine.calendar.operations import seed_calendar
from engine.core.core import Core
from engine.core.demo import SAMPLE_OFFICE, deploy_and_publish, sop_folders
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee
from tests.conftest import MONDAY_MORNING
from tests.processes.playing import Play


@pytest.fixture(scope="session")
def sample_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the sample office and all SOPs in force; to copy, not to play in."""
    folder = tmp_path_factory.mktemp("sample_office")
    path = Path(shutil.copy(sqlite_template, folder / "tatakerja.sqlite"))
    settings = settings_from({"TATAKERJA_DATA": str(folder), "TATAKERJA_DATABASE_URL": f"sqlite:///{path}"})
    core = Core(settings, FrozenClock(MONDAY_MORNING))
    with core.work() as work:
        seed_calendar(work)
        import_organisation(work, (SAMPLE_OFFICE / "office.yaml").read_bytes())
    for sop in sop_folders():
        deploy_and_publish(core, sop)
    core.close()
    return path


@pytest.fixture
def clock() -> FrozenClock:
    """Stands before every scenario; 2026-11-16 is a Monday."""
    return FrozenClock(MONDAY_MORNING.replace(day=16))


@pytest.fixture
def core(sample_office: Path, settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Core]:
    path = shutil.copy(sample_office, tmp_path / "tatakerja.sqlite")
    core = Core(replace(settings, database_url=f"sqlite:///{path}"), clock)
    yield core
    core.close()


@pytest.fixture
def people(core: Core) -> dict[str, Actor]:
    """Everyone of the sample office, signed in: by the short names of `office.yaml`."""
    roles = {spec.username: spec.roles for spec in sample_specs((SAMPLE_OFFICE / "accounts.yaml").read_bytes())}
    office = yaml.safe_load((SAMPLE_OFFICE / "office.yaml").read_text(encoding="utf-8"))
    with core.read() as reading:
        by_nip = {employee.nip: employee for employee in reading.session.scalars(select(Employee))}
    return {
        each["username"]: Actor(
            account_id=by_nip[each["nip"]].id,
            employee_id=by_nip[each["nip"]].id,
            name=each["name"],
            roles=frozenset(roles.get(each["username"], ("staff",))),
        )
        for each in office["employees"]
    }


@pytest.fixture
def play(core: Core, clock: FrozenClock, people: dict[str, Actor]) -> Play:
    return Play(core=core, clock=clock, people=people)
