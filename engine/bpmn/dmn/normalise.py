"""Bring a DMN file of any version to the one form that is read. Works in place on a freshly parsed file."""

from engine.bpmn.dmn.vocabulary import kind_of
from engine.bpmn.findings import GIVEN_ID
from engine.bpmn.vocabulary import DMN, DMN_VERSIONS, Element

_NEED_ID = frozenset({"decisionTable", "input", "output", "rule", "inputEntry", "outputEntry"})
_PARTS_OF_A_TABLE = frozenset({"input", "output", "rule"})
_OLD = tuple(f"{{{namespace}}}" for namespace in DMN_VERSIONS)


def normalise(root: Element) -> None:
    for element in root.iter():
        _read_as_current(element)
        if kind_of(element) in _NEED_ID and not element.get("id"):
            element.set("id", f"given_{element.sourceline}_{element.tag}")
            element.set(GIVEN_ID, "true")
    for table in root.iter(f"{DMN}decisionTable"):
        for part in [part for part in table if kind_of(part) not in _PARTS_OF_A_TABLE]:
            table.remove(part)  # names of annotation columns, what editors keep for themselves


def _read_as_current(element: Element) -> None:
    tag = str(element.tag)
    version = next((each for each in _OLD if tag.startswith(each)), None)
    if version is not None and version != DMN:
        element.tag = DMN + tag.removeprefix(version)
