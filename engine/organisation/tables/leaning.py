"""Rows that lean on others of the same table: what one with faults would have brought cannot stand above them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.organisation.tables.draft import Draft
from engine.organisation.tables.fields import Field
from engine.organisation.tables.places import UNKNOWN, plain
from engine.organisation.tables.rows import TableRow

LEANS: Final = "leans_on_fault"


@dataclass(slots=True, kw_only=True)
class Leaning:
    """`names` are the columns that name what a row brings, `above` the one that names what it stands under.

    `text` is what is said at a row whose upper one, in row `%(upper)s`, has faults.
    """

    draft: Draft
    names: tuple[Field, ...]
    above: Field
    text: str
    _standing: dict[str, list[TableRow]] = field(default_factory=dict)

    def stands_under(self, row: TableRow, code: str) -> None:
        self._standing.setdefault(code, []).append(row)

    def refuse(
        self,
        homeless: Iterable[TableRow],
        without: Sequence[TableRow],
        brought: Mapping[int, str],
        known: Collection[str],
    ) -> None:
        """Tell every row that it stands on nothing, and those below it in turn.

        `homeless` named what is not there, `without` are rows with faults, `brought` what each other row speaks of;
        what was `known` before stays, whatever becomes of its row.
        """
        lost = {plain(str(row.values[key])): row for row in without for key in self.names if key in row.values}
        refused: list[TableRow] = []
        for row in homeless:
            ref = row.values[self.above]
            if plain(ref) in lost:
                self._tell(row, lost[plain(ref)])
            else:
                self.draft.refuse(row, self.above, "unknown", UNKNOWN, ref=ref)
            refused.append(row)
        met = {row.number for row in refused}
        for upper in refused:
            code = brought[upper.number]
            below = [row for row in self._standing.get(code, ()) if code not in known and row.number not in met]
            for row in below:
                self._tell(row, upper)
            met |= {row.number for row in below}
            refused += below  # walked in turn

    def _tell(self, row: TableRow, upper: TableRow) -> None:
        self.draft.refuse(row, self.above, LEANS, self.text, upper=upper.number)
