"""Processes and their versions."""

from marshmallow.fields import List, Nested

from engine.definitions.model import VersionState
from webui.api.answers import Answer, Moment, Number, Said
from webui.api.data import Data
from webui.api.fields import FileSent, Flag, FlagInAddress, Line, OneOf, Request, Text, Texts
from webui.api.schemas.problems import DiagramProblem, Sentence

LONGEST_KEY = 120
LONGEST_FILENAME = 200
MOST_FORMS = 100
MOST_DIAGRAMS = 50
MOST_DECISION_FILES = 20
IDENTITY = "The identity block of the SOP: `judul`, `awalan`, `unit` and others."
FORMS = "form-js files, each named by its form's key, such as `catat.json`. Forms left out stay as they are."
DECISIONS = "DMN files with the decisions that its business rule tasks ask. Those left out stay as they are."
STAFFING = "Steps that nobody of the office could do today; empty for a draft."
PUBLISH = "Put the version in force at once, if nothing is missing in it."


class StaffingWarning(DiagramProblem):
    """What the office as it stands could not do; it hinders no publication."""

    code = Said(example="staffing.vacant")
    message = Sentence(attribute="text", example="Nobody holds “Arsiparis” for “Simpan” today.")


class Deployment(Answer):
    """`is_new` is false when this content was there already: then the version is the one that has it."""

    process_key = Said(example="surat_masuk", attribute="key")
    version_id = Number(example=12)
    number = Number(example=3, about="The process's first, second, third version …")
    state = OneOf(VersionState, about="A draft cannot run yet: its problems say what is missing.")
    is_new = Flag(example=True)
    problems = List(Nested(DiagramProblem))
    staffing = List(Nested(StaffingWarning), metadata={"description": STAFFING})


class DeployFiles(Request):
    """A diagram with its forms and decisions as files."""

    diagram = FileSent(required=True, about="The BPMN 2.0 file.")
    forms = List(FileSent(), load_default=list, metadata={"description": FORMS, "maxItems": MOST_FORMS})
    decisions = List(
        FileSent(), load_default=list, metadata={"description": DECISIONS, "maxItems": MOST_DECISION_FILES}
    )
    identity = FileSent(load_default=None, about="The identity block of the SOP: its `sop.yaml`.")
    publish = FlagInAddress(load_default=False, about=PUBLISH)


class DeployTexts(Request):
    """The same as texts."""

    most_bytes = 12 << 20
    filename = Line(most=LONGEST_FILENAME, least=1, load_default="process.bpmn", example="process.bpmn")
    diagram = Text(most=12 << 20, required=True, example="<definitions …>…</definitions>", about="BPMN 2.0 XML.")
    forms = Texts(
        most=MOST_FORMS,
        longest_key=LONGEST_KEY,
        longest=1 << 20,
        load_default=dict,
        about="Key of each form to its form-js JSON, as a text. Forms that are left out stay as they are.",
    )
    decisions = Texts(
        most=MOST_DECISION_FILES,
        longest_key=LONGEST_FILENAME,
        longest=2 << 20,
        load_default=dict,
        about="Name of each DMN file to its XML, as a text. Those that are left out stay as they are.",
    )
    identity = Data(load_default=dict, about=IDENTITY)
    publish = Flag(load_default=False, about=PUBLISH)


class BundleTexts(Request):
    """Diagrams of which one calls another, kept together: all, or none."""

    most_bytes = 12 << 20
    diagrams = Texts(
        least=1,
        most=MOST_DIAGRAMS,
        longest_key=LONGEST_FILENAME,
        longest=12 << 20,
        required=True,
        about="Name of each file to its BPMN 2.0 XML, in any order.",
    )
    forms = Texts(
        most=MOST_FORMS,
        longest_key=LONGEST_KEY,
        longest=1 << 20,
        load_default=dict,
        about="Key of each form to its form-js JSON; each diagram takes those that it uses.",
    )
    decisions = Texts(
        most=MOST_DECISION_FILES,
        longest_key=LONGEST_FILENAME,
        longest=1 << 20,
        load_default=dict,
        about="Name of each DMN file to its text; each diagram takes those that it uses.",
    )
    publish = Flag(load_default=False, about="Put every version in force at once in which nothing is missing.")


class BundledDeployment(Deployment):
    """One of several."""


class Bundle(Answer):
    deployments = List(
        Nested(BundledDeployment), metadata={"description": "What is called stands before what calls it."}
    )


class Process(Answer):
    """A process and the version on which new cases start; none when nothing is in force."""

    key = Said(example="surat_masuk")
    name = Said(example="Pengelolaan Surat Masuk")
    prefix = Said(example="SM", about="Case numbers begin with it: SM-2026-00042.")
    unit = Said(allow_none=True, example="Subbagian Tata Usaha", attribute="unit_name")
    version_id = Number(allow_none=True, example=12)
    version_number = Number(allow_none=True, example=3, attribute="number")
    published_at = Moment(allow_none=True)


class ProcessLine(Process):
    """One row of the register."""


class VersionSummary(Answer):
    version_id = Number(example=12)
    number = Number(example=3)
    state = OneOf(VersionState)
    filename = Said(example="surat_masuk.bpmn")
    deployed_at = Moment()
    deployed_by = Said(example="Galih Pramana")
    published_at = Moment(allow_none=True)
    problem_count = Number(example=0)


class Version(Answer):
    version_id = Number(example=12)
    process_key = Said(example="surat_masuk", attribute="key")
    process_name = Said(example="Pengelolaan Surat Masuk", attribute="name")
    number = Number(example=3)
    state = OneOf(VersionState)
    filename = Said(example="surat_masuk.bpmn")
    identity = Data(about="The identity block of the SOP.", example={"judul": "Pengelolaan Surat Masuk"})
    deployed_at = Moment()
    deployed_by = Said(example="Galih Pramana")
    published_at = Moment(allow_none=True)
    problems = List(Nested(DiagramProblem))
    staffing = List(Nested(StaffingWarning), metadata={"description": STAFFING})


class StartOfCases(Answer):
    """What starts cases by itself; `next_at` is that of a timer, null when its last moment has passed."""

    kind = Said(example="timer", about="`message`, `signal` or `timer`.")
    name = Said(example="Permohonan masuk", about="Of the message or signal; empty for a timer.")
    process = Said(example="surat_masuk", attribute="process_id")
    element = Said(example="mulai")
    next_at = Moment(allow_none=True)
