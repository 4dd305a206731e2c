"""What pages say of a version: its identity in words, its problems by how grave they are, its picture and sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.base.i18n import translate
from engine.bpmn.diagram import diagram_svg
from engine.bpmn.graph import StandardTime
from engine.bpmn.marks import Mark
from engine.bpmn.problems import BadDiagram, Problem, Severity
from engine.calendar.describe import standard_time_in_words
from engine.definitions.graphs import graph_of
from engine.definitions.queries import VersionPage, source_of
from engine.definitions.sheet import ROLES, SheetRow, sheet_of
from engine.definitions.ways import Way
from engine.forms.model import Form
from engine.forms.rendering import render
from engine.organisation.finding import find_positions
from webui.language import language
from webui.pages.draft_questions import Asked
from webui.texts import _
from webui.wording import day, translated

# A refused file is drawn only while that is quick; it is shown to one person, once.
MOST_BYTES_DRAWN = 1 << 20
MOST_AWAITED = 5
NOTHING_ASKED: Mapping[int, Asked] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """`is_drawn` when the element can be shown on the picture; `asked` where the page takes an answer."""

    text: str
    element: str | None
    line: int | None
    is_drawn: bool
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    heading: str
    tone: str
    icon: str
    lines: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A row of the SOP's sheet with what is said of it in words."""

    row: SheetRow
    performer: str
    time: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPreview:
    """`steps` are the titles of those that are done with it."""

    key: str
    steps: str
    fields: Markup


def marks_of(problems: Iterable[Problem]) -> dict[str, Mark]:
    """Elements that need mending; what is only good to know does not colour the picture."""
    return {
        problem.element: Mark.PROBLEM
        for problem in problems
        if problem.element and problem.severity is not Severity.INFO
    }


def picture_of_version(session: Session, version_id: int, marks: Mapping[str, Mark]) -> Markup:
    return picture_of_file(source_of(session, version_id), marks)


def picture_of_file(source: bytes, marks: Mapping[str, Mark]) -> Markup:
    """The diagram as the server draws it; nothing for what is no diagram or too large to be drawn for a look."""
    if len(source) > MOST_BYTES_DRAWN:
        return Markup("")
    try:
        # The drawing escapes all text from the file; see engine/bpmn/svg.py.
        return Markup(diagram_svg(source, marks, language()))  # noqa: S704
    except BadDiagram:
        return Markup("")


def problem_groups(
    problems: Sequence[Problem], picture: Markup, asked: Mapping[int, Asked] = NOTHING_ASKED
) -> tuple[ProblemGroup, ...]:
    """Gravest first; a group without problems is left out. Questions are found by the identity of their problem."""
    looks = {
        Severity.ERROR: (_("To be mended before the file can be kept"), "late", "circle-x"),
        Severity.MISSING: (_("Still missing before it can run"), "risk", "alert-triangle"),
        Severity.WARNING: (_("Worth a second look"), "risk", "alert-circle"),
        Severity.INFO: (_("Good to know"), "", "info-circle"),
    }
    return tuple(
        ProblemGroup(
            heading=heading,
            tone=tone,
            icon=icon,
            lines=tuple(
                _line(problem, picture, asked.get(id(problem))) for problem in problems if problem.severity is severity
            ),
        )
        for severity, (heading, tone, icon) in looks.items()
        if any(problem.severity is severity for problem in problems)
    )


def _line(problem: Problem, picture: Markup, asked: Asked | None) -> ProblemLine:
    return ProblemLine(
        text=problem.text(language()),
        element=problem.element,
        line=problem.line,
        is_drawn=bool(problem.element) and Markup('id="element-{}"').format(problem.element) in picture,
        asked=asked,
    )


def sheet_lines(session: Session, version: VersionPage) -> tuple[SheetLine, ...]:
    """The SOP's sheet; empty for a draft of which no graph can be made yet."""
    try:
        graph = graph_of(session, version.version_id)
    except BadDiagram:
        return ()
    return tuple(
        SheetLine(
            row=row,
            performer=_performer(session, row),
            time=_time(row),
            remarks=tuple(_remark(way, row.number) for way in row.ways),
        )
        for row in sheet_of(graph, version.key)
    )


