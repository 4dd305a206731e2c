"""The rows of a table as values of their kind, or what is wrong with them; what a cell leaves empty says nothing."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.base.days import find_day
from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.base.spreadsheets import TableLine
from engine.base.text import one_line
from engine.organisation.fields import HIGHEST_CLASS, MOST_SEATS, NO_RANK, Entry
from engine.organisation.model import HoldingKind, PositionKind, TableSubject
from engine.organisation.office_file import WITHOUT_KEY
from engine.organisation.ranks import find_rank
from engine.organisation.tables.fields import Columns, Field

RANK = re.compile(r"\b(I{1,3}|IV)\s*[/.]\s*([A-E])\b", re.IGNORECASE)
CONTRACT_RANK = re.compile(r"(?:GOL(?:ONGAN)?\.?\s*)?(X?(?:IX|IV|V?I{0,3})|XVI{0,2})", re.IGNORECASE)
# What Excel makes of a number of 18 digits that it took for a number: the last digits are lost.
SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
NOTHING = frozenset({"", "-", "–", "--", "null", "n/a"})
YES = frozenset({"ya", "y", "yes", "true", "1", "benar", "v", "x"})
NO = frozenset({"tidak", "t", "no", "n", "false", "0", "salah", "bukan"})
POSITION_KINDS = {
    PositionKind.STRUCTURAL: (
        "Struktural",
        "manajerial",
        "jabatan struktural",
        "pimpinan",
        "administrator",
        "pengawas",
    ),
    PositionKind.FUNCTIONAL: ("Fungsional", "jf", "jft", "jabatan fungsional", "fungsional tertentu"),
    PositionKind.EXECUTIVE: ("Pelaksana", "jfu", "jp", "jabatan pelaksana", "fungsional umum"),
}
HOLDING_KINDS = {
    HoldingKind.DEFINITIVE: ("Definitif", "definitive", "tetap"),
    HoldingKind.PLT: ("Plt", "plt.", "pelaksana tugas"),
    HoldingKind.PLH: ("Plh", "plh.", "pelaksana harian"),
}
# How an exported file says it.
WORDS: Mapping[Any, str] = MappingProxyType(
    {kind: names[0] for kinds in (POSITION_KINDS, HOLDING_KINDS) for kind, names in kinds.items()}
    | {True: "Ya", False: "Tidak"}
)
Kinds = Mapping[Any, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    number: int
    values: Mapping[Field, Any]

    @property
    def place(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """`faulty` are rows with a problem of their own, with the values that could be read."""

    subject: TableSubject
    sound: tuple[TableRow, ...]
    faulty: tuple[TableRow, ...]
    problems: tuple[FieldProblem, ...]


def rows_of(lines: Iterable[TableLine], subject: TableSubject, columns: Columns) -> TableRows:
    sound: list[TableRow] = []
    faulty: list[TableRow] = []
    problems: list[FieldProblem] = []
    for line in lines:
        given = {field: line.cell(column) for field, column in columns.items()}
        written = {field: cell for field, cell in given.items() if cell.strip().lower() not in NOTHING}
        if not written or _is_numbering(line):
            continue
        entry = Entry({str(field): _tidied(field, cell) for field, cell in written.items()}, str(line.number))
        wanted = columns.keys() | REQUIRED[subject]
        # Of a column that is there only what is written counts; what must be there is asked for in any case.
        values = {
            field: READERS[subject].get(field, READERS_OF_ALL.get(field, _text))(entry, str(field))
            for field in Field
            if field in wanted and (field in written or field in REQUIRED[subject])
        }
        _check_key(entry, subject, written)
        row = TableRow(
            number=line.number, values={field: value for field, value in values.items() if value is not None}
        )
        problems += entry.problems
        (sound if entry.is_sound else faulty).append(row)
    return TableRows(subject=subject, sound=tuple(sound), faulty=tuple(faulty), problems=tuple(problems))


def _is_numbering(line: TableLine) -> bool:
    """The line under the headings that only counts the columns: 1, 2, 3, …"""
    return len(line.cells) > 1 and line.cells == tuple(str(place) for place in range(1, len(line.cells) + 1))


def _check_key(entry: Entry, subject: TableSubject, written: Collection[Field]) -> None:
    if subject not in (TableSubject.EMPLOYEES, TableSubject.HOLDINGS):
        return
    if Field.NIP not in written and Field.EMAIL not in written:
        entry.refuse(Field.NIP, "missing", WITHOUT_KEY)


def _tidied(field: Field, cell: str) -> str:
    text = one_line(cell)
    if field is Field.NIP:
        # Applications put a sign before the number so that Excel takes it as text.
        return re.sub(r"^(?:NIP\.?:?)?[\s'`´‘’]*", "", text, flags=re.IGNORECASE)
    return text


def _text(entry: Entry, key: str) -> Any:
    return entry.optional_text(key, 200)


def _needed_text(entry: Entry, key: str) -> Any:
    return entry.text(key, 200)


def _short_text(longest: int) -> Callable[[Entry, str], Any]:
    return lambda entry, key: entry.optional_text(key, longest)


def _nip(entry: Entry, key: str) -> Any:
    text = entry.optional_text(key, 200)
    if isinstance(text, str) and SHORTENED.fullmatch(text):
        lost = _(
            "Excel took this NIP for a number and lost its last digits. Format the column as text, and enter it anew."
        )
        entry.refuse(key, "shortened", lost)
        return None
    return entry.nip(key)


def _rank(entry: Entry, key: str) -> Any:
    rank = find_rank(_golongan_in(str(entry.optional_text(key, 200))))
    if rank is None:
        entry.refuse(key, "rank", NO_RANK)
    return rank


def _golongan_in(text: str) -> str:
    if found := RANK.search(text):
        return f"{found[1]}/{found[2]}"
    found = CONTRACT_RANK.fullmatch(text)
    return found[1] if found else text


def _day(entry: Entry, key: str) -> Any:
    text = entry.optional_text(key, 40)
    day = find_day(text) if isinstance(text, str) else None
    if isinstance(text, str) and day is None:
        wrong = _("This must be a day, written like 22/11/2026 or 2026-11-22.")
        entry.refuse(key, "day", wrong)
    return entry.near(key, day)


def _needed_day(entry: Entry, key: str) -> Any:
    return _day(entry, key) if entry.text(key, 40) is not None else None


def _one_of(kinds: Kinds) -> Callable[[Entry, str], Any]:
    by_name = {name.lower(): kind for kind, names in kinds.items() for name in (*names, str(kind))}

    def read(entry: Entry, key: str) -> Any:
        text = entry.text(key, 40)
        if text is None:
            return None
        if text.lower() not in by_name:
            known = ", ".join(names[0] for names in kinds.values())
            entry.refuse(key, "choice", _("This must be one of: %(known)s."), known=known)
        return by_name.get(text.lower())

    return read


def _yes_or_no(entry: Entry, key: str) -> Any:
    text = str(entry.optional_text(key, 20)).lower()
    if text not in YES | NO:
        entry.refuse(key, "boolean", _("This must be one of: %(known)s."), known="Ya, Tidak")
    return text in YES


def _count(most: int) -> Callable[[Entry, str], Any]:
    def read(entry: Entry, key: str) -> Any:
        text = str(entry.optional_text(key, 20))
        number = int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else 0
        if not 1 <= number <= most:
            entry.refuse(key, "count", _("This must be a whole number from 1 to %(most)s."), most=most)
        return number

    return read


Reader = Callable[[Entry, str], Any]
READERS_OF_ALL: Mapping[Field, Reader] = {
    Field.NIP: _nip,
    Field.EMAIL: lambda entry, key: entry.email(key),
    Field.PHONE: _short_text(30),
    Field.RANK: _rank,
    Field.POSITION_CODE: _short_text(60),
    Field.UNIT_CODE: _short_text(60),
    Field.DECREE: _short_text(120),
    Field.SCOPE: _short_text(300),
    Field.STARTS_ON: _day,
    Field.ENDS_ON: _day,
    Field.IS_HEAD: _yes_or_no,
    Field.SEATS: _count(MOST_SEATS),
    Field.JOB_CLASS: _count(HIGHEST_CLASS),
}
READERS: Mapping[TableSubject, Mapping[Field, Reader]] = {
    TableSubject.EMPLOYEES: {Field.NAME: _needed_text},
    TableSubject.HOLDINGS: {Field.KIND: _one_of(HOLDING_KINDS), Field.STARTS_ON: _needed_day},
    TableSubject.POSITIONS: {Field.KIND: _one_of(POSITION_KINDS), Field.POSITION: _needed_text},
    TableSubject.UNITS: {Field.UNIT: _needed_text},
}
REQUIRED: Mapping[TableSubject, frozenset[Field]] = {
    subject: frozenset(readers) for subject, readers in READERS.items()
}
