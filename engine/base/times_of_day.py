"""Times of the day as people write them, and as browsers send them."""

import re
from datetime import time

WRITTEN = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]00)?", re.ASCII)  # some browsers send the seconds too


def find_time(text: str) -> time | None:
    """07:30, 7.30 and 07:30:00 are the same; None for what is no time of a day."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None
