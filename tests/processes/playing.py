"""Plays a scenario of an SOP as `tatakerja play` plays a diagram, with the people of the sample office.

What a scenario may say is listed in `processes/README.md`; a word that is not known stops the play.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from engine.base.actor import Actor
from engine.base.errors import Invalid
from engine.core.demo import sop_folders
from engine.core.play.session import Play
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.execution.cases import start_case
from engine.execution.inbox import inbox
from engine.execution.model import Instance
from engine.execution.user_tasks import complete
from engine.jobs.model import Job
from engine.notifications.model import Notice
from engine.organisation.queries import position_ids_held
from engine.worklist.model import WorkItem, WorkItemState
from engine.worklist.queries import open_items_of_case
from engine.worklist.views import Reader, View

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    sop: str
    name: str
    beginning: Said
    steps: tuple[Said, ...]
    ending: Said


def scenarios() -> tuple[Scenario, ...]:
    """All scenarios of all SOPs that come with the product."""
    return tuple(
        Scenario(
            sop=folder.name,
            name=said["nama"],
            beginning=said["mulai"],
            steps=tuple(said["langkah"]),
            ending=said["akhir"],
        )
        for folder in sop_folders()
        for said in yaml.safe_load((folder / "scenarios.yaml").read_text(encoding="utf-8"))
    )


@dataclass(slots=True, kw_only=True)
class Player:
    """One case on its way; `people` are those of the sample office, by their short names."""

    stage: Play
    people: Mapping[str, Actor]
    instance_id: int = field(default=0)

    def play(self, scenario: Scenario) -> None:
        self._start(scenario)
        for step in scenario.steps:
            self._act(step)
        self._check(scenario.ending)
        assert self._dead_jobs() == []

    def _start(self, scenario: Scenario) -> None:
        beginning = scenario.beginning
        self._move_to(beginning["pada"])
        with self.stage.acting(self.people[beginning["oleh"]]) as work:
            key = work.session.scalars(
                select(ProcessDefinition.key)
                .join(DefinitionVersion)
                .where(DefinitionVersion.filename == f"{scenario.sop}.bpmn")
            ).one()
            self.instance_id = start_case(work, key, beginning["judul"]).instance_id

    def _act(self, step: Said) -> None:
        match dict(step):
            case {"waktu": moment, **rest} if not rest:
                self._move_to(moment)
            case {"periksa": expected, **rest} if not rest:
                self._check(expected)
            case {"selesaikan": element, "oleh": who, "pada": moment, "isi": answers, "ditolak": fields, **rest} if (
                not rest
            ):
                self._move_to(moment)
                with pytest.raises(Invalid) as refusal:
                    self._complete(element, who, answers)
                assert [problem.name for problem in refusal.value.fields] == fields
            case {"selesaikan": element, "oleh": who, "pada": moment, "isi": answers, **rest} if not rest:
                self._move_to(moment)
                self._complete(element, who, answers)
            case _:
                pytest.fail(f"This step cannot be understood: {step}")

    def _complete(self, element: str, who: str, answers: Said) -> None:
        with self.stage.acting(self.people[who]) as work:
            item_id = work.session.scalars(
                select(WorkItem.id).where(
                    WorkItem.instance_id == self.instance_id,
                    WorkItem.element == element,
                    WorkItem.state == WorkItemState.OPEN,
                )
            ).one()
            complete(work, item_id, answers)

    def _move_to(self, written: str) -> None:
        moment = datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=self.stage.zone)
        self.stage.advance(moment - self.stage.clock.now())

    def _check(self, expected: Said) -> None:
        for word, value in expected.items():
            CHECKS[word](self, value)

    def _dead_jobs(self) -> list[str]:
        with self.stage.looking() as reading:
            return list(reading.session.scalars(select(Job.key).where(Job.last_error.is_not(None))))

    def check_open(self, elements: list[str]) -> None:
        with self.stage.looking() as reading:
            lines = open_items_of_case(reading.session, self.instance_id)
        assert sorted(line.element for line in lines) == sorted(elements)

    def check_inboxes(self, expected: Mapping[str, list[str]]) -> None:
        """Her own tasks and those in the pools of her positions, as her page lists them."""
        assert {who: self._inbox(self.people[who]) for who in expected} == expected

    def _inbox(self, actor: Actor) -> list[str]:
        assert actor.employee_id is not None
        with self.stage.looking() as reading:
            today = reading.now.astimezone(reading.settings.zone).date()
            held = position_ids_held(reading.session, actor.employee_id, today)
            reader = Reader(employee_id=actor.employee_id, position_ids=held)
            pages = [inbox(reading.session, reader, view, reading.now) for view in (View.MINE, View.POOL)]
        return [line.title for page in pages for line in page.items if line.instance_id == self.instance_id]

    def check_late(self, elements: list[str]) -> None:
        query = select(WorkItem.element).where(
            WorkItem.instance_id == self.instance_id,
            WorkItem.state == WorkItemState.OPEN,
            WorkItem.overdue_at.is_not(None),
        )
        with self.stage.looking() as reading:
            assert sorted(reading.session.scalars(query)) == sorted(elements)

    def check_told(self, expected: Mapping[str, list[str]]) -> None:
        for who, kinds in expected.items():
            assert set(kinds) <= self._kinds_told(who), who

    def check_not_told(self, expected: Mapping[str, list[str]]) -> None:
        for who, kinds in expected.items():
            assert not set(kinds) & self._kinds_told(who), who

    def _kinds_told(self, who: str) -> set[str]:
        query = select(Notice.kind).where(Notice.employee_id == self.people[who].employee_id)
        with self.stage.looking() as reading:
            return set(reading.session.scalars(query))

    def check_state(self, state: str) -> None:
        assert self._instance().state == state

    def check_variables(self, expected: Said) -> None:
        variables = self._instance().variables
        assert {name: variables.get(name) for name in expected} == expected

    def _instance(self) -> Instance:
        with self.stage.looking() as reading:
            return reading.session.get_one(Instance, self.instance_id)

    def check_journey(self, elements: list[str]) -> None:
        """The steps that people completed, in order."""
        query = (
            select(WorkItem.element)
            .where(WorkItem.instance_id == self.instance_id, WorkItem.state == WorkItemState.COMPLETED)
            .order_by(WorkItem.closed_at, WorkItem.id)
        )
        with self.stage.looking() as reading:
            assert list(reading.session.scalars(query)) == elements


CHECKS = {
    "terbuka": Player.check_open,
    "kotak_masuk": Player.check_inboxes,
    "terlambat": Player.check_late,
    "pemberitahuan": Player.check_told,
    "tanpa_pemberitahuan": Player.check_not_told,
    "status": Player.check_state,
    "variabel": Player.check_variables,
    "jejak": Player.check_journey,
}
