"""A file is examined before any transaction is opened: reading and the trial start may take seconds."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.bpmn.check import check_safely
from engine.bpmn.graph import ProcessGraph
from engine.bpmn.problems import Problem, Severity, is_complete
from engine.bpmn.reader import NamedProcess, compile_graph
from engine.definitions.identity import identity_problems
from engine.definitions.starters import starters
from engine.forms.reader import read_form
from engine.runtime import kernel
from engine.runtime.changes import ActivityFailed, Change, ContinueRequested
from engine.runtime.stimuli import Continue
from engine.runtime.topology import chosen_starts, starts

FORM_BYTES = 256 << 10
TRIAL_INSTANT = datetime(2026, 1, 5, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A diagram with its forms (key to JSON text), decisions (DMN by file name) and identity, as they came in."""

    filename: str
    source: bytes
    forms: Mapping[str, bytes] = field(default_factory=dict)
    identity: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found in an upload, with nothing written yet.

    `calls` are processes of other files; of the `decisions` those files are left that the diagram asks.
    """

    upload: Upload
    key: str
    name: str
    problems: tuple[Problem, ...]
    forms: Mapping[str, Any]
    form_uses: tuple["FormUse", ...]
    processes: tuple[NamedProcess, ...] = ()
    calls: tuple[str, ...] = ()
    decisions: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormUse:
    """A step that is done with a form."""

    key: str
    element: str
    line: int


def examine(upload: Upload) -> Examination:
    """All problems of the diagram and its forms at once. Hostile files end in a problem, never in an exception."""
    report = check_safely(upload.source, trial=trial_start, decisions=upload.decisions)
    forms, form_problems = _read_forms(upload.forms)
    return Examination(
        upload=upload,
        key=report.main.id if report.main else "",
        name=report.main.name if report.main else "",
        problems=(*report.problems, *identity_problems(upload.identity), *form_problems),
        forms=forms,
        form_uses=_form_uses(upload.source) if is_complete(report.problems) else (),
        processes=report.processes,
        calls=report.calls,
        decisions={name: upload.decisions[name] for name in report.decision_files},
    )


def _form_uses(source: bytes) -> tuple[FormUse, ...]:
    graph = compile_graph(source)
    return tuple(
        FormUse(key=node.step.form_key, element=node.bpmn_id, line=node.line)
        for node in graph.nodes.values()
        if node.step is not None and node.step.form_key
    )


def trial_start(graph: ProcessGraph) -> tuple[Problem, ...]:
    """Start each process once, with no data: what fails already at the start is told before anyone relies on it."""
    return tuple(
        problem
        for process_id in graph.processes
        for at in _ways_in(graph, process_id)
        for change in _tried(graph, process_id, at)
        if (problem := _found_by(graph, process_id, change)) is not None
    )


def _tried(graph: ProcessGraph, process_id: str, at: str | None) -> Iterator[Change]:
    """What a start changes until it rests; a long run is gone on with, as its jobs would."""
    state, changes = kernel.start(graph, process_id, TRIAL_DATA, TRIAL_INSTANT, at, functions=TRIAL_FUNCTIONS)
    yield from changes
    while any(isinstance(change, ContinueRequested) for change in changes):
        state, changes = kernel.apply(graph, state, Continue(), TRIAL_INSTANT, functions=TRIAL_FUNCTIONS)
        yield from changes


def _found_by(graph: ProcessGraph, process_id: str, change: Change) -> Problem | None:
    match change:
        case ActivityFailed(code="case.restless"):
            return Problem(
                code="trial.restless",
                severity=Severity.MISSING,
                message=_(
                    "A trial start does not come to rest: it goes in a circle in which no step waits for anybody. "
                    "Put a person's step, a timer or a way out into the circle."
                ),
                element=process_id,
                line=_line_of(graph, graph.processes[process_id]),
            )
        case ActivityFailed(code="call.unknown" | "decision.missing"):
            return None  # in another file, which was put to its own trial, or an earlier one
        case ActivityFailed():
            return Problem(
                code="trial.failed",
                severity=Severity.WARNING,
                message=_("A trial start without data stopped here: %(reason)s Check what this element needs."),
                element=change.element,
                line=_line_of(graph, change.node),
                params={"reason": {"message": change.template, "params": dict(change.params)}},
            )
        case _:
            return None


def _ways_in(graph: ProcessGraph, process_id: str) -> tuple[str | None, ...]:
    """The start events at which cases begin, by themselves or by choice; None for the one way in of a person."""
    by_itself = [starter.element for starter in starters(graph) if starter.process_id == process_id]
    asked = [start.id for start in chosen_starts(graph, process_id)]
    plain = [None] if not asked and starts(graph, graph.nodes[graph.processes[process_id]]) else []
    return (*plain, *asked, *by_itself)


def _trial_moment(_amount: float) -> datetime:
    return TRIAL_INSTANT


TRIAL_DATA = {"judul": ""}
TRIAL_FUNCTIONS = {"hari_kerja": _trial_moment, "jam_kerja": _trial_moment}


def _line_of(graph: ProcessGraph, node_id: str) -> int | None:
    node = graph.nodes.get(node_id)
    return node.line if node else None


def _read_forms(texts: Mapping[str, bytes]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    forms: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, text in texts.items():
        try:
            forms[key] = _schema(text)
        except Invalid as refusal:
            problems += _form_problems(key, refusal)
    return forms, tuple(problems)


class NotAForm(Invalid):
    code = "form.not_json"
    message = _("This is not a form: it must be a JSON file of at most 256 KB, as the form editor writes it.")


def _schema(text: bytes) -> Any:
    if len(text) > FORM_BYTES:
        raise NotAForm
    try:
        schema = json.loads(text)
        json.dumps(schema, ensure_ascii=False, allow_nan=False).encode()  # as it will be kept: no half characters
    except (ValueError, RecursionError):
        raise NotAForm from None
    read_form(schema)
    return schema


def _form_problems(key: str, refusal: Invalid) -> list[Problem]:
    def problem(code: str, message: str, params: Mapping[str, Any]) -> Problem:
        return Problem(
            code=code,
            severity=Severity.ERROR,
            message=_("Form “%(form)s”: %(problem)s"),
            params={"form": key, "problem": {"message": message, "params": dict(params)}},
        )

    if not refusal.fields:
        return [problem(refusal.code, refusal.message, refusal.params)]
    return [problem(field.code, *_placed(field.name, field.message, field.params)) for field in refusal.fields]


def _placed(place: str, message: str, params: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """What is wrong with the form as a whole has no place in it."""
    if not place:
        return message, params
    return _("%(place)s: %(problem)s"), {"place": place, "problem": {"message": message, "params": dict(params)}}


def digest_of(
    source: bytes, forms: Mapping[str, Any], identity: Mapping[str, Any], decisions: Mapping[str, bytes]
) -> str:
    """The same digest means the same content: diagram, forms, identity and decisions."""
    rest = json.dumps([forms, identity], sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(source + b"\0" + rest.encode())
    for name, text in sorted(decisions.items()):
        digest.update(b"\0" + name.encode() + b"\0" + hashlib.sha256(text).digest())
    return digest.hexdigest()
