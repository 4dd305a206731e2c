"""docs/bpmn-support.md: what a diagram may contain, with the number of conformance cases behind each promise."""

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.bpmn.operations import OPERATIONS, Operation
from engine.bpmn.problems import Severity
from engine.bpmn.vocabulary import FLOW_NODES
from tests.conformance.catalogue import REFUSED, TRACES
from tests.conformance.faults import FAULTS
from tests.conformance.pages.codes import told_by
from tests.conformance.pages.probes import KINDS, PLACES
from tests.conformance.pages.tables import filled, table
from tests.support.sources import ROOT

PAGE = ROOT / "docs" / "bpmn-support.md"
PROVEN = Counter(subject for case in TRACES for subject in case.about)
REFUSING = Counter(subject for case in REFUSED for subject in case.about)
VERDICTS = {
    Severity.ERROR: "refused",
    Severity.MISSING: "draft",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
ELEMENTS = {
    "userTask": "waits in the inbox or pool of whoever its lane or step names",
    "task": "in a lane or with a performer a person's task like `userTask`; otherwise passed at once",
    "manualTask": "the same",
    "scriptTask": "assignments in the language of expressions, run at once",
    "serviceTask": "an operation of the list below, run as a job; the case goes on with its answer",
    "businessRuleTask": "a decision table (DMN), or an operation like `serviceTask`",
    "sendTask": "sends its message and goes on",
    "receiveTask": "waits for its message",
    "callActivity": "runs another process, with `tk:masukan` and `tk:hasil` as mappings",
    "subProcess": "a scope of its own; begins at its plain starts, ends when nothing lives in it",
    "transaction": "a sub-process that can be cancelled, which undoes what was done in it",
    "adHocSubProcess": "offers its work all at once or in order, until its completion condition holds",
    "exclusiveGateway": "the first branch of the file whose condition holds, else the default",
    "inclusiveGateway": "every branch whose condition holds; joins wait for those that can still come",
    "parallelGateway": "every branch; joins wait for one token by each arrow",
    "complexGateway": "goes on once when its activation condition holds, and takes the late ones in",
    "eventBasedGateway": "the first event that happens decides",
    "startEvent": "see the table of events",
    "endEvent": "see the table of events",
    "intermediateCatchEvent": "see the table of events",
    "intermediateThrowEvent": "see the table of events",
    "boundaryEvent": "see the table of events",
}
PLACE_OF = {
    "startEvent": ("start", "event sub-process", "event sub-process, not interrupting"),
    "endEvent": ("end",),
    "intermediateCatchEvent": ("catch",),
    "intermediateThrowEvent": ("throw",),
    "boundaryEvent": ("boundary", "boundary, not interrupting"),
}
AROUND = {
    "parallel multi-instance": "side by side, for a number or a list, with the standard counters",
    "sequential multi-instance": "one after the other",
    "completion condition": "what ends a multi-instance or ad-hoc work earlier",
    "standard loop": "while a condition holds, asked before or after, with a maximum",
    "sequenceFlow": "several out of an element are all taken, several into one run it for each token",
    "conditional flow": "out of any element; with a default flow",
    "lane": "says who works",
    "participant": "each pool is a process of its own; message flows are drawn only",
    "dataObject": "kept in the drawing, does nothing",
    "dataStoreReference": "kept in the drawing, does nothing",
    "combination": "several of all these inside each other, in loops, with several tokens",
    "retry": "what failed goes on where it failed, without repeating work that is done",
    "move": "a token is taken to another element of its scope",
    "cancel": "the whole case is ended",
}


def support_page() -> str:
    return filled(
        PAGE.read_text(encoding="utf-8"),
        {
            "elements": table(("element", "how it runs", "cases"), _elements()),
            "events": table(("", *PLACES.values()), _events()),
            "repetition and arrows": table(("", "how it is read", "cases"), _around()),
            "faults": table(("", "seen in the library", "settled by", "cases"), _faults()),
            "operations": table(("operation", "what it does", "what it needs", "what it gives"), _operations()),
            "codes": table(("code", "verdict", "what is said"), _codes()),
        },
    )


def counted(*subjects: str) -> str:
    proven, refusing = sum(PROVEN[one] for one in subjects), sum(REFUSING[one] for one in subjects)
    return f"{proven} and {refusing} refused" if refusing and proven else str(proven) if proven else "refused"


def _elements() -> Iterator[tuple[str, ...]]:
    for kind in [*ELEMENTS, *sorted(FLOW_NODES - set(ELEMENTS))]:
        subjects = [f"{event} {place}" for event in KINDS for place in PLACE_OF.get(kind, ())] or [kind]
        yield f"`{kind}`", ELEMENTS[kind], counted(*subjects)


def _events() -> Iterator[tuple[str, ...]]:
    for kind in KINDS:
        yield f"`{kind}`", *(str(PROVEN[f"{kind} {place}"] or "–") for place in PLACES)


def _around() -> Iterator[tuple[str, ...]]:
    return ((name, how, counted(name)) for name, how in AROUND.items())


def _faults() -> Iterator[tuple[str, ...]]:
    return ((number, seen, done, counted(number)) for number, (seen, done) in FAULTS.items())


def _operations() -> Iterator[tuple[str, ...]]:
    for operation in OPERATIONS.values():
        yield f"`{operation.name}`", operation.about, "; ".join(_parameters(operation)) or "nothing", operation.gives


def _parameters(operation: Operation) -> Iterator[str]:
    for parameter in operation.parameters:
        yield f"`{parameter.name}`{'' if parameter.is_required else ' (may be left out)'}: {parameter.about}"


def _codes() -> Iterable[tuple[str, ...]]:
    return sorted({(f"`{told.code}`", VERDICTS[told.severity], readable(told.sentence)) for told in told_by()})


def readable(sentence: str) -> str:
    """A sentence of the catalogue as it looks with its places empty."""
    return sentence.replace("%(", "‹").replace(")s", "›")
