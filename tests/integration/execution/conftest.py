"""A core on a real database with a small office, and short ways to say what a test is about."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.base.clock import FrozenClock
from engine.base.settings import Settings
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution import user_tasks
from engine.execution.beginning import Started
from engine.execution.cases import start_case
from engine.worklist.queries import open_items_of_case
from tests.support.small_office import load_small_office, person


@pytest.fixture
def core(settings: Settings, clock: FrozenClock) -> Iterator[Core]:
    core = Core(settings, clock)
    load_small_office(core)
    yield core
    core.close()


class Desk:
    """What a test does, in few words: publish a diagram, start, complete, look who has what."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def publish(self, source: bytes, **forms: Any) -> None:
        texts = {key: json.dumps(schema).encode() for key, schema in forms.items()}
        examination = examine(Upload(filename="process.bpmn", source=source, forms=texts))
        with self.core.work() as work:
            publish(work, deploy(work, examination).version_id)

    def start(
        self,
        by: str = "eko",
        at: str | None = None,
        key: str = "proses",
        variables: Mapping[str, Any] | None = None,
    ) -> Started:
        with self.core.work(person(self.core, by)) as work:
            return start_case(work, key, "Sebuah berkas", variables, at)

    def complete(self, case: Started, element: str, by: str, answers: Mapping[str, Any] | None = None) -> None:
        self.complete_in(case.instance_id, element, by, answers)

    def complete_in(self, instance_id: int, element: str, by: str, answers: Mapping[str, Any] | None = None) -> None:
        item_id = self.item_in(instance_id, element)
        with self.core.work(person(self.core, by)) as work:
            user_tasks.complete(work, item_id, answers or {})

    def item(self, case: Started, element: str) -> int:
        return self.item_in(case.instance_id, element)

    def item_in(self, instance_id: int, element: str) -> int:
        with self.core.read() as reading:
            items = open_items_of_case(reading.session, instance_id)
        return next(item.work_item_id for item in items if item.element == element)

    def open(self, case: Started) -> dict[str, str | None]:
        """Open steps and who has each."""
        return self.open_in(case.instance_id)

    def open_in(self, instance_id: int) -> dict[str, str | None]:
        with self.core.read() as reading:
            items = open_items_of_case(reading.session, instance_id)
        return {item.element: item.assignee_name for item in items}


@pytest.fixture
def desk(core: Core) -> Desk:
    return Desk(core)


def form(*fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "default", "components": list(fields)}
