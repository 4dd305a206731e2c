"""Whether the office as it stands can do what a version of a procedure asks, told before it is put in force.

Nothing here refuses a publication: a position may be filled tomorrow, and work of a vacant one goes to its superior.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from engine.access.reachable import hindrances
from engine.assignment.candidates import CaseFacts, candidates_for
from engine.assignment.choosing import Candidates
from engine.assignment.people import NoHistory
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import Node, PerformerKind, ProcessGraph
from engine.bpmn.problems import Problem, Severity
from engine.definitions.graphs import graph_of
from engine.definitions.model import DefinitionVersion, ProcessDefinition
from engine.organisation.queries import superiors_of_position

KNOWN_BEFORE = frozenset({PerformerKind.POSITION, PerformerKind.EMPLOYEE})
STARTERS = frozenset({PerformerKind.INITIATOR, PerformerKind.EXTERNAL})
STARTER = "the starter"  # no id of an element: those have no blanks
MOST_NAMED = 5
COMPUTED = ("${", "=")


def staffing_problems(reading: Reading | UnitOfWork, version_id: int) -> tuple[Problem, ...]:
    """Steps without position, positions without a holder or without one who sees it, and pairs that are for one."""
    version = reading.session.get_one(DefinitionVersion, version_id)
    unit_id = reading.session.get_one(ProcessDefinition, version.definition_id).unit_id
    on = reading.today
    graph = graph_of(reading.session, version_id)
    found = {key: _candidates(reading.session, node, unit_id, on) for key, node in graph.nodes.items()}
    known = {key: candidates for key, candidates in found.items() if candidates is not None}
    return (
        *_unstaffed(reading.session, graph, known, on),
        *_unseen(reading.session, graph, known),
        *_pairs_of_one(graph, known),
    )


def _candidates(session: Session, node: Node, unit_id: int | None, on: date) -> Candidates | None:
    """None for a step whose people only a case can tell."""
    performer = node.step.performer if node.step else None
    if performer is None or performer.kind not in KNOWN_BEFORE:
        return None
    if any(ref.lstrip().startswith(COMPUTED) for ref in (*performer.refs, *performer.people)):
        return None
    return candidates_for(session, performer, CaseFacts(unit_id=unit_id, starter_id=None), on, {}, NoHistory())


def _unstaffed(session: Session, graph: ProcessGraph, known: dict[str, Candidates], on: date) -> Iterator[Problem]:
    for key, candidates in known.items():
        if candidates.people:
            continue
        node = graph.nodes[key]
        if not candidates.position_ids:
            text = _(
                "“%(name)s” is meant for “%(wanted)s”, which is no position and nobody of this office. "
                "Correct the lane or the step, or open the position."
            )
            yield _problem(node, "staffing.unknown", text, wanted=candidates.wanted)
            continue
        superior = next(iter(superiors_of_position(session, candidates.position_ids[0], on)), None)
        if superior is None:
            text = _("Nobody holds “%(wanted)s” for “%(name)s”, nor a position above it. Appoint somebody first.")
            yield _problem(node, "staffing.nobody", text, wanted=candidates.wanted)
        else:
            text = _(
                "Nobody holds “%(wanted)s” for “%(name)s” today. Until somebody is appointed, its work goes to "
                "the superior, %(superior)s."
            )
            yield _problem(node, "staffing.vacant", text, wanted=candidates.wanted, superior=superior.name)


def _unseen(session: Session, graph: ProcessGraph, known: dict[str, Candidates]) -> Iterator[Problem]:
    """Steps whose people are all without an account."""
    unreached = hindrances(session, {each.employee_id for those in known.values() for each in those.people})
    for key, candidates in known.items():
        names = list(dict.fromkeys(each.name for each in candidates.people))
        if names and all(each.employee_id in unreached for each in candidates.people):
            text = _(
                "“%(name)s” goes to %(people)s, and nobody of them can sign in today. Let an administrator open an "
                "account before the first case starts."
            )
            said = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
            yield _problem(graph.nodes[key], "staffing.unseen", text, people=said)


def _pairs_of_one(graph: ProcessGraph, known: dict[str, Candidates]) -> Iterator[Problem]:
    """Each pair once, at the later of its steps."""
    told: set[frozenset[str]] = set()
    for key, node in graph.nodes.items():
        for other in node.step.differs_from if node.step else ():
            other_key = _beside(node, other)
            pair = frozenset({key, other_key})
            if pair in told or other_key not in graph.nodes:
                continue
            told.add(pair)
            later = graph.nodes[other_key]  # each of a pair names the other
            if _doer_is_of(graph, key) == _doer_is_of(graph, other_key):
                yield _same_person(later, node)
            elif pair <= known.keys():
                yield from _one_person(later, node, [known[each] for each in pair])


def _doer_is_of(graph: ProcessGraph, key: str) -> str:
    """Whose person does a step: the starter of the case, or whoever did a step before it, else that of its own."""
    met: set[str] = set()
    while key in graph.nodes and key not in met:
        met.add(key)
        step = graph.nodes[key].step
        performer = step.performer if step else None
        if performer is not None and performer.kind in STARTERS:
            return STARTER
        if performer is None or performer.kind is not PerformerKind.SAME_AS or len(performer.refs) != 1:
            break
        key = _beside(graph.nodes[key], performer.refs[0])
    return key


def _beside(node: Node, bpmn_id: str) -> str:
    """The id in the graph of an element of the same drawing."""
    return node.id.removesuffix(node.bpmn_id) + bpmn_id


def _same_person(node: Node, other: Node) -> Problem:
    text = _(
        "“%(name)s” and “%(other)s” need two people, but the diagram gives both to the same one. Name another "
        "performer for one of them."
    )
    return _problem(node, "staffing.same_person", text, other=other.name or other.bpmn_id)


def _one_person(node: Node, other: Node, candidates: list[Candidates]) -> Iterator[Problem]:
    people = {person.employee_id: person.name for each in candidates for person in each.people}
    if len(people) == 1 and all(each.people for each in candidates):
        text = _(
            "“%(name)s” and “%(other)s” need two people, but only %(person)s could do either today. The second "
            "will go to the superior; name another position for one of them, or appoint a second person."
        )
        person = next(iter(people.values()))
        yield _problem(node, "staffing.one_person", text, other=other.name or other.bpmn_id, person=person)


def _problem(node: Node, code: str, message: str, **params: str) -> Problem:
    return Problem(
        code=code,
        severity=Severity.WARNING,
        message=message,
        element=node.bpmn_id,
        line=node.line,
        params={"name": node.name or node.bpmn_id, **params},
    )
