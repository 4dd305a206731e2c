"""Why somebody ended, changed or threw away what others worked on: in their own words, and never empty."""

from engine.base.text import lines
from engine.execution.errors import NoReason

REASON_LENGTH = 1_000


def given_reason(text: str) -> str:
    """Raises NoReason when nothing is said."""
    reason = lines(text)
    if not reason:
        raise NoReason
    return reason[:REASON_LENGTH]
