"""What Camunda 7 (`inputOutput`) and 8 (`ioMapping`) take into a step and out of it, as `tk:masukan` and `tk:hasil`.

Inputs are variables of the step alone; outputs are written when it is done.
"""

import json
import re
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.vocabulary import BPMN, CAMUNDA, TASKS, TK, ZEEBE, Element, extension, extensions, kind_of, text_of

Mapping = tuple[str, str]

# Calls, decisions and messages read their mappings themselves: there they mean more.
MAPPED = (TASKS - {"businessRuleTask", "sendTask"}) | {"subProcess", "transaction", "adHocSubProcess"}
_PLACE = re.compile(r"[$#]\{([^{}]*)\}")


def translate_task_mappings(element: Element) -> None:
    if kind_of(element) not in MAPPED:
        return
    # What a service is given are its parameters, which are read with it.
    if extension(element, f"{TK}layanan") is None:
        _say(element, "masukan", _of(element, "input"))
    _say(element, "hasil", _of(element, "output"))


def _of(element: Element, direction: str) -> Iterator[Mapping]:
    for mapping in extensions(element, f"{ZEEBE}ioMapping"):
        yield from ((each.get("target", ""), each.get("source", "")) for each in mapping.iter(ZEEBE + direction))
    for mapping in extensions(element, f"{CAMUNDA}inputOutput"):
        for each in mapping.iter(f"{CAMUNDA}{direction}Parameter"):
            yield each.get("name", ""), _expression_of(text_of(each))


def _expression_of(text: str) -> str:
    """Camunda's text with places in it as one expression; without any it is that text itself."""
    whole = _PLACE.fullmatch(text)
    if whole:
        return whole[1].strip()
    parts = _PLACE.split(text)
    said = [json.dumps(part, ensure_ascii=False) if n % 2 == 0 else f"str({part})" for n, part in enumerate(parts)]
    return " + ".join(part for part in said if part != '""')


def _say(element: Element, name: str, mappings: Iterator[Mapping]) -> None:
    """Unless the designer already wrote one."""
    if extension(element, TK + name) is not None:
        return
    for target, value in list(mappings):
        holder = element.find(f"{BPMN}extensionElements")
        if target and value and holder is not None:
            etree.SubElement(holder, TK + name, nama=target, nilai=value)
