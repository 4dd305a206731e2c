"""Drawings of sub-processes, calls, and work that can be undone."""

from tests.conformance.trace import of_processes
from tests.support.diagrams import Part, boundary, chain, element, end, event, extensions, process, start, user_task
from tests.unit.runtime.cases import multi_instance

UNDO = event("compensate")

TWICE = multi_instance("<loopCardinality>2</loopCardinality>")


def undone(name: str) -> tuple[str, ...]:
    """What undoes the work of `name`: the task `x_name`."""
    return (
        boundary(f"u_{name}", name, UNDO),
        user_task(f"x_{name}", isForCompensation="true"),
        element("association", f"h_{name}", sourceRef=f"u_{name}", targetRef=f"x_{name}"),
    )


def transaction(identity: str, *parts: str) -> Part:
    return element("transaction", identity, *parts)


def ad_hoc(*parts: str, **attributes: str) -> tuple[str, ...]:
    return chain(start(), element("adHocSubProcess", "bebas", *parts, **attributes), user_task("z"), end())


def calling(called: Part, *processes: str) -> bytes:
    return of_processes(process(*chain(start(), called, user_task("z"), end())), *processes)


INNER = chain(start("m"), user_task("a"), end("n"))

CHILD = process(*chain(start("m"), user_task("a"), end("n")), identity="anak")

MAPPED = extensions('<tk:masukan nama="masuk" nilai="x * 2"/><tk:hasil nama="keluar" nilai="jawaban"/>')
