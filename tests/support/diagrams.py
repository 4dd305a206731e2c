"""BPMN files for tests, put together from small parts; each test names only what matters to it.

diagram(lane("Staf", "periksa"), *chain(start(), user_task("periksa"), end()))
"""

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = (
    f'xmlns="{BPMN}" xmlns:tk="https://tatakerja.id/schema/bpmn/1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:tns="urn:kantor" targetNamespace="urn:kantor"'
)


class Part(str):
    """A piece of XML that remembers the id of its element."""

    identity: str
    __slots__ = ("identity",)


def definitions(*parts: str) -> bytes:
    """A file of processes, messages, pools …"""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions {NAMESPACES}>\n{lines(parts)}\n</definitions>'.encode()
    )


def process(*parts: str, identity: str = "proses", name: str = "Proses", **attributes: str) -> Part:
    return element("process", identity, *_lane_set_first(parts), name=name, **attributes)


def diagram(*parts: str, outside: tuple[str, ...] = ()) -> bytes:
    """A file with one process; `outside` stands beside it."""
    return definitions(process(*parts), *outside)


def chain(*parts: Part) -> tuple[str, ...]:
    """The parts, and flows from each to the next."""
    return (*parts, *arrows(*(part.identity for part in parts)))


def arrows(*identities: str) -> tuple[str, ...]:
    return tuple(flow(source, target) for source, target in pairwise(identities))


def flow(source: str, target: str, name: str = "", condition: str = "", identity: str | None = None) -> Part:
    inside = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    attributes = {"sourceRef": source, "targetRef": target, **({"name": name} if name else {})}
    return element("sequenceFlow", f"{source}_{target}" if identity is None else identity, inside, **attributes)


def start(identity: str = "mulai", *inside: str, **attributes: str) -> Part:
    return element("startEvent", identity, *inside, **attributes)


def end(identity: str = "selesai", *inside: str, **attributes: str) -> Part:
    return element("endEvent", identity, *inside, **attributes)


def user_task(identity: str, *inside: str, **attributes: str) -> Part:
    return element("userTask", identity, *inside, **{"name": identity.capitalize(), **attributes})


def person_task(identity: str, position: str = "Staf", *inside: str) -> Part:
    """A user task about which the linter has nothing to say."""
    said = f"<tk:pelaksana jabatan={quoteattr(position)}/>", standard_time(10, "menit"), '<tk:output nama="berkas"/>'
    return user_task(identity, extensions(*said, *inside))


def script_task(identity: str, script: str) -> Part:
    return element("scriptTask", identity, f"<script>{escape(script)}</script>", name=identity)


def service_task(identity: str, operation: str = "notify") -> Part:
    return element("serviceTask", identity, extensions(f'<tk:layanan operasi="{operation}"/>'), name=identity)


def call(identity: str, called: str) -> Part:
    return element("callActivity", identity, name=identity, calledElement=called)


def exclusive(identity: str, **attributes: str) -> Part:
    return element("exclusiveGateway", identity, name=identity, **attributes)


def parallel(identity: str) -> Part:
    return element("parallelGateway", identity, name=identity)


def catch(identity: str, *inside: str) -> Part:
    return element("intermediateCatchEvent", identity, *inside, name=identity)


def throw(identity: str, *inside: str) -> Part:
    return element("intermediateThrowEvent", identity, *inside, name=identity)


def boundary(identity: str, host: str, *inside: str, **attributes: str) -> Part:
    return element("boundaryEvent", identity, *inside, name=identity, attachedToRef=host, **attributes)


def sub_process(identity: str, *parts: str, **attributes: str) -> Part:
    return element("subProcess", identity, *parts, name=identity, **attributes)


def timer(text: str = "PT1H", kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{escape(text)}</{kind}></timerEventDefinition>"


def event(kind: str, **attributes: str) -> str:
    """An event definition: `event("message", messageRef="pesan")`."""
    return element(f"{kind}EventDefinition", "", **attributes)


def lane(name: str, *members: str, inside: str = "", identity: str = "") -> Part:
    references = "".join(f"<flowNodeRef>{member}</flowNodeRef>" for member in members)
    return element("lane", identity or f"lane_{name}".replace(" ", "_"), inside, references, name=name)


def nested_lanes(*lanes: str) -> str:
    return f"<childLaneSet>{''.join(lanes)}</childLaneSet>"


def extensions(*inside: str) -> str:
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def standard_time(amount: float | str, unit: str) -> str:
    return f'<tk:waktu nilai="{amount}" satuan="{unit}"/>'


def element(kind: str, identity: str, *inside: str, **attributes: str) -> Part:
    named = {"id": identity, **attributes} if identity else attributes
    written = "".join(f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in named.items())
    part = Part(f"<{kind}{written}>{lines(inside)}</{kind}>" if inside else f"<{kind}{written}/>")
    part.identity = identity
    return part


def lines(parts: tuple[str, ...]) -> str:
    return "\n".join(parts)


def a_sound_diagram() -> bytes:
    """Two lanes, a decision with a way back, a reminder: the linter has nothing to say."""
    return diagram(
        lane("Staf Tata Usaha", "mulai", "terima", "ingatkan"),
        lane("Kepala Seksi", "setujui", "lengkap", "selesai"),
        *chain(start(), person_task("terima"), person_task("setujui"), exclusive("lengkap", default="lengkap_terima")),
        end(),
        flow("lengkap", "selesai", "Ya", "lengkap == true"),
        flow("lengkap", "terima", "Tidak"),
        boundary("ingatkan", "terima", timer("PT4H"), cancelActivity="false"),
        flow("ingatkan", "selesai"),
    )


def long_chain(steps: int) -> bytes:
    """So many tasks in a row."""
    return diagram(*chain(start(), *(element("task", f"langkah_{n}") for n in range(steps)), end()))


def _lane_set_first(parts: tuple[str, ...]) -> tuple[str, ...]:
    lanes = [part for part in parts if part.startswith("<lane ")]
    others = [part for part in parts if not part.startswith("<lane ")]
    return (f"<laneSet>{''.join(lanes)}</laneSet>", *others) if lanes else tuple(others)
