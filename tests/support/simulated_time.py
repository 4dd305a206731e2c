"""The turns of a year that is simulated: its clock jumps to whatever comes next, an act of somebody or a job."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engine.base.actor import Actor
from engine.base.clock import FrozenClock
from engine.base.rows import table_of
from engine.core.core import Core
from engine.jobs.model import Job, JobState

ZONE = ZoneInfo("Asia/Jayapura")  # half past seven is yesterday evening in UTC
YEAR = 2027
FIRST, LAST = date(YEAR, 1, 4), date(YEAR, 12, 23)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Act = Callable[[], None]
JOB = table_of(Job)
NEXT_DUE = select(func.min(JOB.c.due_at)).where(JOB.c.state == JobState.WAITING)


@dataclass(slots=True)
class Year:
    """Whose turn it is when: a heap of acts, and what the office knows of its people."""

    core: Core
    clock: FrozenClock
    random: Random
    people: dict[int, Actor] = field(default_factory=dict)
    clerks: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    writers: dict[int, int] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    planned: set[int] = field(default_factory=set)
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    turn: int = 0
    is_woken: bool = False

    def wake(self, _job_ids: Sequence[int]) -> None:
        """As workers are: a job has become due by what was just done."""
        self.is_woken = True

    def at(self, moment: datetime, act: Act) -> None:
        self.turn += 1  # of two at the same moment the earlier planned comes first
        heappush(self.acts, (moment, self.turn, act))

    def soon(self, days: float) -> datetime:
        """Some time later, mostly while somebody is in the office; always on a whole minute."""
        moment = self.clock.now() + timedelta(days=self.random.expovariate(1 / days))
        local = moment.astimezone(ZONE).replace(second=0, microsecond=0)
        if self.random.random() < 0.05:
            return local + MINUTE
        while local.weekday() > 4 or local.hour >= 17:
            local = (local + DAY).replace(hour=7, minute=0)
        if local.hour >= 7:
            return local + MINUTE
        return local.replace(hour=7) + MINUTE * self.random.randint(30, 560)

    def run(self) -> None:
        while self.acts:
            moment, due = self.acts[0][0], self._next_job()
            if due is not None and due <= moment:
                self.clock.set(max(due, self.clock.now()))
                self.is_woken = True
            else:
                self.clock.set(moment)
                heappop(self.acts)[2]()
            self.work_off()

    def work_off(self) -> None:
        """What became due by an act, and by that; nothing else can have, while the clock stands."""
        while self.is_woken:
            self.is_woken = False
            self.core.run_jobs(self.core.due_job_ids())

    def _next_job(self) -> datetime | None:
        with self.core.read() as reading:
            moment: datetime | None = reading.session.scalar(NEXT_DUE)
        return moment


def moment_of_year(year: Year) -> datetime:
    day = FIRST + DAY * year.random.randrange((LAST - FIRST).days)
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=ZONE) + MINUTE * year.random.randrange(540)
