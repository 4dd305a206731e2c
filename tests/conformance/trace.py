"""How a conformance case is written down: a diagram, and a table of what happens and what is seen then.

    start n=1           | kerja ?tepi
    message pesan       | tangani n=1
    complete tangani    | ended

Left: `start`, `complete E`, `message N`, `signal N`, `wait 2h`, `answer E` (a service did it), `break E` (it could
not), `throw E CODE`, `set`, `retry`, `move E to F`, `cancel`, `continue`, and variables. `start` may name an event.
Right, all of it: open work by element, `?event` waited for, `@task` asked of a service, `!fault`, `>message` and
`~signal` sent, `ended`. Right, where it matters: `name=value` variables (`name=-` not there), `done:a,b` what finished
in that order, `gone:a` what was stopped, `refused` with the code of the refusal.
"""

from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from engine.bpmn.vocabulary import BPMN, FLOW_NODES
from tests.support.diagrams import definitions, diagram
from tests.unit.runtime.cases import NAMED

ABSENT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """`about` names what the case proves, as the page of supported elements calls it."""

    name: str
    about: tuple[str, ...]
    source: bytes
    table: str
    decisions: bytes = b""

    @property
    def steps(self) -> "tuple[Step, ...]":
        return steps_of(self.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A diagram that is not run, and the codes that say why, all of them that refuse it."""

    name: str
    about: tuple[str, ...]
    source: bytes
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    text: str
    verb: str
    words: tuple[str, ...]
    variables: dict[str, Any]
    seen: "Seen"


@dataclass(slots=True, kw_only=True)
class Seen:
    open: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)
    has_ended: bool = False
    refused: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    done: list[str] | None = None
    gone: list[str] | None = None


def trace(name: str, about: str | tuple[str, ...], parts: tuple[str, ...], table: str) -> Trace:
    """A case of a diagram with one process, in which the usual messages, signals and errors are known."""
    return trace_of(name, about, diagram(*parts, outside=NAMED), table)


def trace_of(name: str, about: str | tuple[str, ...], source: bytes, table: str) -> Trace:
    return Trace(name=name, about=_all(about), source=ended(source), table=table)


def trace_deciding(
    name: str, about: str | tuple[str, ...], parts: tuple[str, ...], decisions: bytes, table: str
) -> Trace:
    """A case with a file of decisions beside its diagram."""
    return replace(trace(name, about, parts, table), decisions=decisions)


def refusal(name: str, about: str | tuple[str, ...], parts: tuple[str, ...], *codes: str) -> Refusal:
    return refusal_of(name, about, diagram(*parts, outside=NAMED), *codes)


def refusal_of(name: str, about: str | tuple[str, ...], source: bytes, *codes: str) -> Refusal:
    return Refusal(name=name, about=_all(about), source=source, codes=codes)


def of_processes(*processes: str) -> bytes:
    return definitions(*NAMED, *processes)


def ended(source: bytes) -> bytes:
    """With the arrows to a plain end that a real drawing has and that would only be in the way here."""
    root = etree.fromstring(source)
    for scope in root.iter(BPMN + "process", BPMN + "subProcess", BPMN + "transaction"):
        left = {flow.get("sourceRef") for flow in scope.iterchildren(f"{BPMN}sequenceFlow")}
        open_ended = [child for child in scope if _leads_nowhere(child, left)]
        if open_ended and scope.find(f"{BPMN}endEvent") is not None:
            last = _plain_end(scope)
            for node in open_ended:
                ends = {"sourceRef": node.get("id"), "targetRef": last.get("id")}
                etree.SubElement(scope, f"{BPMN}sequenceFlow", {"id": f"{node.get('id')}__end", **ends})
    return etree.tostring(root)


def _plain_end(scope: Any) -> Any:
    ends = (end for end in scope.iterchildren(f"{BPMN}endEvent") if len(end) == 0)
    found = next(ends, None)
    return etree.SubElement(scope, f"{BPMN}endEvent", {"id": f"{scope.get('id')}__end"}) if found is None else found


def _leads_nowhere(node: Any, left: set[str | None]) -> bool:
    kind = node.tag.removeprefix(BPMN)
    is_aside = node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true"
    is_pair = (
        node.find(f"{BPMN}compensateEventDefinition") is not None or node.find(f"{BPMN}linkEventDefinition") is not None
    )
    return (
        kind in FLOW_NODES - {"endEvent"}
        and node.get("id") not in left
        and not is_aside
        and not (is_pair and kind != "intermediateCatchEvent")
    )


def _all(about: str | tuple[str, ...]) -> tuple[str, ...]:
    return (about,) if isinstance(about, str) else about


def steps_of(table: str) -> "tuple[Step, ...]":
    return tuple(_steps(table))


def _steps(table: str) -> Iterator[Step]:
    for line in filter(None, map(str.strip, table.splitlines())):
        told, _bar, seen = line.partition("|")
        verb, *words = told.split()
        variables = dict(_variable(word) for word in words if "=" in word)
        others = tuple(word for word in words if "=" not in word)
        yield Step(text=line, verb=verb, words=others, variables=variables, seen=_seen(seen.split()))


SIGNS = {"?": "waiting", "@": "asked", "!": "faults", ">": "messages", "~": "signals"}


def _seen(words: list[str]) -> Seen:
    seen = Seen()
    for word in words:
        if word == "ended":
            seen.has_ended = True
        elif word[0] in SIGNS:
            getattr(seen, SIGNS[word[0]]).append(word[1:])
        elif word.startswith(("done:", "gone:")):
            setattr(seen, word[:4], list(filter(None, word[5:].split(","))))
        elif word.startswith("refused:"):
            seen.refused = word.removeprefix("refused:")
        elif "=" in word:
            seen.variables |= dict([_variable(word)])
        else:
            seen.open.append(word)
    return seen


def _variable(word: str) -> tuple[str, Any]:
    name, _sign, value = word.partition("=")
    return name, ABSENT if value == ABSENT else literal_eval(value)
