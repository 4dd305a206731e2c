"""Cases, their journeys, and what is asked to start or end one."""

from marshmallow.fields import List, Nested

from engine.execution.beginning import TITLE_LENGTH
from engine.execution.model import InstanceState
from engine.execution.reasons import REASON_LENGTH
from engine.worklist.model import WorkItemState
from webui.addresses import LONGEST_NAME
from webui.api.answers import Answer, Moment, Number, Said
from webui.api.data import Data
from webui.api.fields import FlagInAddress, Line, OneOf, Request, Text
from webui.api.schemas.lists import PageQuery

VARIABLES = {"perihal": "Undangan rapat", "jumlah": 3}


class CaseStart(Request):
    title = Line(most=TITLE_LENGTH, least=1, required=True, example="Undangan rapat koordinasi")
    variables = Data(load_default=dict, example=VARIABLES, about="What the case knows from the beginning.")


class CaseQuery(PageQuery):
    search = Line(
        most=100, load_default="", about="How words of its number, title, applicant or answers begin; all of them."
    )
    state = OneOf(InstanceState, load_default=None)
    late = FlagInAddress(load_default=False, about="Only cases with a step that is late.")
    process = Line(most=LONGEST_NAME, load_default=None, about="Only cases of the process with this key.")


class CaseCancel(Request):
    reason = Text(most=REASON_LENGTH, least=1, required=True, example="Sent twice by mistake.")


class CaseLine(Answer):
    """The most urgent open step of a case says where it waits; null when nobody has to act."""

    number = Said(example="SM-2026-00042")
    title = Said(example="Undangan rapat koordinasi")
    process_name = Said(example="Pengelolaan Surat Masuk", attribute="procedure")
    unit = Said(allow_none=True, example="Subbagian Tata Usaha", attribute="unit_name")
    state = OneOf(InstanceState)
    started_at = Moment()
    ended_at = Moment(allow_none=True)
    waits_at = Said(allow_none=True, example="Catat di agenda")
    waits_for = Said(allow_none=True, example="Bagas Prayoga")
    due_at = Moment(allow_none=True)
    open_items = Number(example=1)


class OpenItem(Answer):
    """A step that waits; nobody holds it while it lies in a pool."""

    work_item_id = Number(example=7)
    title = Said(example="Catat di agenda")
    element = Said(example="catat")
    assignee = Said(allow_none=True, example="Bagas Prayoga", attribute="assignee_name")
    opened_at = Moment()
    due_at = Moment(allow_none=True)


class Case(Answer):
    number = Said(example="SM-2026-00042", attribute="case.number")
    title = Said(example="Undangan rapat koordinasi", attribute="case.title")
    state = OneOf(InstanceState, attribute="case.state")
    process_key = Said(example="surat_masuk", attribute="case.definition_key")
    process_name = Said(example="Pengelolaan Surat Masuk", attribute="case.procedure")
    version_id = Number(example=12, attribute="case.version_id")
    version_number = Number(example=3, attribute="case.version_number")
    unit = Said(allow_none=True, example="Subbagian Tata Usaha", attribute="case.unit_name")
    starter = Said(allow_none=True, example="Bagas Prayoga", attribute="case.starter_name")
    started_at = Moment(attribute="case.started_at")
    due_at = Moment(allow_none=True, attribute="case.due_at", about="Of the case as a whole.")
    clock_stopped_at = Moment(
        allow_none=True, attribute="case.clock_stopped_at", about="While the clock of the case stands still."
    )
    ended_at = Moment(allow_none=True, attribute="case.ended_at")
    open_items = List(Nested(OpenItem))


class JourneyStep(Answer):
    """One step that a person did or has to do."""

    work_item_id = Number(example=7)
    element = Said(example="catat")
    title = Said(example="Catat di agenda")
    state = OneOf(WorkItemState)
    assignee = Said(allow_none=True, example="Bagas Prayoga", attribute="assignee_name")
    closed_by = Said(allow_none=True, example="Bagas Prayoga", attribute="closed_by_name")
    closed_for = Said(allow_none=True, example="Siti Rahmawati", attribute="closed_for_name")
    opened_at = Moment()
    due_at = Moment(allow_none=True)
    closed_at = Moment(allow_none=True)
    answers = Data(allow_none=True, example={"nomor_agenda": "123"})


class TrailEntry(Answer):
    """What was done, by whom and when, as it was written down with the change."""

    id = Number(example=901)
    at = Moment()
    actor = Said(example="Bagas Prayoga", attribute="actor_name")
    act = Said(example="work_item.completed")
    subject = Said(example="work_item")
    subject_id = Number(allow_none=True, example=7)
    facts = Data(example={"title": "Catat di agenda"})


class History(Answer):
    journey = List(Nested(JourneyStep))
    trail = List(Nested(TrailEntry))


class Variables(Answer):
    variables = Data(example=VARIABLES)
