"""Who does a person's task: said at the task, else at its lane, else by the lane's name."""

import re

from engine.bpmn.drawing import Drawing
from engine.bpmn.graph import Performer, PerformerKind, Sharing
from engine.bpmn.vocabulary import TK, Element, extension, is_true

INITIATORS = frozenset({"pemohon", "pemulai", "pengaju"})
ROLES = {
    "pemulai": PerformerKind.INITIATOR,
    "atasan-pemulai": PerformerKind.SUPERIOR_OF_INITIATOR,
    "atasan-pemohon": PerformerKind.SUPERIOR_OF_INITIATOR,
    "kepala-unit": PerformerKind.HEAD_OF_UNIT,
}
# Lanes that offices name by what somebody is to the case.
RELATIVE = {
    **dict.fromkeys(INITIATORS, PerformerKind.INITIATOR),
    **dict.fromkeys((f"atasan {who}" for who in INITIATORS), PerformerKind.SUPERIOR_OF_INITIATOR),
    "atasan langsung": PerformerKind.SUPERIOR_OF_INITIATOR,
    "kepala unit": PerformerKind.HEAD_OF_UNIT,
}
WAYS = {
    "antrean": Sharing.POOL,
    "beban": Sharing.LEAST_LOADED,
    "giliran": Sharing.IN_TURN,
    "tetap": Sharing.FIXED,
}
TEAM = "${tim}"
_NAMING = ("eksternal", "peran", "peranTim", "samaDengan", "pegawai", "jabatan", "calon")
_COMMA_OUTSIDE_EXPRESSION = re.compile(r",(?![^{]*\})")


def performer_of(drawing: Drawing, task: Element) -> Performer | None:
    """None when nobody is named."""
    lane = drawing.lane_of(task)
    for owner in (task, lane):
        said = None if owner is None else extension(owner, f"{TK}pelaksana")
        if said is not None and (_names_somebody(said) or not _says_how(said)):
            return _performer(said)
    return None if lane is None else _performer_by_name(lane.get("name", ""))


def sharing_of(drawing: Drawing, task: Element) -> Sharing:
    return WAYS.get(way_of(drawing, task), Sharing.POOL)


def way_of(drawing: Drawing, task: Element) -> str:
    """As it was written, at the task or else at its lane."""
    return _said(drawing, task, "cara").lower()


def steps_to_differ_from(drawing: Drawing, task: Element) -> tuple[str, ...]:
    return listed(_said(drawing, task, "bedaDari"))


def is_strategic(task: Element) -> bool:
    """Said by an element of its own or by an attribute of the task."""
    return extension(task, f"{TK}strategis") is not None or is_true(task, f"{TK}strategis")


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _COMMA_OUTSIDE_EXPRESSION.split(text) if part.strip())


def _said(drawing: Drawing, task: Element, attribute: str) -> str:
    for owner in (task, drawing.lane_of(task)):
        element = None if owner is None else extension(owner, f"{TK}pelaksana")
        if element is not None and element.get(attribute, "").strip():
            return element.get(attribute, "").strip()
    return ""


def _names_somebody(element: Element) -> bool:
    return any(element.get(name, "").strip() for name in _NAMING)


def _says_how(element: Element) -> bool:
    """Only that: who it is stands elsewhere."""
    return bool(element.get("cara") or element.get("bedaDari"))


def _performer(element: Element) -> Performer | None:
    if element.get("eksternal", "").lower() == "true":
        return Performer(kind=PerformerKind.EXTERNAL)
    if role := element.get("peran", "").strip().lower():
        return Performer(kind=ROLES[role]) if role in ROLES else None
    if role := element.get("peranTim", "").strip():
        team = element.get("tim", "").strip() or TEAM
        return Performer(kind=PerformerKind.TEAM_ROLE, refs=(" ".join(role.split()),), team=team)
    if steps := listed(element.get("samaDengan", "")):
        return Performer(kind=PerformerKind.SAME_AS, refs=steps)
    if people := listed(element.get("pegawai", "")):
        return Performer(kind=PerformerKind.EMPLOYEE, refs=people)
    besides = listed(element.get("calon", ""))
    if positions := listed(element.get("jabatan", "")):
        return Performer(kind=PerformerKind.POSITION, refs=positions, people=besides)
    return Performer(kind=PerformerKind.EMPLOYEE, refs=besides) if besides else None


def _performer_by_name(name: str) -> Performer | None:
    words = " ".join(name.split())
    if not words:
        return None
    kind = RELATIVE.get(words.casefold())
    return Performer(kind=PerformerKind.POSITION, refs=(words,)) if kind is None else Performer(kind=kind)
