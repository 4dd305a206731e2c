"""The immutable process graph: what the reader makes of a diagram and the runtime moves tokens over.

Tuples stand in document order, and that order carries meaning (ENGINE contract: deterministic).
Ids are unique in the graph; `bpmn_id` is the id of the element in the file as uploaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engine.bpmn.decision import DecisionCall
from engine.expressions.expression import Expression, Script


class EventKind(StrEnum):
    MESSAGE = "message"
    SIGNAL = "signal"
    TIMER = "timer"
    ERROR = "error"
    ESCALATION = "escalation"
    CONDITIONAL = "conditional"
    COMPENSATE = "compensate"
    CANCEL = "cancel"
    TERMINATE = "terminate"
    LINK = "link"


class TimerKind(StrEnum):
    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    id: str
    bpmn_id: str
    source: str
    target: str
    name: str = ""
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDefinition:
    """`name` is the resolved message or signal name, error or escalation code, link name, or activity.

    `catches_any` is set for an error or escalation without a code of its own, which catches those of any code.
    `lifetime` is how long a message is kept for somebody who does not wait yet, where the drawing says so.
    """

    kind: EventKind
    name: str | None = None
    catches_any: bool = False
    correlation: Expression | None = None
    lifetime: str | None = None
    timer: TimerKind | None = None
    value: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Multi-instance (BPMN 13.3.7) or, when `is_standard`, a standard loop (13.3.6)."""

    is_standard: bool = False
    is_sequential: bool = True
    cardinality: Expression | None = None
    collection: Expression | None = None
    item: str | None = None
    output: str | None = None
    output_item: str | None = None
    condition: Expression | None = None
    tests_before: bool = False
    maximum: int | None = None
    told: EventDefinition | None = None  # thrown when a pass is completed, or the first one only
    tells_once: bool = False


class PerformerKind(StrEnum):
    POSITION = "position"  # code or name of a position, or a name shared by many, sought in the case's unit
    INITIATOR = "initiator"  # whoever started the case
    SUPERIOR_OF_INITIATOR = "superior_of_initiator"
    HEAD_OF_UNIT = "head_of_unit"
    EMPLOYEE = "employee"  # NIP or user name, also from the case's data
    EXTERNAL = "external"  # an applicant outside the office: nobody's inbox
    TEAM_ROLE = "team_role"  # a role such as Ketua Tim in the team that the case's data name
    SAME_AS = "same_as"  # whoever did another step of the case


class Sharing(StrEnum):
    """Who of several has the work."""

    POOL = "pool"  # whoever takes it
    LEAST_LOADED = "least_loaded"
    IN_TURN = "in_turn"
    FIXED = "fixed"  # who did it in this case before, else who holds the position longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Performer:
    """Who does the steps of a lane, or one step. `refs` are codes or names, or an expression in `${…}`.

    `people` may take the work beside the holders of a position; `team` is where the members of a team stand.
    """

    kind: PerformerKind
    refs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardTime:
    """Elapsed time allowed, on the working calendar: so many days, and then so many minutes.

    `text` is as the office wrote it, `least_minutes` the lower end of a range, `per` what it is counted for (berkas).
    """

    text: str
    working_minutes: int | None = None
    working_days: int | None = None
    least_minutes: int | None = None
    per: str = ""

    def of(self, count: int) -> "StandardTime":
        """So many times as long."""
        days, minutes, least = (
            None if each is None else each * count
            for each in (self.working_days, self.working_minutes, self.least_minutes)
        )
        return replace(self, working_days=days, working_minutes=minutes, least_minutes=least)


class StopsClock(StrEnum):
    """Whom the case waits for at an element that stops its clock."""

    APPLICANT = "applicant"
    OTHER_OFFICE = "other_office"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of *kelengkapan*."""

    text: str
    is_mandatory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the SOP says of a person's activity (mutu baku and guidance); from `tk:` elements of the model.

    `differs_from` are steps of the same drawing that another person must do (four eyes); a strategic one is refused
    to acting officials. `count` is of how many things (berkas) the case has, each of which takes the standard time;
    `due` gives the moment itself, in place of it; `as_needed` says why there is none, where the office sets none on
    purpose.
    """

    instruction: str = ""
    performer: Performer | None = None
    sharing: Sharing = Sharing.POOL
    differs_from: tuple[str, ...] = ()
    is_strategic: bool = False
    lane: str = ""
    form_key: str | None = None
    standard_time: StandardTime | None = None
    count: Expression | None = None
    as_needed: str | None = None
    due: Expression | None = None
    effort_minutes: int | None = None
    outputs: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    qualifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableMapping:
    """One variable carried in or out of a called process: target name and the value for it."""

    target: str
    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a service task asks for: a registered operation and its parameters."""

    operation: str
    parameters: Mapping[str, Expression] = field(default_factory=dict)
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One element. `kind` is its BPMN name: userTask, exclusiveGateway, process, subProcess …

    `standard_time` is that of a whole process; a step has its own.
    A call `takes_all` variables in and `gives_all` back; None where the file does not say: all, unless some are mapped.
    """

    id: str
    bpmn_id: str
    kind: str
    name: str = ""
    line: int = 0
    parent: str | None = None
    default: str | None = None
    host: str | None = None
    is_interrupting: bool = True
    is_parallel_multiple: bool = False
    is_triggered_by_event: bool = False
    is_for_compensation: bool = False
    instantiates: bool = False
    is_ordered: bool = False
    cancels_remaining: bool = True
    start_quantity: int = 1
    completion_quantity: int = 1
    called: str | None = None
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    takes_all: bool | None = None
    gives_all: bool | None = None
    handler: str | None = None
    script: Script | None = None
    service: Service | None = None
    decision: DecisionCall | None = None
    condition: Expression | None = None
    loop: Loop | None = None
    step: Step | None = None
    standard_time: StandardTime | None = None
    stops_clock: StopsClock | None = None
    events: tuple[EventDefinition, ...] = ()
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    boundary: tuple[str, ...] = ()
    children: tuple[str, ...] = ()

    def has(self, kind: EventKind) -> bool:
        return any(event.kind is kind for event in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessGraph:
    """All processes of one definition version; `processes` maps a BPMN process id to its root node's id."""

    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    processes: Mapping[str, str]

    def children(self, scope: Node) -> tuple[Node, ...]:
        return tuple(self.nodes[child] for child in scope.children)

    def boundary(self, host: Node) -> tuple[Node, ...]:
        return tuple(self.nodes[event] for event in host.boundary)
