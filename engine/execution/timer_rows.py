"""The timers of a case as rows, each with the job of its next moment."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from engine.base.rows import Those, delete_where, insert_rows, read_where, update_where
from engine.execution.gathering import Recording
from engine.execution.model import Timer
from engine.jobs.operations import NewJob, cancel, cancel_those, schedule_all

TIMER_JOB = "timer.fire"


class KnownTimer(NamedTuple):
    id: int
    job_id: int


def write_timers(recording: Recording) -> None:
    """Those that a step cleared go with their jobs; those that it set are there, each with a job."""
    for activity_id, timer_ids in _by_activity(recording.timers_cleared):
        place = {"instance_id": recording.instance.id, "activity_id": activity_id, "timer_id": timer_ids}
        if recording.ended is None:  # else all that waits is cancelled together
            cancel_those(recording.work, Those(Timer, "job_id", place))
        delete_where(recording.work.session, Timer, place)
    if recording.timers_set:
        known = _known_timers(recording)
        cancel(recording.work, [timer.job_id for timer in known.values()])
        _set_timers(recording, known)


def _by_activity(timers: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    for activity_id, of_activity in groupby(sorted(timers), key=itemgetter(0)):
        yield activity_id, [timer_id for _activity_id, timer_id in of_activity]


def _set_timers(recording: Recording, known: Mapping[tuple[int, str], KnownTimer]) -> None:
    work, instance, timers = recording.work, recording.instance, recording.timers_set
    # The revision makes each turn of a cycle a job of its own: the turn that runs now is not re-dated.
    keys = {key: f"{TIMER_JOB}:{instance.id}:{instance.revision}:{ordinal}" for ordinal, key in enumerate(timers)}
    jobs = [
        NewJob(
            kind=TIMER_JOB,
            key=keys[key],
            due_at=change.due_at,
            payload={"instance_id": instance.id, "activity_id": change.activity_id, "timer_id": change.timer_id},
            instance_id=instance.id,
        )
        for key, change in timers.items()
    ]
    job_ids = schedule_all(work, jobs)
    new = []
    for key, change in timers.items():
        values = {"element": change.element, "due_at": change.due_at, "job_id": job_ids[keys[key]]}
        if key in known:
            update_where(work.session, Timer, {"id": known[key].id}, values)
        else:
            place = {"instance_id": instance.id, "activity_id": change.activity_id, "timer_id": change.timer_id}
            new.append(place | values)
    insert_rows(work.session, Timer, new)


def _known_timers(recording: Recording) -> dict[tuple[int, str], KnownTimer]:
    """Of those that are set, those that were there; what an activity opened in this step sets is new."""
    old = sorted({activity_id for activity_id, _timer in recording.timers_set if activity_id not in recording.opened})
    if not old:
        return {}
    where = {"instance_id": recording.instance.id, "activity_id": old}
    rows = read_where(recording.work.session, Timer, ("activity_id", "timer_id", "id", "job_id"), where)
    known = {(activity_id, timer_id): KnownTimer(id, job_id) for activity_id, timer_id, id, job_id in rows}
    return {key: timer for key, timer in known.items() if key in recording.timers_set}
