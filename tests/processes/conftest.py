"""Scenarios of the SOPs are played in the sample office."""

from collections.abc import Iterator

import pytest
import yaml
from sqlalchemy import select

from engine.access.sample import sample_specs
from engine.base.actor import Actor
from engine.base.clock import FrozenClock
from engine.calendar.operations import seed_calendar
from engine.core.demo import SAMPLE_OFFICE, sop_folders
from engine.core.play.deploying import uploads_at
from engine.core.play.session import Play, Stand, settings_of_play
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee
from tests.conftest import MONDAY_MORNING
from tests.processes.playing import Player


@pytest.fixture(scope="session")
def sample_office() -> Stand:
    """A play with the sample office and all SOPs."""
    stage = Play(settings_of_play({}), FrozenClock(MONDAY_MORNING))
    with stage.acting() as work:
        seed_calendar(work)
        import_organisation(work, (SAMPLE_OFFICE / "office.yaml").read_bytes())
    stage.deploy(uploads_at(sop_folders()))
    return stage.standing()


@pytest.fixture
def stage(sample_office: Stand) -> Iterator[Play]:
    """The clock stands before every scenario; 2026-11-16 is a Monday."""
    stage = Play(settings_of_play({}), FrozenClock(MONDAY_MORNING))
    stage.go_back(sample_office)
    stage.clock.set(MONDAY_MORNING.replace(day=16))
    yield stage
    stage.close()


@pytest.fixture
def people(stage: Play) -> dict[str, Actor]:
    """Everyone of the sample office, signed in: by the short names of `office.yaml`."""
    roles = {spec.username: spec.roles for spec in sample_specs((SAMPLE_OFFICE / "accounts.yaml").read_bytes())}
    office = yaml.safe_load((SAMPLE_OFFICE / "office.yaml").read_text(encoding="utf-8"))
    with stage.looking() as reading:
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
def player(stage: Play, people: dict[str, Actor]) -> Player:
    return Player(stage=stage, people=people)
