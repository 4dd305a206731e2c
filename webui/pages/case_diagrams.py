"""The diagrams of a case: that of its procedure, and those of all that it calls in other files."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from engine.base.unit_of_work import Reading
from engine.bpmn.marks import Mark
from engine.definitions.call_queries import NamedVersion, files_called, named_versions
from engine.definitions.errors import VersionNotFound
from engine.execution.queries import CaseDetail
from webui.pages.pictures import case_marks, marks_in_file, whole_picture
from webui.texts import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDiagram:
    """One file with its own marks; `choices` are tabs, one for each file, empty where there is only one.

    A tab tells how much of the case is under way in its file.
    """

    version_id: int
    marks: Mapping[str, Mark]
    picture: Markup
    choices: list[tuple[str, str, bool, int | None, str]]


def case_diagram(reading: Reading, case: CaseDetail, version_id: int | None) -> CaseDiagram:
    """Raises VersionNotFound for a file that is none of the case's."""
    files = files_of_case(reading, case)
    chosen = version_id or case.version_id
    if chosen not in files:
        raise VersionNotFound
    of_case = case_marks(reading.session, case.instance_id, reading.now)
    marks = {version: marks_in_file(of_case, version, case.version_id) for version in files}
    return CaseDiagram(
        version_id=chosen,
        marks=marks[chosen],
        picture=whole_picture(reading.session, chosen, marks[chosen]),
        choices=[
            (_label(file), _address(case, version), version == chosen, _under_way(marks[version]), "")
            for version, file in files.items()
            if len(files) > 1
        ],
    )


def files_of_case(reading: Reading, case: CaseDetail) -> dict[int, NamedVersion]:
    """The case's own file first, then those that it calls."""
    own = named_versions(reading.session, [case.version_id])
    return own | {file.version_id: file for file in files_called(reading.session, case.version_id)}


def _label(file: NamedVersion) -> str:
    return _("%(name)s (version %(number)s)", name=file.name, number=file.number)


def _under_way(marks: Mapping[str, Mark]) -> int | None:
    """How many elements of a file the case is at; None says nothing."""
    return sum(mark is not Mark.DONE for mark in marks.values()) or None


def _address(case: CaseDetail, version_id: int) -> str:
    return url_for("cases.diagram", number=case.number, versi=version_id)
