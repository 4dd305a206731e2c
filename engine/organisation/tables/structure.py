"""Tables of units and positions: what each row makes of the tree; those that are not listed stay."""

from collections.abc import Mapping, Sequence

from engine.base.i18n import _
from engine.organisation.fields import CODE
from engine.organisation.tables.draft import Draft, given
from engine.organisation.tables.fields import Field
from engine.organisation.tables.leaning import Leaning
from engine.organisation.tables.office import is_open
from engine.organisation.tables.places import BAD_CODE, Places, by_name, nearest, new_code, new_unit, plain
from engine.organisation.tables.rows import TableRow

POSITION = {
    Field.POSITION: "title",
    Field.KIND: "kind",
    Field.IS_HEAD: "head",
    Field.SEATS: "seats",
    Field.JOB_CLASS: "job_class",
}
UNIT_ABOVE = _("The unit above it stands in row %(upper)s, which has faults. Mend that row first.")
POSITION_ABOVE = _("The position above it stands in row %(upper)s, which has faults. Mend that row first.")
NEW_POSITION = {"superior": None, "head": False, "seats": 1, "job_class": None, "closed_on": None}


def merge_units(draft: Draft, rows: Sequence[TableRow], faulty: Sequence[TableRow]) -> None:
    known_before = frozenset(draft.units)
    here = {code: each for code, each in draft.units.items() if is_open(each, draft.today)}
    names = by_name(here, "name")
    codes: dict[int, str] = {}
    for row in rows:
        code, name = row.values.get(Field.UNIT_CODE), row.values[Field.UNIT]
        alike = names.get(plain(name), [])
        known = code if code in draft.units else alike[0] if code is None and len(alike) == 1 else None
        if known is None:
            known = new_unit(draft, row, code, name)
        else:
            draft.units[known] = {**draft.units[known], "name": name}
            draft.touch("units", known, row)
        if known is not None:
            codes[row.number] = known
    names = by_name(draft.units, "name")
    leaning = Leaning(draft=draft, names=(Field.UNIT_CODE, Field.UNIT), above=Field.PARENT, text=UNIT_ABOVE)
    homeless = []
    for row in _speaking(rows, codes, Field.PARENT):
        ref = row.values[Field.PARENT]
        alike = [ref] if ref in draft.units else names.get(plain(ref), [])
        if len(alike) == 1:
            draft.units[codes[row.number]] = {**draft.units[codes[row.number]], "parent": alike[0]}
            leaning.stands_under(row, alike[0])
        else:
            homeless.append(row)
    leaning.refuse(homeless, _without(rows, faulty, codes), codes, known_before)


def merge_positions(draft: Draft, rows: Sequence[TableRow], faulty: Sequence[TableRow]) -> None:
    known_before = frozenset(draft.positions)
    places = Places(draft)
    codes: dict[int, str] = {}
    for row in rows:
        code = _position_of(draft, places, row)
        if code is not None:
            codes[row.number] = code
    titles = by_name({code: each for code, each in draft.positions.items() if is_open(each, draft.today)}, "title")
    names = (Field.POSITION_CODE, Field.POSITION)
    leaning = Leaning(draft=draft, names=names, above=Field.SUPERIOR, text=POSITION_ABOVE)
    homeless = []
    for row in _speaking(rows, codes, Field.SUPERIOR):
        ref, own = row.values[Field.SUPERIOR], codes[row.number]
        alike = [ref] if ref in draft.positions else titles.get(plain(ref), [])
        superior = nearest(alike, draft.positions[own]["unit"], draft.positions, draft.units) if alike else None
        if superior is not None:
            draft.positions[own] = {**draft.positions[own], "superior": superior}
            leaning.stands_under(row, superior)
        else:
            homeless.append(row)
    leaning.refuse(homeless, _without(rows, faulty, codes), codes, known_before)


def _position_of(draft: Draft, places: Places, row: TableRow) -> str | None:
    unit = places.unit(row)
    if unit is None:
        return None
    code, title = row.values.get(Field.POSITION_CODE), row.values[Field.POSITION]
    known = code if code in draft.positions else places.position_in(unit, title) if code is None else None
    fresh = known or code or new_code(title, draft.positions, unit)
    if known is None and not CODE.fullmatch(fresh):
        draft.refuse(row, Field.POSITION_CODE, "code", BAD_CODE)
        return None
    draft.positions[fresh] = {**draft.positions.get(fresh, NEW_POSITION), "unit": unit, **given(row, POSITION)}
    draft.touch("positions", fresh, row)
    return fresh


def _speaking(rows: Sequence[TableRow], codes: Mapping[int, str], column: Field) -> list[TableRow]:
    """Those that bring something and say what it stands under."""
    return [row for row in rows if row.number in codes and column in row.values]


def _without(rows: Sequence[TableRow], faulty: Sequence[TableRow], codes: Mapping[int, str]) -> list[TableRow]:
    """Those that bring nothing, for they have faults."""
    return [*faulty, *(row for row in rows if row.number not in codes)]
