"""Sound diagrams, spoilt: bytes that changed on the way, and elements that a careless or hostile hand moved about."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
KINDS = """
    startEvent endEvent userTask task scriptTask serviceTask sendTask receiveTask businessRuleTask manualTask
    callActivity subProcess transaction adHocSubProcess boundaryEvent intermediateCatchEvent intermediateThrowEvent
    exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway sequenceFlow laneSet lane
    process collaboration participant messageFlow message signal error escalation dataObject dataStoreReference
    timerEventDefinition messageEventDefinition signalEventDefinition errorEventDefinition linkEventDefinition
    compensateEventDefinition terminateEventDefinition conditionalEventDefinition escalationEventDefinition
    cancelEventDefinition multiInstanceLoopCharacteristics standardLoopCharacteristics ioSpecification group
    choreographyTask globalTask conversation documentation extensionElements script conditionExpression
""".split()  # noqa: SIM905 - a list of forty words reads worse
TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "true",
    "P99999999999Y",
    "-PT1H",
    "R/PT0S",
    "R-1/P1D",
    "0 0 31 2 *",
    "2026-02-30T25:61:00",
    "x.__class__",
    "__import__('os').system('true')",
    "9 ** 9 ** 9 ** 9",
    "'a' * 9999999999",
    "(" * 3_000,
    "${",
    "= {",
    "{{x}}",
    "%s%n%(x)s",
    "../../etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:1/",
    "\u202eabc\u0000".replace("\u0000", ""),
    "𝔘" * 500,
    "a" * 20_000,
    "tidak_ada",
    "bpmn:bpmn:x",
)


def mutated(source: bytes, chance: Random) -> bytes:
    """The file with one to five faults in it."""
    faults = chance.randint(1, 5)
    if chance.random() < 0.3:
        for _fault in range(faults):
            source = chance.choice(BYTE_FAULTS)(source, chance)
        return source
    root = etree.fromstring(source)
    for _fault in range(faults):
        chance.choice(ELEMENT_FAULTS)(root, chance)
    return etree.tostring(root)


def _change_a_byte(source: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(source) or 1)
    return source[:place] + bytes([chance.randrange(256)]) + source[place + 1 :]


def _lose_a_piece(source: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(source) or 1)
    return source[:place] + source[place + chance.randint(1, 200) :]


def _double_a_piece(source: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(source) or 1)
    return source[:place] + source[place : place + chance.randint(1, 400)] * chance.randint(2, 4) + source[place:]


def _end_early(source: bytes, chance: Random) -> bytes:
    return source[: chance.randrange(len(source) or 1)]


def _drop(root: Any, chance: Random) -> None:
    element = _any(root, chance)
    if element is not root:
        element.getparent().remove(element)


def _copy_elsewhere(root: Any, chance: Random) -> None:
    _any(root, chance).append(deepcopy(_any(root, chance)))


def _move_elsewhere(root: Any, chance: Random) -> None:
    element, target = _any(root, chance), _any(root, chance)
    if element is not root and element not in {target, *target.iterancestors()}:
        target.insert(chance.randrange(len(target) + 1), element)


def _turn_into_another_kind(root: Any, chance: Random) -> None:
    _any(root, chance).tag = BPMN + chance.choice(KINDS)


def _insert(root: Any, chance: Random) -> None:
    etree.SubElement(_any(root, chance), BPMN + chance.choice(KINDS), id=f"baru{chance.randrange(10)}")


def _swap_attributes(root: Any, chance: Random) -> None:
    one, other = _any(root, chance), _any(root, chance)
    if one.attrib and other.attrib:
        name, value = chance.choice(one.items())
        one.set(name, chance.choice(other.values()))
        other.set(name, value)


def _lose_an_attribute(root: Any, chance: Random) -> None:
    element = _any(root, chance)
    if element.attrib:
        del element.attrib[chance.choice(element.keys())]


def _say_something_hostile(root: Any, chance: Random) -> None:
    element = _any(root, chance)
    if element.attrib and chance.random() < 0.6:
        element.set(chance.choice(element.keys()), chance.choice(TEXTS))
    else:
        element.text = chance.choice(TEXTS)


def _any(root: Any, chance: Random) -> Any:
    return chance.choice([element for element in root.iter() if isinstance(element.tag, str)])


BYTE_FAULTS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _change_a_byte,
    _lose_a_piece,
    _double_a_piece,
    _end_early,
)
ELEMENT_FAULTS: tuple[Callable[[Any, Random], None], ...] = (
    _drop,
    _copy_elsewhere,
    _move_elsewhere,
    _turn_into_another_kind,
    _insert,
    _swap_attributes,
    _lose_an_attribute,
    _say_something_hostile,
)
