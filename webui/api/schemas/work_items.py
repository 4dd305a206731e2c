"""Work items: inbox rows, one item with all that is needed to do it, answers and files."""

from enum import StrEnum
from typing import Any

from marshmallow.fields import List, Nested

from engine.base.paging import LARGEST_ID
from engine.execution.model import InstanceState
from engine.forms.json_schema import json_schema
from engine.forms.model import Form
from engine.forms.validation import SHOWN
from engine.sla.model import WaitsFor
from engine.sla.stopping import REASON_LENGTH
from engine.worklist.model import WorkItemState
from engine.worklist.terms import Due, FollowUp, Priority, Sort
from engine.worklist.views import View
from webui.api.answers import Answer, Moment, Number, Said
from webui.api.data import Data
from webui.api.faults import UNKNOWN, refusal
from webui.api.fields import Day, FileSent, Flag, Line, MomentSent, OneOf, Request, WholeInAddress
from webui.api.schemas.cases import OpenItem
from webui.api.schemas.lists import PageQuery

LONGEST_TEXT = 100
LONGEST_KEY = 200
ANSWERS = {"nomor_agenda": "123", "lengkap": True}
FORM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {"nomor_agenda": {"title": "Nomor agenda", "type": "string", "minLength": 1, "maxLength": 1000}},
    "required": ["nomor_agenda"],
    "additionalProperties": False,
}


class FormSchema(Data):
    """A form, as the JSON Schema of its answers."""

    def _serialize(self, value: Form | None, attr: str | None, obj: Any, **_kwargs: Any) -> dict[str, Any] | None:
        return None if value is None else json_schema(value)


class Answers(Data):
    """Answers by the keys of the form's questions; what pages use for themselves is no answer."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        answers = super()._deserialize(value, attr, data, **kwargs)
        if SHOWN in answers:
            raise refusal("unknown_field", UNKNOWN)
        return answers


class Urgency(StrEnum):
    """`Priority`, as programs say it."""

    NORMAL = "normal"
    URGENT = "urgent"
    LOW = "low"


class PriorityWord(OneOf):
    """Which work goes first."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(Urgency, **rest)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_kwargs: Any) -> str | None:
        return None if value is None else Priority(value).name.lower()  # the documents ask for the default too


class InboxQuery(PageQuery):
    """Which inbox, narrowed and ordered as its page can be."""

    view = OneOf(View, load_default=View.MINE, about="Mine, the pool of my positions, what is late, what I have done.")
    text = Line(most=LONGEST_TEXT, load_default="", about="In number, title, applicant and answers of the case.")
    process = Line(most=LONGEST_KEY, load_default="", about="The key of a process.")
    unit = WholeInAddress(least=1, most=LARGEST_ID, load_default=None, about="The id of a unit, with all below it.")
    holder = Line(most=LONGEST_TEXT, load_default="", about="A part of the name of whoever holds it.")
    due = OneOf(Due, load_default=None, about="Late, today, within seven days, or without a deadline.")
    due_from = Day(load_default=None, about="Due on this day or later.")
    due_to = Day(load_default=None, about="Due on this day or earlier.")
    priority = PriorityWord(load_default=None)
    follow_up = OneOf(FollowUp, load_default=None, about="To be followed up now, or with any reminder.")
    sort = OneOf(Sort, load_default=Sort.DUE)


class Ranking(Request):
    priority = PriorityWord(required=True, about="Said by the head of the unit where it waits, or whoever started it.")


class WaitedFor(StrEnum):
    """`WaitsFor`, as far as somebody stops a clock by hand; a message is waited for by the diagram."""

    APPLICANT = WaitsFor.APPLICANT.value
    OTHER_OFFICE = WaitsFor.OTHER_OFFICE.value


class ClockStopped(Request):
    waits_for = OneOf(WaitedFor, required=True, about="Whom the case waits for.")
    reason = Line(
        required=True,
        least=1,
        most=REASON_LENGTH,
        example="Ijazah pemohon menyusul",
        about="What is waited for; it stands in the journey of the case.",
    )


class AnswersGiven(Request):
    answers = Answers(
        load_default=dict, example=ANSWERS, about="As the item's `form` says; none for one without a form."
    )


class Finishing(AnswersGiven):
    """`done_at` for a step that was done on paper and is entered afterwards."""

    done_at = MomentSent(
        load_default=None, allow_none=True, about="When it was really done: after it came, not later than now."
    )


class FileGiven(Request):
    file = FileSent(required=True)


class CaseOfLine(Answer):
    number = Said(example="SM-2026-00042")
    title = Said(example="Undangan rapat koordinasi")
    process_name = Said(example="Pengelolaan Surat Masuk", attribute="procedure")
    starter = Said(allow_none=True, example="Bagas Prayoga", attribute="starter_name")


