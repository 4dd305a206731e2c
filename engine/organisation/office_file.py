"""The organisation as one YAML file: read into entries, every fault of its shape told with its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import yaml

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.organisation.fields import HIGHEST_CLASS, Entry
from engine.organisation.model import HoldingKind, PositionKind

MOST_BYTES = 1 << 20
MOST_ENTRIES = 5000
SECTIONS = ("units", "positions", "employees", "holdings")
WITHOUT_KEY = _("Give a NIP, or an e-mail address by which the next import knows the person.")
Made = TypeVar("Made")


class OrganisationRefused(Invalid):
    code = "organisation.import_refused"
    message = _("The organisation was not imported, nothing has changed. Please mend the file and try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    place: str
    code: str
    name: str
    parent: str | None
    opened_on: date | None = None
    closed_on: date | None = None
    transferred_to: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    place: str
    code: str
    title: str
    kind: PositionKind
    unit: str
    superior: str | None
    is_head: bool
    seats: int
    job_class: int | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeEntry:
    """`username` is only the short name by which the file's holdings refer to the person.

    `left_on` is the first day on which she does not work here any more.
    """

    place: str
    nip: str | None
    username: str | None
    name: str
    email: str | None
    rank: str | None
    phone: str | None = None
    left_on: date | None = None

    @property
    def key(self) -> str:
        return self.nip or self.email or self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingEntry:
    place: str
    employee: str
    position: str
    kind: HoldingKind
    decree: str | None
    starts_on: date
    ends_on: date | None
    scope: str | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFile:
    """A section that the file leaves out is None: that part of the organisation stays as it is.

    `unreadable` names the entries with problems of their own, so that a reference to one is not told as one more.
    """

    units: tuple[UnitEntry, ...] | None
    positions: tuple[PositionEntry, ...] | None
    employees: tuple[EmployeeEntry, ...] | None
    holdings: tuple[HoldingEntry, ...] | None
    problems: tuple[FieldProblem, ...] = ()
    unreadable: frozenset[str] = frozenset()


def read_organisation(document: bytes) -> OrganisationFile:
    """The entries that can be read, and the problems of those that cannot; raises OrganisationRefused for no YAML."""
    sections = _Sections(_yaml(document))
    return OrganisationFile(
        units=sections.entries("units", _unit),
        positions=sections.entries("positions", _position),
        employees=sections.entries("employees", _employee),
        holdings=sections.entries("holdings", _holding),
        problems=tuple(sections.problems),
        unreadable=frozenset(sections.unreadable),
    )


class _Sections:
    def __init__(self, content: Mapping[Any, Any]) -> None:
        self.unreadable: set[str] = set()
        self.problems: list[FieldProblem] = []
        self._content = content
        text = _("There is no section of this name. The sections are units, positions, employees and holdings.")
        for key in content:
            if key not in SECTIONS:
                self.problems.append(FieldProblem(name=str(key)[:60], code="unknown_section", message=text))

    def entries(self, section: str, make: Callable[[Entry], Made]) -> tuple[Made, ...] | None:
        if section not in self._content:
            return None
        rows = self._content[section] or []
        if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
            text = _("This section must be a list of at most %(most)s entries.")
            self.problems.append(FieldProblem(name=section, code="list", message=text, params={"most": MOST_ENTRIES}))
            return ()
        read = [self._read(make, Entry(row, f"{section}[{index}]")) for index, row in enumerate(rows)]
        return tuple(made for made in read if made is not None)

    def _read(self, make: Callable[[Entry], Made], entry: Entry) -> Made | None:
        made = make(entry)
        entry.refuse_the_rest()
        self.problems += entry.problems
        if entry.is_sound:
            return made
        self.unreadable |= entry.names()
        return None


def _unit(entry: Entry) -> UnitEntry:
    return UnitEntry(
        place=entry.place,
        code=entry.code("code"),
        name=entry.text("name", 200),
        parent=entry.optional_code("parent"),
        opened_on=entry.optional_day("opened"),
        closed_on=entry.optional_day("closed"),
        transferred_to=entry.optional_text("transferred_to", 200),
        basis=entry.optional_text("basis", 200),
    )


def _position(entry: Entry) -> PositionEntry:
    return PositionEntry(
        place=entry.place,
        code=entry.code("code"),
        title=entry.text("title", 200),
        kind=entry.choice("kind", PositionKind),
        unit=entry.code("unit"),
        superior=entry.optional_code("superior"),
        is_head=entry.yes_or_no("head"),
        seats=entry.count("seats"),
        job_class=entry.optional_count("class", HIGHEST_CLASS),
        closed_on=entry.optional_day("closed"),
    )


def _employee(entry: Entry) -> EmployeeEntry:
    made = EmployeeEntry(
        place=entry.place,
        nip=entry.nip("nip"),
        username=entry.optional_code("username"),
        name=entry.text("name", 200),
        email=entry.email("email"),
        rank=entry.rank("rank"),
        phone=entry.phone("phone"),
        left_on=entry.optional_day("left"),
    )
    if entry.is_sound and made.nip is None and made.email is None:
        entry.refuse("nip", "missing", WITHOUT_KEY)
    return made


def _holding(entry: Entry) -> HoldingEntry:
    made = HoldingEntry(
        place=entry.place,
        employee=entry.person("employee"),
        position=entry.code("position"),
        kind=entry.choice("kind", HoldingKind),
        decree=entry.optional_text("decree", 120),
        starts_on=entry.day("from"),
        ends_on=entry.optional_day("until"),
        scope=entry.optional_text("scope", 300),
    )
    if entry.is_sound and made.ends_on is not None and made.ends_on < made.starts_on:
        entry.refuse("until", "order", _("The last day lies before the first one."))
    return made


def _yaml(document: bytes) -> Mapping[str, Any]:
    if len(document) > MOST_BYTES:
        raise _refused("size", _("The file is larger than %(most)s KiB."), most=MOST_BYTES >> 10)
    try:
        content = yaml.safe_load(document)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise _refused(
            "yaml", _("Line %(line)s cannot be read as YAML: check its indentation and quotes."), line=line
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _refused("yaml", _("The file cannot be read as YAML text in UTF-8.")) from None
    if not isinstance(content, dict):
        raise _refused("yaml", _("The file must have the sections units, positions, employees and holdings."))
    return content


def _refused(code: str, message: str, **params: Any) -> OrganisationRefused:
    return OrganisationRefused([FieldProblem(name="document", code=code, message=message, params=params)])
