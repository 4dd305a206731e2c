"""How the duties of one position differ from those of another, or from what a sheet said."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.organisation.model import DutyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One uraian tugas as it is said, apart from the row it stands in."""

    sentence: str
    result_unit: str | None
    norm_minutes: int | None
    yearly_volume: int | None
    kind: DutyKind

    @property
    def yearly_minutes(self) -> int | None:
        """Its workload: the norm as often as it comes in a year."""
        if self.norm_minutes is None or self.yearly_volume is None:
            return None
        return self.norm_minutes * self.yearly_volume


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDuty:
    """The same sentence with another measure."""

    before: Duty
    after: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDifference:
    kept: tuple[Duty, ...]
    changed: tuple[ChangedDuty, ...]
    dropped: tuple[Duty, ...]
    added: tuple[Duty, ...]

    @property
    def is_none(self) -> bool:
        return not (self.changed or self.dropped or self.added)


def difference(before: Sequence[Duty], after: Sequence[Duty]) -> DutyDifference:
    """Duties are the same when their sentences are, however spaced and capitalised; their order says nothing."""
    old, new = ({_folded(duty): duty for duty in duties} for duties in (before, after))
    both = [(old[sentence], duty) for sentence, duty in new.items() if sentence in old]
    return DutyDifference(
        kept=tuple(after for before, after in both if _measure(before) == _measure(after)),
        changed=tuple(
            ChangedDuty(before=before, after=after) for before, after in both if _measure(before) != _measure(after)
        ),
        dropped=tuple(duty for sentence, duty in old.items() if sentence not in new),
        added=tuple(duty for sentence, duty in new.items() if sentence not in old),
    )


def _folded(duty: Duty) -> str:
    return " ".join(duty.sentence.split()).casefold().rstrip(".")


def _measure(duty: Duty) -> tuple[object, ...]:
    return (duty.result_unit, duty.norm_minutes, duty.yearly_volume, duty.kind)
