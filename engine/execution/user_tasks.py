"""A person's step: from her answers to the next person's inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.access.permissions import Permission
from engine.audit.operations import record
from engine.base.edition import MARK
from engine.base.locking import find_rows
from engine.base.unit_of_work import UnitOfWork
from engine.definitions.graphs import form_at, graph_of
from engine.execution.advance import hold, move
from engine.execution.errors import FilesMissing, NoAnswers
from engine.execution.model import Instance
from engine.execution.priorities import pass_on_priority
from engine.forms.conditions import applicable
from engine.forms.model import Form
from engine.forms.validation import answers_from_fields, validate
from engine.runtime import inspect
from engine.runtime.stimuli import CompleteActivity
from engine.worklist.attachments import files_with_item
from engine.worklist.behalf import acting_for, said
from engine.worklist.errors import WorkItemNotFound
from engine.worklist.model import WorkItem
from engine.worklist.opening import close_item
from engine.worklist.operations import require_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """What was completed, so that the door can say who has the case now."""

    work_item_id: int
    instance_id: int
    title: str


def complete(work: UnitOfWork, work_item_id: int, answers: Mapping[str, Any]) -> Completed:
    """Close a work item with its answers (JSON values) and let the case move on.

    Raises Invalid with all fields that are wrong, AlreadyClosed with who was first, NotAllowed.
    """
    item, instance = _locked(work, work_item_id)
    form = form_of_item(work, instance, item)
    if form is None and answers:
        raise NoAnswers
    return _close(work, instance, item, _accepted(work, instance, item, form, answers) if form else {})


def complete_from_fields(work: UnitOfWork, work_item_id: int, fields: Mapping[str, Sequence[str]]) -> Completed:
    """The same with the fields of an HTML form: lists of texts by name."""
    item, instance = _locked(work, work_item_id)
    form = form_of_item(work, instance, item)
    answers = answers_from_fields(form, fields) if form else {}
    return _close(work, instance, item, _accepted(work, instance, item, form, answers) if form else {})


def form_of_item(work: UnitOfWork, instance: Instance, item: WorkItem) -> Form | None:
    node = graph_of(work.session, instance.version_id).nodes[item.node or item.element]
    return form_at(work.session, instance.version_id, node)


def data_of(instance: Instance, item: WorkItem) -> Mapping[str, Any]:
    """The variables that the person sees: those of her activity's scope and of all around it."""
    return inspect.variables(instance.state_text, item.activity_id)


def _locked(work: UnitOfWork, work_item_id: int) -> tuple[WorkItem, Instance]:
    """Lock order is instance, then item; whether the actor may comes before what she typed."""
    found = find_rows(work.session, (Instance, WorkItem), MARK, _LOCKED, work_item_id)
    if not found:
        raise WorkItemNotFound
    ((instance, item, mark),) = found
    hold(work, instance, mark)
    require_open(work, item, Permission.COMPLETE)
    return item, instance


_LOCKED = """
    FROM instance JOIN work_item ON work_item.instance_id = instance.id
    WHERE work_item.id = ? FOR UPDATE OF instance, work_item
"""


def _accepted(
    work: UnitOfWork, instance: Instance, item: WorkItem, form: Form, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers as the case keeps them; every required file must lie with the item."""
    seen = data_of(instance, item)
    data = validate(form, answers, seen)
    wanted = [note for note in applicable(form, data, seen).attachment_notes if note.is_required]
    if wanted and files_with_item(work.session, item.id) < len(wanted):
        raise FilesMissing(files=", ".join(note.label for note in wanted))
    return data


def _close(work: UnitOfWork, instance: Instance, item: WorkItem, data: Mapping[str, Any]) -> Completed:
    principal = acting_for(work, item)
    close_item(work, item, data, principal)
    facts = {"title": item.title, "element": item.element, **said(principal)}
    record(work, "work_item.completed", "work_item", item.id, instance.id, **facts)
    move(work, instance, CompleteActivity(item.activity_id, data))
    pass_on_priority(work, item)
    return Completed(work_item_id=item.id, instance_id=instance.id, title=item.title)
