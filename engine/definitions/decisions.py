"""The decisions of versions: kept with the diagram that asks them, taken over from the version before, and shown."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.decision import Decision
from engine.bpmn.dmn.reading import compile_decisions, decision_ids
from engine.bpmn.problems import MISSING_DECISION, Problem
from engine.definitions.model import DecisionText, DefinitionVersion

Files = Mapping[str, bytes]


def kept_decisions(uploaded: Files, problems: Sequence[Problem], before: DefinitionVersion | None) -> dict[str, bytes]:
    """The uploaded files, and those of the version before that hold what is missing in them."""
    missing = {problem.params["decision"] for problem in problems if problem.code == MISSING_DECISION}
    earlier = {text.filename: text.source for text in before.decisions} if before and missing else {}
    uploaded_ids = frozenset().union(*map(decision_ids, uploaded.values()))
    taken_over = {
        name: source
        for name, source in earlier.items()
        if name not in uploaded and (ids := decision_ids(source)) & missing and not ids & uploaded_ids
    }
    return {**taken_over, **uploaded}


def without_kept(problems: Sequence[Problem], kept: Files) -> tuple[Problem, ...]:
    """What is still a problem when these files are there."""
    known = frozenset().union(*map(decision_ids, kept.values()))
    return tuple(
        problem for problem in problems if problem.code != MISSING_DECISION or problem.params["decision"] not in known
    )


def decision_files(session: Session, version_id: int) -> dict[str, bytes]:
    """The DMN files of a version as they were uploaded, by name."""
    query = select(DecisionText.filename, DecisionText.source).where(DecisionText.version_id == version_id)
    return {row.filename: row.source for row in session.execute(query.order_by(DecisionText.filename))}


def decisions_of(session: Session, version_id: int) -> tuple[Decision, ...]:
    """Every decision that a version knows, in the order of its files."""
    return tuple(compile_decisions(decision_files(session, version_id)).by_id.values())
