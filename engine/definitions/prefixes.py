"""The letters with which case numbers of a process begin."""

import re
from collections.abc import Container

LONGEST = 6


def prefix_for(name: str, taken: Container[str]) -> str:
    """Initials of the name ("Pembuatan Surat Tugas" gives PST), with a number when they are taken."""
    words = re.findall(r"[A-Za-z]+", name)
    initials = "".join(word[0] for word in words)[:LONGEST].upper() if len(words) > 1 else "".join(words)[:3].upper()
    initials = initials or "SOP"
    if initials not in taken:
        return initials
    return next(candidate for n in range(2, 10_000) if (candidate := f"{initials}{n}") not in taken)
