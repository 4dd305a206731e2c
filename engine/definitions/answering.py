"""A draft is completed in the page: what it lacks is answered, and the answers are kept as its next version."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.errors import Conflict
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.answers import Answer, decisions_asked, with_answers
from engine.bpmn.asked_decisions import AskedDecision
from engine.definitions.errors import VersionNotFound
from engine.definitions.examination import Examination, Upload
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.definitions.operations import Deployment, deploy
from engine.definitions.queries import source_of, version_page, versions
from engine.forms.model import DECISION_PROPERTY


class AnsweredMeanwhile(Conflict):
    """`version_id` is that of the newest."""

    code = "definition.answered_meanwhile"
    message = _(
        "Version %(number)s has been made in the meantime. What you answered stands beside what is missing in it: "
        "look at it, then save again."
    )


def upload_with_answers(reading: Reading, version_id: int, answers: Sequence[Answer]) -> Upload:
    """The diagram of a version with the answers in it, to be examined as any upload; its forms are those it had,
    and one for each decision that a person is asked for.

    Raises AnswersRefused with all that cannot be used.
    """
    require(reading.actor, Permission.DEPLOY)
    page = version_page(reading.session, version_id)
    drawn = source_of(reading.session, version_id)
    answered = with_answers(drawn, answers)
    forms = {asked.form_key: _form_that_asks(asked) for asked in decisions_asked(drawn, answers)}
    return Upload(filename=page.filename, source=answered, forms=forms)


def _form_that_asks(asked: AskedDecision) -> bytes:
    """Its one question becomes the buttons of the page."""
    question = {
        "type": "radio",
        "key": asked.variable,
        "label": asked.question,
        "validate": {"required": True},
        "values": [{"value": value, "label": words} for value, words in asked.options],
        "properties": {DECISION_PROPERTY: "true"},
    }
    return json.dumps({"type": "default", "components": [question]}, ensure_ascii=False).encode()


def deploy_answers(work: UnitOfWork, version_id: int, examination: Examination) -> Deployment:
    """Keep the answered version; raises AnsweredMeanwhile when it is not the newest any more, or Rejected."""
    version = work.session.get(DefinitionVersion, version_id)
    if version is None:
        raise VersionNotFound
    query = select(ProcessDefinition).where(ProcessDefinition.id == version.definition_id).with_for_update()
    definition = work.session.scalars(query).one()
    newest = versions(work.session, definition.id)[0]
    if newest.version_id != version_id:
        raise AnsweredMeanwhile(number=newest.number, version_id=newest.version_id)
    deployment = deploy(work, examination)
    facts: dict[str, Any] = {"key": definition.key, "name": definition.name, "version": deployment.number}
    record(work, "definition.answered", "definition", definition.id, **facts)
    return deployment
