"""What a draft changes of the office: each change with its old and new values, in the order in which it is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from engine.organisation.tables.draft import Draft
from engine.organisation.tables.office import Office, Values, name_of

TITLES = frozenset({"dr", "dra", "drs", "h", "hj", "ir", "kh", "prof"})
NEARLY_THE_SAME = 0.6
SECTIONS = ("units", "positions", "employees", "holdings")


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`row` is the row of the file, None for what is not listed there."""

    section: str
    kind: ChangeKind
    key: str
    row: int | None
    label: str
    differences: tuple[Difference, ...]

    @property
    def looks_like_somebody_else(self) -> bool:
        """A known person gets a name that has nothing of hers: the NIP may be another's."""
        names = [(str(each.old), str(each.new)) for each in self.differences if each.name == "name" and each.old]
        return self.section == "employees" and any(_are_unlike(old, new) for old, new in names)

    @property
    def values(self) -> dict[str, Any]:
        return {each.name: each.new for each in self.differences}


def _are_unlike(old: str, new: str) -> bool:
    """No word in common before the academic titles, nor nearly the same letters."""
    before, after = (each.partition(",")[0].lower() for each in (old, new))
    shared = set(before.replace(".", " ").split()) & set(after.replace(".", " ").split())
    return not shared - TITLES and SequenceMatcher(None, before, after).ratio() < NEARLY_THE_SAME


def changes_between(office: Office, draft: Draft) -> tuple[Change, ...]:
    return tuple(change for section in SECTIONS for change in _of_section(section, office, draft))


def _of_section(section: str, office: Office, draft: Draft) -> Iterator[Change]:
    before: Mapping[str, Values] = getattr(office, section)
    after: Mapping[str, Values] = getattr(draft, section)
    rows = {key: row.number for part, key, row in reversed(draft.touched) if part == section}
    for key, values in after.items():
        old = before.get(key)
        if old is values:
            continue
        differences = tuple(_differences(old or {}, values, draft))
        if differences:
            kind = ChangeKind.NEW if old is None else _kind(section, key, differences, rows)
            yield Change(
                section=section,
                kind=kind,
                key=key,
                row=rows.get(key),
                label=_label(section, key, values, draft),
                differences=differences,
            )
    for key, values in before.items():
        if key not in after:
            taken_back = (Difference(name="from", old=values["from"], new=None),)
            yield Change(
                section=section,
                kind=ChangeKind.GONE,
                key=key,
                row=None,
                label=_label(section, key, values, draft),
                differences=taken_back,
            )


def _kind(section: str, key: str, differences: tuple[Difference, ...], rows: Mapping[str, int]) -> ChangeKind:
    ended = {"employees": "left_on", "holdings": "until"}.get(section)
    is_over = key not in rows and any(each.name == ended and isinstance(each.new, date) for each in differences)
    return ChangeKind.GONE if is_over else ChangeKind.CHANGED


def _differences(old: Values, new: Values, draft: Draft) -> Iterator[Difference]:
    for name, value in new.items():
        before = old.get(name)
        if value != before and not (name == "head" and not value and before is None):
            yield Difference(name=name, old=before, new=value)


def _label(section: str, key: str, values: Values, draft: Draft) -> str:
    if section == "units":
        return str(values["name"])
    if section == "positions":
        unit = draft.units[values["unit"]]["name"]
        return f"{values['title']} – {unit}"
    if section == "employees":
        return name_of(values)
    return f"{draft.employees[values['employee']]['name']} – {draft.positions[values['position']]['title']}"
