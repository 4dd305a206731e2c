"""The assembled house: what the doors hold. It opens units of work, commits them, and runs jobs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from engine.audit.operations import write_entries
from engine.base.actor import SYSTEM, Actor
from engine.base.clock import Clock
from engine.base.database import database_engine, for_reading, for_writing
from engine.base.looking import SEES_ONE_INSTANT
from engine.base.settings import Settings
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.core.running import due_portions, run
from engine.core.wiring import react
from engine.jobs import claiming
from engine.jobs.events import JobsBecameDue

Nudge = Callable[[Sequence[int]], None]


def no_nudge(_job_ids: Sequence[int]) -> None:
    """Without workers to wake, the next tick finds what is due."""


class Core:
    """One per process. `nudge` wakes the workers after a commit; a lost nudge is found by the next tick."""

    def __init__(self, settings: Settings, clock: Clock, engine: Engine | None = None, nudge: Nudge = no_nudge) -> None:
        self.settings = settings
        self.clock = clock
        self.engine = engine or database_engine(settings.database_url)
        self.nudge = nudge
        self._readers = sessionmaker(
            for_reading(self.engine), autoflush=False, expire_on_commit=False, info={SEES_ONE_INSTANT: True}
        )
        self._writers = sessionmaker(for_writing(self.engine), autoflush=True, expire_on_commit=False)

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[UnitOfWork]:
        """One act: one transaction, one commit, one reading of the clock. An exception undoes all of it."""
        with self.works(actor) as begin, begin() as work:
            yield work

    @contextmanager
    def works(self, actor: Actor = SYSTEM) -> Iterator[Callable[[], AbstractContextManager[UnitOfWork]]]:
        """Several acts in one transaction, each with all that follows from it; an exception undoes them together."""
        events: list[Any] = []
        with self._writers() as session, session.begin():
            now = self.clock.now()

            @contextmanager
            def begin() -> Iterator[UnitOfWork]:
                work = UnitOfWork(session=session, actor=actor, now=now, settings=self.settings)
                yield work
                react(work)
                write_entries(work)
                events.extend(work.events)

            yield begin
        due = tuple(job_id for event in events if isinstance(event, JobsBecameDue) for job_id in event.job_ids)
        if due:
            self.nudge(due)

    @contextmanager
    def read(self, actor: Actor = SYSTEM) -> Iterator[Reading]:
        """A look: whatever happens in it is not kept."""
        with self._readers() as session:
            yield Reading(session=session, actor=actor, now=self.clock.now(), settings=self.settings)

    def due_job_ids(self, limit: int = 500) -> list[int]:
        with self.read() as reading:
            return claiming.due_job_ids(reading.session, reading.now, limit)

    def due_portions(self) -> list[tuple[int, ...]]:
        """The same, as portions for one worker each; those that wait for the world stand behind our own."""
        with self.read() as reading:
            return list(due_portions(reading))

    def run_job(self, job_id: int) -> bool:
        """Run one job if it is due and nobody else has it; whether it was run."""
        return bool(run(self, (job_id,)))

    def run_jobs(self, job_ids: Sequence[int]) -> int:
        """Run each of these jobs in the same way; how many were run."""
        return run(self, job_ids)

    def run_due_jobs(self, rounds: int = 100) -> int:
        """Run what is due, and what becomes due by that, until nothing is; how many were run."""
        count = 0
        for _round in range(rounds):
            ran = self.run_jobs(self.due_job_ids())
            if not ran:
                return count
            count += ran
        return count

    def close(self) -> None:
        self.engine.dispose()
