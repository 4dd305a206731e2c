"""The engine, followed as it goes: which elements were passed, in the order in which they were."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from engine.base.actor import SYSTEM, Actor
from engine.base.clock import Clock
from engine.base.settings import Settings
from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.execution.events import CaseMoved
from engine.runtime.changes import ElementPassed

Journeys = dict[int, tuple[str, ...]]


class FollowedCore(Core):
    """Remembers the journey of each case; the rows say only how long each activity took."""

    def __init__(self, settings: Settings, clock: Clock, engine: Engine) -> None:
        super().__init__(settings, clock, engine)
        self.journeys: Journeys = {}

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[UnitOfWork]:
        with super().work(actor) as work:
            yield work
        for event in work.events:
            if isinstance(event, CaseMoved):
                passed = (change.element for change in event.changes if isinstance(change, ElementPassed))
                self.journeys[event.instance_id] = (*self.journeys.get(event.instance_id, ()), *passed)
