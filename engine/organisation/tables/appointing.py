"""Where a row says that a person works: she is there already, or moves there from what she held so far."""

from collections import defaultdict
from datetime import date, timedelta

from engine.base.i18n import _, as_day
from engine.organisation.model import HoldingKind
from engine.organisation.tables.draft import Draft, end_holding
from engine.organisation.tables.fields import Field
from engine.organisation.tables.office import is_current
from engine.organisation.tables.rows import TableRow


class Seats:
    """What everyone holds for good now or will hold."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._held_by: dict[str, list[str]] = defaultdict(list)
        for key, each in draft.holdings.items():
            if each["kind"] is HoldingKind.DEFINITIVE and is_current(each, draft.today):
                self._held_by[each["employee"]].append(key)

    def give(self, row: TableRow, person: str, position: str) -> None:
        draft, hers = self._draft, self._held_by[person]
        starts_on = row.values.get(Field.STARTS_ON)
        there = next((key for key in hers if draft.holdings[key]["position"] == position), None)
        if there is not None:
            held = draft.holdings[there]
            draft.holdings[there] = {**held, "from": starts_on or held["from"]}
        else:
            there = f"row {row.number}"
            self._begin(row, there, person, position, starts_on or draft.today)
        draft.touch("holdings", there, row)
        check_order(draft, row, there)

    def _begin(self, row: TableRow, key: str, person: str, position: str, starts_on: date) -> None:
        draft = self._draft
        hers = [each for each in self._held_by[person] if each in draft.holdings]
        if hers:
            # Of several it is the oldest that says where she belongs (see holders.main_holding); the others stay.
            main = min(hers, key=lambda each: (draft.holdings[each]["from"], each))
            self._leave(row, main, starts_on)
        draft.holdings[key] = {
            "employee": person,
            "position": position,
            "kind": HoldingKind.DEFINITIVE,
            "decree": None,
            "scope": None,
            "from": starts_on,
            "until": None,
        }

    def _leave(self, row: TableRow, main: str, starts_on: date) -> None:
        """Her main position ends the day before she begins the new one."""
        draft = self._draft
        held = draft.holdings[main]
        if held["from"] < starts_on:
            end_holding(draft, main, starts_on - timedelta(days=1))
            draft.touch("holdings", main, row)
            return
        text = _(
            "This person holds %(position)s since %(day)s, which is not before the first day of the new position. "
            "Correct the day, or end the older appointment first."
        )
        title = draft.positions[held["position"]]["title"]
        draft.refuse(row, Field.STARTS_ON, "order", text, position=title, day=as_day(held["from"]))


def check_order(draft: Draft, row: TableRow, key: str) -> None:
    holding = draft.holdings[key]
    if holding["until"] is not None and holding["until"] < holding["from"]:
        wrong = Field.ENDS_ON if Field.ENDS_ON in row.values else Field.STARTS_ON
        draft.refuse(row, wrong, "order", _("The last day lies before the first one."))
