"""What people add to a case beside its steps: comments and files."""

from collections.abc import Collection

from engine.access.permissions import Permission, require
from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.text import lines
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.execution.errors import CaseNotFound
from engine.execution.model import Instance
from engine.execution.visibility import instance_access
from engine.worklist import attachments
from engine.worklist.attachments import AttachmentLine, KeptFile
from engine.worklist.mentions import mention
from engine.worklist.operations import comment

COMMENT_LENGTH = 4_000


class EmptyComment(Invalid):
    code = "comment.empty"
    message = _("Write something before you add the comment.")


class CommentTooLong(Invalid):
    code = "comment.too_long"
    message = _("The comment is longer than %(limit)s characters. Attach a file instead.")


def add_comment(
    work: UnitOfWork, instance_id: int, work_item_id: int | None, text: str, mentioned: Collection[int] = ()
) -> None:
    """Those who are mentioned are told, and may read the case from then on."""
    _require_addition(work, instance_id)
    text = lines(text)
    if not text:
        raise EmptyComment(fields=[FieldProblem(name="comment", code="comment.empty", message=EmptyComment.message)])
    if len(text) > COMMENT_LENGTH:
        raise CommentTooLong(limit=COMMENT_LENGTH)
    mention(work, comment(work, instance_id, work_item_id, text), mentioned)


def add_file(work: UnitOfWork, instance_id: int, work_item_id: int | None, file: KeptFile) -> int:
    _require_addition(work, instance_id)
    return attachments.attach(work, instance_id, work_item_id, file)


def file_of_case(reading: Reading, attachment_id: int) -> AttachmentLine:
    """A file of a case that the actor may see."""
    line = attachments.attachment(reading.session, attachment_id)
    require(reading.actor, Permission.SEE_INSTANCE, instance_access(reading, line.instance_id))
    return line


def _require_addition(work: UnitOfWork, instance_id: int) -> None:
    if work.session.get(Instance, instance_id) is None:
        raise CaseNotFound
    require(work.actor, Permission.ADD_TO_INSTANCE, instance_access(work, instance_id))
