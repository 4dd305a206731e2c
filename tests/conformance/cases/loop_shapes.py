"""Drawings of what is repeated."""

from tests.support.diagrams import Part, chain, element, end, start, sub_process, user_task
from tests.unit.runtime.cases import multi_instance

LIST = "<loopDataInputRef>daftar</loopDataInputRef>", '<inputDataItem name="orang"/>'
OUTPUT = "<loopDataOutputRef>hasil</loopDataOutputRef>", '<outputDataItem name="nilai"/>'
TWICE, THRICE = (f"<loopCardinality>{number}</loopCardinality>" for number in (2, 3))

PARALLEL, SEQUENTIAL, STANDARD = "parallel multi-instance", "sequential multi-instance", "standard loop"


def each(*inside: str) -> Part:
    return multi_instance(*inside)


def one_by_one(*inside: str) -> Part:
    return multi_instance(*inside, isSequential="true")


def while_true(text: str, **attributes: str) -> Part:
    condition = f"<loopCondition>{text}</loopCondition>" if text else ""
    return element("standardLoopCharacteristics", "", condition, **attributes)


def until(text: str) -> str:
    return f"<completionCondition>{text}</completionCondition>"


def repeated(loop: Part, *more: str) -> tuple[str, ...]:
    return (*chain(start(), user_task("a", loop), user_task("z"), end()), *more)


def around(loop: Part, *parts: str) -> tuple[str, ...]:
    return (*chain(start(), sub_process("bagian", loop, *parts), user_task("z"), end()),)


INNER = chain(start("m"), user_task("a"), user_task("b"), end("n"))
