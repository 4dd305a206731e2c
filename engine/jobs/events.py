"""What the outbox tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsBecameDue:
    """These jobs may run as soon as the work is committed: the workers deserve a nudge."""

    job_ids: tuple[int, ...]
