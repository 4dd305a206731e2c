"""What one can choose from to narrow an inbox, what is chosen, and what was kept under a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from engine.base.unit_of_work import Reading
from engine.definitions.queries import procedures
from engine.organisation.queries import UnitLine, UnitNotFound, positions_of, unit, unit_lines
from engine.worklist.saved_filters import SavedLine, saved_filters
from engine.worklist.terms import Due, FollowUp, Priority, Sort
from engine.worklist.views import Reader, View
from webui.pages.inbox_filters import DUES, FOLLOW_UPS, PRIORITIES, SORTS, Place, place_of
from webui.texts import _
from webui.wording import day

Options = list[tuple[str, str]]
HELD_BY_OTHERS = (View.BEHALF, View.UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that is chosen, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    line: SavedLine
    place: Place
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`own_units` are those with which she may share a filter."""

    procedures: Options
    units: Options
    dues: Options
    priorities: Options
    follow_ups: Options
    sorts: Options
    chips: tuple[Chip, ...]
    kept: tuple[Kept, ...]
    own_units: Options
    asks_for_holder: bool

    @property
    def opening(self) -> Place:
        """What she sees first."""
        return next((kept.place for kept in self.kept if kept.line.opens_inbox), Place())


def choices_of(reading: Reading, reader: Reader, place: Place) -> Choices:
    register = [(line.key, line.name) for line in procedures(reading.session)]
    led = [(str(line.id), line.name) for line in unit_lines(reading.session, reader.unit_ids)]
    own = _own_units(reading, reader)
    return Choices(
        procedures=[("", _("All procedures")), *register],
        units=[("", _("All units")), *led] if len(led) > 1 else [],
        dues=[("", _("Any deadline")), *((word, _due(meant)) for word, meant in DUES.items())],
        priorities=[("", _("Any priority")), *((word, priority_words(meant)) for word, meant in PRIORITIES.items())],
        follow_ups=[
            ("", _("With or without a reminder")),
            *((word, _kept(meant)) for word, meant in FOLLOW_UPS.items()),
        ],
        sorts=[(word, _sort(meant)) for word, meant in SORTS.items()],
        chips=tuple(_chips(reading, place, dict(register))),
        kept=_kept_filters(reading, reader, place, own),
        own_units=own,
        asks_for_holder=place.view in HELD_BY_OTHERS,
    )


def priority_words(priority: int) -> str:
    return {Priority.URGENT: _("Urgent"), Priority.NORMAL: _("Normal"), Priority.LOW: _("Low priority")}[
        Priority(priority)
    ]


def priorities() -> list[tuple[str, str, int]]:
    """To choose from: as forms send it, as people say it, as it is kept."""
    return [(word, priority_words(meant), meant.value) for word, meant in PRIORITIES.items()]


def _due(due: Due) -> str:
    return {
        Due.LATE: _("Late"),
        Due.TODAY: _("Due today"),
        Due.WEEK: _("Due in seven days"),
        Due.NONE: _("No deadline"),
    }[due]


def _kept(follow_up: FollowUp) -> str:
    return {FollowUp.NOW: _("To be followed up now"), FollowUp.ANY: _("With a reminder")}[follow_up]


def _sort(sort: Sort) -> str:
    return {
        Sort.DUE: _("By deadline"),
        Sort.ARRIVED: _("Newest first"),
        Sort.PRIORITY: _("By priority"),
        Sort.NUMBER: _("By case number"),
    }[sort]


def _chips(reading: Reading, place: Place, register: dict[str, str]) -> Iterator[Chip]:
    terms = place.terms
    if terms.text:
        yield _chip(place, f"“{terms.text}”", "cari")
    if terms.definition_key:
        yield _chip(place, register.get(terms.definition_key, terms.definition_key), "prosedur")
    if terms.unit_id is not None:
        yield _chip(place, _unit_name(reading, terms.unit_id), "unit")
    if terms.holder:
        yield _chip(place, _("with %(name)s", name=terms.holder), "orang")
    if terms.due is not None:
        yield _chip(place, _due(terms.due), "batas")
    if terms.due_from is not None:
        yield _chip(place, _("due from %(day)s", day=day(terms.due_from)), "dari")
    if terms.due_to is not None:
        yield _chip(place, _("due until %(day)s", day=day(terms.due_to)), "sampai")
    if terms.priority is not None:
        yield _chip(place, priority_words(terms.priority), "prioritas")
    if terms.follow_up is not None:
        yield _chip(place, _kept(terms.follow_up), "ingat")


def _chip(place: Place, text: str, part: str) -> Chip:
    return Chip(text=text, without=url_for("tasks.index", **place.query(**{part: None})))


def _unit_name(reading: Reading, unit_id: int) -> str:
    try:
        found: UnitLine = unit(reading.session, unit_id)
    except UnitNotFound:
        return _("a unit that is not there")
    return found.name


def _own_units(reading: Reading, reader: Reader) -> Options:
    on = reading.today
    held = positions_of(reading.session, reader.employee_id, on)
    return list({str(holder.unit_id): holder.unit_name for holder in held}.items())


def _kept_filters(reading: Reading, reader: Reader, place: Place, own: Options) -> tuple[Kept, ...]:
    lines = saved_filters(reading.session, reader.employee_id, [int(unit_id) for unit_id, _name in own])
    return tuple(
        Kept(line=line, place=kept, address=url_for("tasks.index", **kept.query()), is_here=kept == place)
        for line in lines
        for kept in (place_of(line.terms),)
    )
