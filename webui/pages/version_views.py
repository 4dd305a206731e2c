"""The page of one version, as it is and while what it lacks is being answered."""

from flask import render_template
from sqlalchemy.orm import Session

from engine.access.permissions import Permission, allows
from engine.base.unit_of_work import Reading
from engine.bpmn.problems import UNKNOWN_CALL, Severity
from engine.definitions.call_queries import calls_of
from engine.definitions.graphs import forms_of
from engine.definitions.model import VersionState
from engine.definitions.queries import VersionLine, VersionPage, version_page, versions
from engine.execution.board import running_by_version
from webui.identity import current_actor
from webui.pages.decision_views import decision_views
from webui.pages.definition_views import (
    identity_lines,
    marks_of,
    picture_of_version,
    previews,
    problem_groups,
    sheet_lines,
    time_of_procedure,
)
from webui.pages.draft_questions import Answering, asked_of


def version_html(reading: Reading, version_id: int, answering: Answering | None = None) -> str:
    """One version whole: its problems on the diagram, its sheet, and its forms as staff will see them."""
    session = reading.session
    page = version_page(session, version_id)
    marks = marks_of(page.problems)
    picture = picture_of_version(session, version_id, marks)
    sheet = sheet_lines(session, page)
    newer = _what_came_after(session, page)
    asked = asked_of(session, page, answering or Answering()) if _may_answer(page) and newer is None else {}
    return render_template(
        "version.html",
        version=page,
        marks=marks,
        picture=picture,
        groups=problem_groups(page.problems, picture, asked),
        errors=[(each.anchor, each.error) for each in asked.values() if each.error],
        refusal=answering.refusal if answering else "",
        sheet=sheet,
        identity=identity_lines(page.identity) if page.identity else [],
        whole_time=time_of_procedure(session, page),
        forms=previews(forms_of(session, version_id), sheet),
        calls=calls_of(session, version_id),
        decisions=decision_views(session, version_id),
        running=running_by_version(session, page.definition_id).get(version_id, 0),
        is_asked=bool(asked),
        newer=newer,
        lacks_calls=any(each.code == UNKNOWN_CALL and each.severity is Severity.MISSING for each in page.problems),
        may_publish=_may_publish(page),
        may_upload=allows(current_actor(), Permission.DEPLOY),
    )


def _may_answer(page: VersionPage) -> bool:
    return page.state is VersionState.DRAFT and allows(current_actor(), Permission.DEPLOY)


def _what_came_after(session: Session, page: VersionPage) -> VersionLine | None:
    """The version in which a draft was mended; whoever looks at the draft is led there."""
    newest = versions(session, page.definition_id)[0] if page.state is VersionState.DRAFT else None
    return newest if newest and newest.version_id != page.version_id else None


def _may_publish(page: VersionPage) -> bool:
    may = allows(current_actor(), Permission.PUBLISH)
    return may and page.state in (VersionState.READY, VersionState.RETIRED)