def _performer(session: Session, row: SheetRow) -> str:
    """Names of lanes stay as they are, codes of positions are said by their titles, words of ours are translated."""
    if row.positions:
        found = (find_positions(session, ref, None) for ref in row.positions)
        called = (each[0].title if each else ref for ref, each in zip(row.positions, found, strict=True))
        return ", ".join(dict.fromkeys(called))
    return translate(row.performer, {}, language()) if row.performer in ROLES.values() else row.performer


def time_of_procedure(session: Session, version: VersionPage) -> str:
    """The standard time of the process as a whole, where it has one."""
    try:
        graph = graph_of(session, version.version_id)
    except BadDiagram:
        return ""
    root = graph.processes.get(version.key)
    standard = graph.nodes[root].standard_time if root else None
    return _standard_time(standard) if standard else ""


def _time(row: SheetRow) -> str:
    if row.standard_time is not None:
        return _standard_time(row.standard_time)
    if row.as_needed is None:
        return ""
    return _("as needed: %(reason)s", reason=row.as_needed) if row.as_needed else _("as needed")


def _standard_time(standard: StandardTime) -> str:
    words = standard_time_in_words(
        working_minutes=standard.working_minutes,
        working_days=standard.working_days,
        least_minutes=standard.least_minutes,
        per=standard.per,
    )
    return translated(words) or standard.text


def _remark(way: Way, number: int) -> str:
    """`number` is that of the row where it stands."""
    where = _where(way, number)
    if way.awaits:
        where = _awaiting(way, where)
    return f"{', '.join(way.words)}: {where}" if way.words else where[:1].upper() + where[1:]


def _where(way: Way, number: int) -> str:
    if way.number is not None:
        back, on = _("back to step %(number)s", number=way.number), _("to step %(number)s", number=way.number)
        return back if way.number <= number else on
    if way.is_aside:
        return _("this side branch ends: %(end)s", end=way.end) if way.end else _("this side branch ends")
    return _("ends: %(end)s", end=way.end) if way.end else _("ends here")


def _awaiting(way: Way, where: str) -> str:
    shown = ["/".join(map(str, group)) for group in way.awaits[:MOST_AWAITED]]
    numbers = ", ".join(shown) + (", …" if len(way.awaits) > MOST_AWAITED else "")
    if way.is_for_begun:
        return _("%(where)s, once step %(numbers)s is done too, where it was begun", where=where, numbers=numbers)
    return _("%(where)s, once step %(numbers)s is done too", where=where, numbers=numbers)


def identity_lines(identity: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The thirteen fields of an SOP's identity block (PermenPAN-RB 35/2012), each with its lines; empty ones too."""
    labels = {
        "satuan_kerja": _("Work unit"),
        "nomor_sop": _("SOP number"),
        "tanggal_pembuatan": _("Drawn up on"),
        "tanggal_revisi": _("Revised on"),
        "tanggal_efektif": _("Effective from"),
        "disahkan_oleh": _("Approved by"),
        "judul": _("Name of the SOP"),
        "dasar_hukum": _("Legal basis"),
        "kualifikasi_pelaksana": _("Qualifications of performers"),
        "keterkaitan": _("Related SOPs"),
        "peralatan": _("Equipment"),
        "peringatan": _("Warning"),
        "pencatatan": _("Recording and filing"),
    }
    return [(label, _texts(identity.get(name))) for name, label in labels.items()]


def effective_from(identity: Mapping[str, Any]) -> str:
    """The day that the SOP itself names, in words."""
    return ", ".join(_texts(identity.get("tanggal_efektif")))


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_said(each) for each in values if each not in (None, "")]


def _said(value: Any) -> str:
    try:
        return day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def previews(forms: Mapping[str, Form], sheet: Sequence[SheetLine]) -> tuple[FormPreview, ...]:
    """Each form as staff will see it, empty, in the order of the steps."""
    users = {
        key: [f"{line.row.number}. {line.row.title}" for line in sheet if line.row.form_key == key] for key in forms
    }
    order = [line.row.form_key for line in sheet]
    keys = sorted(forms, key=lambda key: order.index(key) if key in order else len(order))
    return tuple(
        FormPreview(key=key, steps=", ".join(users[key]), fields=render(forms[key], {}, (), language())) for key in keys
    )