class WorkItemLine(Answer):
    id = Number(example=7, attribute="line.work_item_id")
    title = Said(example="Catat di agenda", attribute="line.title")
    element = Said(example="catat", attribute="line.element")
    case = Nested(CaseOfLine)
    came_from = Said(allow_none=True, example="Ratna Sari", attribute="line.came_from")
    assignee = Said(allow_none=True, example="Bagas Prayoga", attribute="line.assignee_name")
    opened_at = Moment(attribute="line.opened_at")
    risk_at = Moment(allow_none=True, attribute="line.risk_at", about="At 75 % of the standard time.")
    due_at = Moment(allow_none=True, attribute="line.due_at")
    clock_stopped_at = Moment(allow_none=True, attribute="line.clock_stopped_at", about="Set while its clock stands.")
    closed_at = Moment(allow_none=True, attribute="line.closed_at")
    done_at = Moment(allow_none=True, attribute="line.done_at", about="When it was really done, if on paper.")
    priority = PriorityWord(attribute="line.priority")


class Requirement(Answer):
    """One line of what must be there before the step can be done (kelengkapan)."""

    text = Said(example="Surat asli")
    is_mandatory = Flag(example=True)


class CaseOfItem(Answer):
    number = Said(example="SM-2026-00042")
    title = Said(example="Undangan rapat koordinasi")
    state = OneOf(InstanceState)
    process_key = Said(example="surat_masuk", attribute="definition_key")
    process_name = Said(example="Pengelolaan Surat Masuk", attribute="procedure")
    version_id = Number(example=12)
    version_number = Number(example=3)
    unit = Said(allow_none=True, example="Subbagian Tata Usaha", attribute="unit_name")
    starter = Said(allow_none=True, example="Bagas Prayoga", attribute="starter_name")


class Guidance(Answer):
    """What the SOP says of the step."""

    instruction = Said(example="Catat surat di buku agenda.")
    lane = Said(example="Pengadministrasi Umum")
    standard_time = Said(allow_none=True, example="10 menit", attribute="standard_time.text", dump_default=None)
    outputs = List(Said(example="Surat tercatat"))
    requirements = List(Nested(Requirement))


class WorkItem(Answer):
    id = Number(example=7, attribute="item.work_item_id")
    title = Said(example="Catat di agenda", attribute="item.title")
    element = Said(example="catat", attribute="item.element")
    state = OneOf(WorkItemState, attribute="item.state")
    case = Nested(CaseOfItem)
    unit = Said(allow_none=True, example="Subbagian Tata Usaha", attribute="item.unit_name")
    assignee = Said(allow_none=True, example="Bagas Prayoga", attribute="item.assignee_name")
    came_from = Said(allow_none=True, example="Ratna Sari", attribute="item.came_from")
    opened_at = Moment(attribute="item.opened_at")
    claimed_at = Moment(allow_none=True, attribute="item.claimed_at")
    risk_at = Moment(allow_none=True, attribute="item.risk_at")
    due_at = Moment(allow_none=True, attribute="item.due_at")
    clock_stopped_at = Moment(
        allow_none=True,
        attribute="item.clock_stopped_at",
        about="Set while its clock stands; `due_at` is counted anew when it runs again.",
    )
    closed_at = Moment(allow_none=True, attribute="item.closed_at")
    done_at = Moment(allow_none=True, attribute="item.done_at", about="When it was really done, if on paper.")
    priority = PriorityWord(attribute="item.priority")
    closed_by = Said(allow_none=True, example="Bagas Prayoga", attribute="item.closed_by_name")
    closed_for = Said(allow_none=True, example="Siti Rahmawati", attribute="item.closed_for_name")
    guidance = Nested(Guidance, allow_none=True, attribute="step")
    form = FormSchema(allow_none=True, example=FORM, about="JSON Schema of the answers; null without a form.")
    data = Data(example={"perihal": "Undangan rapat"}, about="What the case knows at this step.")
    draft = Data(allow_none=True, example=ANSWERS, attribute="item.draft")
    answers = Data(allow_none=True, example=ANSWERS, attribute="item.answers")
    may_claim = Flag(example=False)
    may_complete = Flag(example=True)
    may_release = Flag(example=True)
    may_stop_clock = Flag(example=True)


class Draft(Answer):
    draft = Data(example=ANSWERS, about="What was kept: answers to questions of the form, right or wrong.")


class Completion(Answer):
    """What was completed, and who has the case now."""

    work_item_id = Number(example=7)
    title = Said(example="Catat di agenda")
    case_number = Said(example="SM-2026-00042")
    case_state = OneOf(InstanceState)
    open_items = List(Nested(OpenItem))


class Attachment(Answer):
    id = Number(example=31, attribute="attachment_id")
    work_item_id = Number(allow_none=True, example=7)
    filename = Said(example="surat.pdf")
    media_type = Said(example="application/pdf")
    size = Number(example=48210, about="Bytes.")
    sha256 = Said(example="9f86d081884c7d65…", attribute="digest")
    added_at = Moment()
    added_by = Said(example="Bagas Prayoga")
