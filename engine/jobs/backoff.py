"""When a failed job is tried again, and when no more."""

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MAX_ATTEMPTS = 16  # about eight hours: a mail server may be down for a night


def pause_after(attempt: int) -> timedelta:
    """The pause doubles with each attempt, up to a limit; attempts count from one."""
    doublings = min(max(attempt, 1) - 1, 20)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def is_last(attempt: int) -> bool:
    return attempt >= MAX_ATTEMPTS
