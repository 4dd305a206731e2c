"""A play: the engine with its jobs on a database in memory, and a clock that moves only when it is told.

A command that is refused, at whatever point, leaves everything as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.base.actor import SYSTEM, Actor
from engine.base.clock import FrozenClock
from engine.base.settings import Settings, settings_from
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.core.play import acts, messaging
from engine.core.play.deploying import Loaded, examined, load
from engine.core.play.errors import NothingDue, ProcessUnknown, TooFar, TooMuch
from engine.core.play.following import FollowedCore, Journeys
from engine.core.play.looking import Standing, element_names, elements, newest_versions, standings
from engine.core.play.memory import memory_database, put_back, taken
from engine.core.wiring import OF_THE_WORLD, SERVICES
from engine.definitions.examination import Upload
from engine.execution.advance import advance
from engine.execution.beginning import begin_case
from engine.execution.messages import broadcast
from engine.execution.outgoing import SERVICE_JOB
from engine.jobs.model import Job, JobState
from engine.jobs.operations import cancel
from engine.runtime.stimuli import DeliverMessage, SetVariables

MOST_JOBS = 5_000
TOLD = ("ZONE", "LANGUAGE", "OFFICE_NAME")
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)
Variables = Mapping[str, Any]


def settings_of_play(env: Mapping[str, str]) -> Settings:
    """Zone, language and office as the installation has them; nothing else of it is touched."""
    told = {f"TATAKERJA_{name}": env[f"TATAKERJA_{name}"] for name in TOLD if f"TATAKERJA_{name}" in env}
    return settings_from({**told, "TATAKERJA_SECRET_KEY": "a secret for no more than a play"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """All that a play is at one time."""

    image: bytes
    moment: datetime
    journeys: Journeys


class Play:
    def __init__(self, settings: Settings, clock: FrozenClock, most_jobs: int = MOST_JOBS) -> None:
        self.clock = clock
        self._most_jobs = most_jobs
        self._settings = settings
        self._engine = memory_database()
        self._core = FollowedCore(settings, clock, self._engine)

    @property
    def processes(self) -> tuple[str, ...]:
        """The ids of all that can be started."""
        with self._core.read() as reading:
            return tuple(newest_versions(reading.session))

    def standing(self) -> Stand:
        """Where the play is now, to go back to; of another play too."""
        return Stand(image=taken(self._engine), moment=self.clock.now(), journeys=dict(self._core.journeys))

    def go_back(self, stand: Stand) -> None:
        put_back(self._engine, stand.image)
        self.clock.set(stand.moment)
        self._core.journeys = dict(stand.journeys)

    @property
    def zone(self) -> ZoneInfo:
        return self._settings.zone

    def names(self) -> dict[int, dict[str, str]]:
        """How each running case's elements are called in its diagram, by their ids."""
        with self._core.read() as reading:
            return element_names(reading.session)

    def elements(self) -> set[str]:
        """The ids in the diagrams of all cases."""
        with self._core.read() as reading:
            return elements(reading.session)

    def instances(self, language: str) -> tuple[Standing, ...]:
        with self._core.read() as reading:
            return standings(reading.session, self._core.journeys, language)

    def deploy(self, uploads: Sequence[Upload]) -> Loaded:
        """Files that belong together; a process that was there already starts by its new version from now on."""
        examinations = examined(uploads)
        with self.acting() as work:
            return load(work, examinations)

    def start(self, process: str, variables: Variables, at: str | None = None) -> None:
        """Begin a process, `at` one of its start events or else at the only one, or the first plain one in the file."""
        with self.acting() as work:
            version_id = newest_versions(work.session).get(process)
            if version_id is None:
                raise ProcessUnknown(process=process)
            beginning = at or acts.beginning_of(work.session, version_id, process)
            begin_case(work, version_id, process, process, variables, beginning)

    def complete(self, instance: int, activity: str, variables: Variables) -> None:
        with self.acting() as work:
            acts.complete(work, instance, activity, variables)

    def trigger(self, instance: int, activity: str, variables: Variables) -> None:
        with self.acting() as work:
            acts.trigger(work, instance, activity, variables)

    def set_variables(self, instance: int, variables: Variables) -> None:
        with self.acting() as work:
            advance(work, instance, SetVariables(variables))

    def message(self, name: str, correlation: Variables, variables: Variables, instance: int | None) -> datetime | None:
        """To one case: the given one, or whoever waits for it; until when it is held, if nobody does."""
        with self.acting() as work:
            if instance is None:
                return messaging.send(work, name, correlation, variables)
            advance(work, instance, DeliverMessage(name, variables))
        return None

    def signal(self, name: str, variables: Variables) -> None:
        """To everyone who waits for it now."""
        with self.acting() as work:
            broadcast(work, name, variables)

    def advance(self, duration: timedelta) -> None:
        """Let time pass; whatever falls due meanwhile happens at its own moment, in order."""
        try:
            until = self.clock.now() + duration
        except OverflowError:
            raise TooFar from None
        with self._all_or_nothing():
            self._run_due(until)
            self.clock.set(until)

    def advance_to_next(self) -> None:
        """Up to the next moment at which something is due; raises NothingDue."""
        job = self._next_job(LAST_MOMENT)
        if job is None:
            raise NothingDue
        self.advance(max(job.due_at - self.clock.now(), timedelta(0)))

    @contextmanager
    def looking(self) -> Iterator[Reading]:
        with self._core.read() as reading:
            yield reading

    @contextmanager
    def acting(self, actor: Actor = SYSTEM) -> Iterator[UnitOfWork]:
        """One act and everything that follows from it at this moment."""
        with self._all_or_nothing():
            with self._core.work(actor) as work:
                yield work
            self._run_due(self.clock.now())

    def close(self) -> None:
        self._core.close()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        before, is_done = self.standing(), False
        try:
            yield
            is_done = True
        finally:
            if not is_done:
                self.go_back(before)

    def _run_due(self, until: datetime) -> None:
        for _time in range(self._most_jobs):
            job = self._next_job(until)
            if job is None:
                return
            self.clock.set(max(job.due_at, self.clock.now()))
            if _is_of_the_world(job):
                self._leave_to_player(job)
            else:
                self._core.run_job(job.id)
        raise TooMuch(most=self._most_jobs)

    def _next_job(self, until: datetime) -> Job | None:
        query = select(Job).where(Job.state == JobState.WAITING, Job.due_at <= until)
        with self._core.read() as reading:
            return reading.session.scalar(query.order_by(Job.due_at, Job.id).limit(1))

    def _leave_to_player(self, job: Job) -> None:
        """In a play nothing leaves the machine: the player is the world, and answers by `trigger`."""
        with self._core.work() as work:
            cancel(work, [job.id])


def _is_of_the_world(job: Job) -> bool:
    """What nobody provides, and a notice to people by name: a play has no office to know them."""
    if job.kind != SERVICE_JOB:
        return job.kind in OF_THE_WORLD
    return job.payload["operation"] not in SERVICES or bool(job.payload["parameters"].get("to"))
