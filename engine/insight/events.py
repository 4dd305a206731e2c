"""What the figures have to tell."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresDiffered:
    """The figures of these days were not what the rows say; they were made again."""

    days: tuple[date, ...]
