"""Units and positions as tables call them: by code, or by the name that people know."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping

from engine.base.i18n import _
from engine.organisation.fields import CODE
from engine.organisation.model import PositionKind
from engine.organisation.tables.draft import Draft
from engine.organisation.tables.fields import Field
from engine.organisation.tables.office import Values, is_open
from engine.organisation.tables.rows import TableRow

LONGEST_CODE = 60
UNKNOWN = _("%(ref)s is not known. Add it to the file, or correct the spelling.")
BAD_CODE = _("This must be a code of small letters, digits and hyphens, such as kasubbag-tu.")


def plain(name: str) -> str:
    """Upper and lower case, points and spaces make no difference: "Kasi  Bimas Islam" is "KASI BIMAS ISLAM"."""
    return " ".join(re.sub(r"[\W_]+", " ", name.lower()).split())


def by_name(things: Mapping[str, Values], name: str) -> dict[str, list[str]]:
    """The codes behind each name."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, values in things.items():
        found[plain(values[name])].append(code)
    return found


def nearest(
    codes: Collection[str], unit: str | None, positions: Mapping[str, Values], units: Mapping[str, Values]
) -> str | None:
    """Of positions that share a name the one in this unit, else in the nearest above; None when two are as near."""
    if len(codes) == 1:
        return next(iter(codes))
    met: set[str] = set()
    here = unit
    while here is not None and here in units and here not in met:
        met.add(here)
        there = [code for code in codes if positions[code]["unit"] == here]
        if there:
            return there[0] if len(there) == 1 else None
        here = units[here]["parent"]
    return None


def new_code(name: str, taken: Collection[str], within: str = "") -> str:
    """A code made of a name, such as kasi-bimas-islam; with its unit, then a number, when that one is taken."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "unit"
    for code in (slug, f"{slug[:40].rstrip('-')}-{within.lower()}" if within else slug):
        short = code[:LONGEST_CODE].strip("-.")
        if short not in taken and CODE.fullmatch(short):
            return short
    number = 2
    while (code := f"{slug[: LONGEST_CODE - 6].rstrip('-')}-{number}") in taken:
        number += 1
    return code


class Places:
    """Finds the units and positions that rows speak of, and makes those that may be made."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._units = by_name({code: each for code, each in draft.units.items() if is_open(each, draft.today)}, "name")
        self._positions = by_name(
            {code: each for code, each in draft.positions.items() if is_open(each, draft.today)}, "title"
        )
        self._headed = {each["unit"] for each in draft.positions.values() if each["head"]}

    def unit(self, row: TableRow) -> str | None:
        """The code of the row's unit; told as a problem when there is none."""
        code, name = row.values.get(Field.UNIT_CODE), row.values.get(Field.UNIT)
        if code in self._draft.units:
            return str(code)
        found = self._units.get(plain(name), []) if name else []
        if len(found) == 1 and code is None:
            return found[0]
        if len(found) > 1 and code is None:
            text = _("Several units are called %(ref)s. Say which one by its code.")
            self._draft.refuse(row, Field.UNIT, "ambiguous", text, ref=name)
            return None
        if name and self._draft.choices.unknown_are_made:
            return self._made_unit(row, code, name)
        ref = code or name
        if ref is None:
            self._draft.refuse(row, Field.UNIT, "missing", _("This value is missing."))
        else:
            self._draft.refuse(row, Field.UNIT_CODE if code else Field.UNIT, "unknown", UNKNOWN, ref=ref)
        return None

    def position(self, row: TableRow) -> str | None:
        """The code of the row's position: by its code, else by its title in the row's unit, else by its title alone."""
        code, title = row.values.get(Field.POSITION_CODE), row.values.get(Field.POSITION)
        if code in self._draft.positions:
            if is_open(self._draft.positions[code], self._draft.today):
                return str(code)
            text = _("The position %(ref)s is closed. Open it again first, or give another one.")
            self._draft.refuse(row, Field.POSITION_CODE, "closed", text, ref=code)
            return None
        found = self._positions.get(plain(title), []) if title and code is None else []
        if not title or not found:
            return self._unknown_position(row, code, title)
        if Field.UNIT not in row.values and Field.UNIT_CODE not in row.values:
            only = nearest(found, None, self._draft.positions, self._draft.units)
            if only is None:
                text = _("Several units have a position called %(ref)s. Give its unit or its code.")
                self._draft.refuse(row, Field.POSITION, "ambiguous", text, ref=title)
            return only
        unit = self.unit(row)
        there = None if unit is None else self.position_in(unit, title)
        if unit is None or there:
            return there
        return self._unknown_position(row, code, title)

    def position_in(self, unit: str, title: str) -> str | None:
        there = [each for each in self._positions.get(plain(title), []) if self._draft.positions[each]["unit"] == unit]
        return there[0] if there else None

    def _unknown_position(self, row: TableRow, code: str | None, title: str | None) -> str | None:
        if not (title and self._draft.choices.unknown_are_made):
            ref = code or title
            where = row.values.get(Field.UNIT) or row.values.get(Field.UNIT_CODE)
            if title and code is None and where:
                ref = f"{title} – {where}"
            self._draft.refuse(row, Field.POSITION_CODE if code else Field.POSITION, "unknown", UNKNOWN, ref=ref)
            if where:
                self.unit(row)  # told as well when it is not known
            return None
        unit = self.unit(row)
        return None if unit is None else self._made_position(row, unit, code, title)

    def _made_unit(self, row: TableRow, code: str | None, name: str) -> str | None:
        draft = self._draft
        made = new_unit(draft, row, code, name)
        if made is not None:
            tops = [each for each, values in draft.units.items() if values["parent"] is None and each != made]
            # An office has one unit on top; where it has several nobody can tell.
            draft.units[made] = {**draft.units[made], "parent": tops[0] if len(tops) == 1 else None}
            self._units[plain(name)].append(made)
        return made

    def _made_position(self, row: TableRow, unit: str, code: str | None, title: str) -> str | None:
        draft = self._draft
        made = code or new_code(title, draft.positions, unit)
        if not CODE.fullmatch(made):
            draft.refuse(row, Field.POSITION_CODE, "code", BAD_CODE)
            return None
        leads = plain(title).startswith("kepala")
        is_head = leads and unit not in self._headed
        self._headed |= {unit} if is_head else set()
        draft.positions[made] = {
            "title": title,
            "kind": PositionKind.STRUCTURAL if leads else PositionKind.EXECUTIVE,
            "unit": unit,
            "superior": None,
            "head": is_head,
            "seats": 1,
            "job_class": None,
            "closed_on": None,
        }
        draft.touch("positions", made, row)
        draft.made_positions.add(made)
        self._positions[plain(title)].append(made)
        return made


def new_unit(draft: Draft, row: TableRow, code: str | None, name: str) -> str | None:
    """The code of a unit that was not there before; None when the code that the row gives is none."""
    made = code or new_code(name, draft.units)
    if not CODE.fullmatch(made):
        draft.refuse(row, Field.UNIT_CODE, "code", BAD_CODE)
        return None
    draft.units[made] = {"name": name, "parent": None, "closed_on": None}
    draft.touch("units", made, row)
    return made
