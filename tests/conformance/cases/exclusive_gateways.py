"""Decisions."""

from tests.conformance.cases.gateway_shapes import decision, fork
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    chain,
    end,
    exclusive,
    flow,
    parallel,
    script_task,
    start,
    user_task,
)

EXCLUSIVE: tuple[Trace, ...] = (
    trace(
        "the first branch of the file whose condition holds is taken",
        ("exclusiveGateway", "S13"),
        decision("exclusiveGateway", "x > 5", "x > 1", "x > 0"),
        """
        start x=3   | b2
        complete b2 | ended
        """,
    ),
    trace(
        "the default branch is taken when no condition holds, wherever it stands",
        "exclusiveGateway",
        decision("exclusiveGateway", "", "x > 1", default="b1"),
        """
        start x=0   | b1
        """,
    ),
    trace(
        "the default branch is left when a condition holds",
        "exclusiveGateway",
        decision("exclusiveGateway", "", "x > 1", default="b1"),
        """
        start x=2   | b2
        """,
    ),
    trace(
        "an impossible decision is an incident that a retry mends",
        ("exclusiveGateway", "retry"),
        decision("exclusiveGateway", "x > 5", "x > 1"),
        """
        start x=0   | !gateway.no_way
        retry       | !gateway.no_way
        set x=2     | !gateway.no_way
        retry       | b2
        complete b2 | ended
        """,
    ),
    trace(
        "a decision about what nobody has said is an incident",
        "exclusiveGateway",
        decision("exclusiveGateway", "jumlah > 5", "jumlah > 1"),
        """
        start           | !expression.unknown_name
        set jumlah=7    | !expression.unknown_name
        retry           | b1
        """,
    ),
    trace(
        "a decision merges: every token that comes goes on by itself",
        "exclusiveGateway",
        fork(parallel("bagi"), exclusive("gabung")),
        """
        start       | a b
        complete a  | b z
        complete b  | z z
        complete z  | z
        complete z  | ended
        """,
    ),
    trace(
        "a loop of decisions counts as far as it is told",
        ("exclusiveGateway", "S1"),
        (
            *chain(start(), exclusive("masuk"), user_task("a"), script_task("hitung", "n = n + 1")),
            *chain(exclusive("lagi", default="lagi_selesai"), end()),
            *(flow("hitung", "lagi"), flow("lagi", "masuk", condition="n < 3")),
        ),
        """
        start n=0   | a
        complete a  | a n=1
        complete a  | a n=2
        complete a  | n=3 ended
        """,
    ),
    trace(
        "five hundred turns without a person end where they should",
        ("exclusiveGateway", "S1"),
        (
            *chain(start(), exclusive("masuk"), script_task("hitung", "n = n + 1")),
            *chain(exclusive("lagi", default="lagi_b"), user_task("b"), end()),
            *(flow("hitung", "lagi"), flow("lagi", "masuk", condition="n < 500")),
        ),
        """
        start n=0   | b n=500
        complete b  | ended
        """,
    ),
)
