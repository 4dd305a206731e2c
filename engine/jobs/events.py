"""What the outbox tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsBecameDue:
    """These jobs may run as soon as the work is committed: the workers deserve a nudge."""

    job_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobGivenUp:
    """No further attempt will be made; whoever waits for its effect must hear of it."""

    job_id: int
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    error: str
