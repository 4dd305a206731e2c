"""Files beside a work item; they belong to its case."""

from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, send_file, url_for
from marshmallow import RAISE

from engine.access.permissions import CaseNotVisible
from engine.execution import additions
from engine.execution.item_pages import item_page
from engine.worklist.attachments import AttachmentLine, AttachmentNotFound, attachment, attachments_of_case
from engine.worklist.file_store import path_of
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.lists import page_of, whole
from webui.api.schemas.work_items import Attachment, FileGiven
from webui.attached import kept_file
from webui.identity import core, current_actor

TAG = {"name": "Attachments", "description": "Files that people add to a case."}

bp = APIBlueprint("api_attachments", __name__, url_prefix=PREFIX, tag=TAG)


@bp.post("/work-items/<int:work_item_id>/attachments")
@bp.auth_required(bearer)
@bp.input(FileGiven, location="files", unknown=RAISE)
@bp.output(Attachment, status_code=201)
@bp.doc(responses=[403])
def add_attachment(work_item_id: int, files_data: dict[str, Any]) -> tuple[AttachmentLine, int, dict[str, str]]:
    """Add a file to the case of this item."""
    actor, file = current_actor(), files_data["file"]
    with core().read(actor) as reading:
        page = item_page(reading, work_item_id)
    if not page.may_add:
        raise CaseNotVisible
    instance_id = page.item.instance_id
    kept = kept_file(file, instance_id)
    with core().work(actor) as work:
        attachment_id = additions.add_file(work, instance_id, work_item_id, kept)
        line = attachment(work.session, attachment_id)
    location = url_for("api_attachments.download_attachment", attachment_id=attachment_id)
    return line, 201, {"Location": location}


@bp.get("/work-items/<int:work_item_id>/attachments")
@bp.auth_required(bearer)
@bp.output(page_of(Attachment))
@bp.doc(responses=[403])
def list_attachments(work_item_id: int) -> dict[str, Any]:
    """All files of the case of this item, oldest first."""
    with core().read(current_actor()) as reading:
        instance_id = item_page(reading, work_item_id).item.instance_id
        return whole(attachments_of_case(reading.session, instance_id))


@bp.get("/attachments/<int:attachment_id>")
@bp.auth_required(bearer)
@bp.output(FileSchema(type="string", format="binary"), content_type="application/octet-stream")
@bp.doc(responses=[403])
def download_attachment(attachment_id: int) -> Response:
    """One file, to save: its name stands in Content-Disposition."""
    with core().read(current_actor()) as reading:
        line = additions.file_of_case(reading, attachment_id)
    path = path_of(core().settings, line.digest)
    if not path.exists():
        raise AttachmentNotFound
    return send_file(
        path, mimetype="application/octet-stream", as_attachment=True, download_name=line.filename, etag=line.digest
    )
