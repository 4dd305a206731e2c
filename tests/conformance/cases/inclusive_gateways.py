"""Branches of which some are taken, and joins that wait for those."""

from tests.conformance.cases.gateway_shapes import THREE_TURNS, decision, turning
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    boundary,
    chain,
    end,
    exclusive,
    flow,
    parallel,
    start,
    sub_process,
    user_task,
)
from tests.unit.runtime.cases import BY_MESSAGE, inclusive

INCLUSIVE: tuple[Trace, ...] = (
    trace(
        "every branch whose condition holds is taken",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "x > 1", "x > 2"),
        """
        start x=2   | b1 b2
        """,
    ),
    trace(
        "a branch without a condition is always taken",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "", "x > 1"),
        """
        start x=1   | b1 b2
        complete b1 | b2
        complete b2 | ended
        """,
    ),
    trace(
        "the default branch is taken only when no other is",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "", default="b2"),
        """
        start x=0   | b2
        """,
    ),
    trace(
        "the default branch is left when another is taken",
        "inclusiveGateway",
        decision("inclusiveGateway", "x > 0", "", default="b2"),
        """
        start x=1   | b1
        """,
    ),
    trace(
        "a gateway that can take no branch is an incident that a retry mends",
        ("inclusiveGateway", "retry"),
        decision("inclusiveGateway", "x > 0", "x > 1"),
        """
        start x=0   | !gateway.no_way
        set x=3     | !gateway.no_way
        retry       | b1 b2
        """,
    ),
    trace(
        "a join waits for the branches that were taken and for no others",
        "inclusiveGateway",
        (
            *(*chain(start(), inclusive("bagi")), flow("bagi", "a", condition="true")),
            *chain(user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), user_task("c"), flow("b", "gabung"), flow("c", "gabung")),
            *(flow("bagi", "b", condition="x > 0"), flow("bagi", "c", condition="x > 1")),
        ),
        """
        start x=1   | a b
        complete a  | b
        complete b  | z
        complete z  | ended
        """,
    ),
    trace(
        "an inclusive join in a loop waits in every turn",
        ("inclusiveGateway", "S10"),
        turning(inclusive("bagi"), inclusive("gabung")),
        THREE_TURNS,
    ),
    trace(
        "a join goes on when the branch it waits for ends elsewhere",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), exclusive("keluar", default="keluar_e"), end("e"), flow("bagi", "b")),
            *(flow("b", "keluar"), flow("keluar", "gabung", condition="x"), flow("keluar", "e")),
        ),
        """
        start               | a b
        complete a          | b
        complete b x=False  | z
        complete z          | ended
        """,
    ),
    trace(
        "a join waits for a token that a boundary event may still send",
        ("inclusiveGateway", "message boundary"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), end("e"), flow("bagi", "b"), flow("b", "e")),
            *(boundary("tepi", "b", BY_MESSAGE), flow("tepi", "gabung")),
        ),
        """
        start           | a b ?tepi
        complete a      | b ?tepi
        message pesan   | z
        """,
    ),
    trace(
        "a join goes on when the task with such a boundary event is done",
        ("inclusiveGateway", "message boundary"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(user_task("b"), end("e"), flow("bagi", "b"), flow("b", "e")),
            *(boundary("tepi", "b", BY_MESSAGE), flow("tepi", "gabung")),
        ),
        """
        start       | a b ?tepi
        complete a  | b ?tepi
        complete b  | z
        """,
    ),
    trace(
        "joins one behind the other go on in order",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("j1"), inclusive("j2"), user_task("z"), end()),
            *(user_task("b"), user_task("c")),
            *(flow("bagi", "b"), flow("bagi", "c"), flow("b", "j1"), flow("c", "j2")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
    trace(
        "a join takes one token from each flow where one waits",
        "inclusiveGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), inclusive("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), flow("bagi", "a2"), flow("a2", "temu")),
            *(flow("bagi", "b"), flow("b", "gabung")),
        ),
        """
        start       | a a2 b
        complete a  | a2 b
        complete a2 | b
        complete b  | z z
        """,
    ),
    trace(
        "a join does not wait for tokens in another sub-process",
        ("inclusiveGateway", "subProcess"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), inclusive("gabung"), user_task("z"), end()),
            *(sub_process("s", *chain(start("m"), user_task("b"), end("n"))), end("e"), flow("bagi", "s")),
            *(flow("s", "e"), user_task("c"), flow("c", "gabung"), flow("bagi", "c")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b z
        """,
    ),
)
