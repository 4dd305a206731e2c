"""A year of an office, act by act, with its absences, stops, returns and ladders, and a calendar that changes."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from random import Random

from engine.base.clock import FrozenClock
from engine.core.core import Core
from engine.insight.figures import make_missing
from engine.jobs.operations import schedule_again
from engine.sla.climbing import RungRule
from engine.sla.ladder_keeping import keep_ladder
from engine.sla.ladders import OFFICE
from engine.sla.model import Anchor, RungAction
from tests.support.simulated_calendar import known_at_first, plan_changes
from tests.support.simulated_deeds import begin_case
from tests.support.simulated_office import SECRETARIAT, set_up
from tests.support.simulated_people import know_people, plan_absences
from tests.support.simulated_plans import plan_starts
from tests.support.simulated_time import DAY, FIRST, MINUTE, ZONE, Year, moment_of_year

MOST_DAYS = 1_000
LADDER = (
    RungRule(anchor=Anchor.RISK, action=RungAction.REMIND_HOLDER),
    RungRule(anchor=Anchor.DUE, action=RungAction.TELL_SUPERIOR),
    RungRule(anchor=Anchor.DUE, after=90 * MINUTE, action=RungAction.OFFER_TO_POOL),
    RungRule(anchor=Anchor.DUE, after=480 * MINUTE, action=RungAction.REASSIGN_TO_SUPERIOR),
)


def simulate(core: Core, clock: FrozenClock, cases: int, seed: int, again_and_again: Iterable[str]) -> None:
    """With these jobs that come by themselves; figures that they have not made are made in the end."""
    year = Year(core=core, clock=clock, random=Random(seed))  # a simulation, no secret
    core.nudge = year.wake
    clock.set(datetime(FIRST.year, FIRST.month, FIRST.day, 6, 0, tzinfo=ZONE))
    set_up(core)
    know_people(year)
    with core.work() as work:
        known_at_first(work)
        for kind in again_and_again:
            schedule_again(work, kind, kind, work.now, {})
    with core.work(SECRETARIAT) as work:
        keep_ladder(work, OFFICE, LADDER)
    plan_changes(year)
    plan_absences(year)
    plan_starts(year)
    for _case in range(cases):
        year.at(moment_of_year(year), partial(begin_case, year))
    year.run()
    clock.advance(DAY)
    with core.work() as work:
        make_missing(work, MOST_DAYS)
