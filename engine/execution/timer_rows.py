"""The timers of a case as rows, each with the job of its next moment."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.base.rows import delete_where, insert_rows, read_where, update_where
from engine.execution.gathering import Recording
from engine.execution.model import Timer
from engine.jobs.operations import NewJob, cancel, schedule_all

TIMER_JOB = "timer.fire"


class KnownTimer(NamedTuple):
    id: int
    job_id: int


def write_timers(recording: Recording) -> None:
    """Those that a step cleared go with their jobs; those that it set are there, each with a job."""
    work = recording.work
    touched = recording.timers_cleared | set(recording.timers_set)
    if not touched:
        return
    known = _known_timers(recording, {activity_id for activity_id, _timer in touched})
    cleared = [known[key] for key in recording.timers_cleared if key in known]
    reset = [known[key] for key in recording.timers_set if key in known]
    if recording.ended is None:  # else all that waits is cancelled together
        cancel(work, [timer.job_id for timer in cleared + reset])
    delete_where(work.session, Timer, {"id": [timer.id for timer in cleared]})
    _set_timers(recording, known)


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


def _known_timers(recording: Recording, activity_ids: set[int]) -> dict[tuple[int, str], KnownTimer]:
    where = {"instance_id": recording.instance.id, "activity_id": sorted(activity_ids)}
    rows = read_where(recording.work.session, Timer, ("activity_id", "timer_id", "id", "job_id"), where)
    return {(activity_id, timer_id): KnownTimer(id, job_id) for activity_id, timer_id, id, job_id in rows}
