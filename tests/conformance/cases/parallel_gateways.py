"""Forks and joins, with as many tokens as they expect and with more."""

from tests.conformance.cases.gateway_shapes import THREE_TURNS, fork, turning
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    chain,
    end,
    exclusive,
    flow,
    parallel,
    start,
    user_task,
)

PARALLEL: tuple[Trace, ...] = (
    trace(
        "a fork takes every branch and its join waits for all",
        "parallelGateway",
        fork(parallel("bagi"), parallel("gabung"), "abc"),
        """
        start       | a b c
        complete b  | a c
        complete c  | a
        complete a  | z
        complete z  | ended
        """,
    ),
    trace(
        "a join in a loop waits in every turn",
        ("parallelGateway", "S10"),
        turning(parallel("bagi"), parallel("gabung")),
        THREE_TURNS,
    ),
    trace(
        "a join counts its tokens by flow: two by one flow are not one by each",
        ("parallelGateway", "S11"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), parallel("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), flow("bagi", "a2"), flow("a2", "temu")),
            *(flow("bagi", "b"), flow("b", "gabung")),
        ),
        """
        start       | a a2 b
        complete a  | a2 b
        complete a2 | b
        complete b  | z
        complete z  | !join.stranded
        """,
    ),
    trace(
        "a surplus token is kept for the next round",
        ("parallelGateway", "S11"),
        (
            *chain(start(), parallel("bagi"), user_task("a"), exclusive("temu"), parallel("gabung"), user_task("z")),
            *(user_task("a2"), user_task("b"), exclusive("temu2"), user_task("b2")),
            *(flow("bagi", "a2"), flow("a2", "temu"), flow("bagi", "b"), flow("bagi", "b2")),
            *(flow("b", "temu2"), flow("b2", "temu2"), flow("temu2", "gabung")),
        ),
        """
        start       | a a2 b b2
        complete a  | a2 b b2
        complete a2 | b b2
        complete b  | b2 z
        complete b2 | z z
        complete z  | z
        complete z  | ended
        """,
    ),
    trace(
        "a token that can meet no other is an incident and no end",
        ("parallelGateway", "S19"),
        (
            *chain(start(), exclusive("pilih", default="pilih_a"), user_task("a"), parallel("gabung"), user_task("z")),
            *(user_task("b"), flow("pilih", "b", condition="false"), flow("b", "gabung")),
        ),
        """
        start       | a
        complete a  | !join.stranded
        """,
    ),
    trace(
        "one gateway may join and fork",
        "parallelGateway",
        (
            *chain(start(), parallel("bagi"), user_task("a"), parallel("tukar"), user_task("c"), end()),
            *(user_task("b"), user_task("d"), flow("bagi", "b"), flow("b", "tukar"), flow("tukar", "d")),
        ),
        """
        start       | a b
        complete a  | b
        complete b  | c d
        complete d  | c
        complete c  | ended
        """,
    ),
    trace(
        "forks inside forks join from the inside out",
        "parallelGateway",
        (
            *chain(start(), parallel("f1"), user_task("a"), parallel("j1"), user_task("z"), end()),
            *chain(parallel("f2"), user_task("b"), parallel("j2")),
            *(user_task("c"), flow("f1", "f2"), flow("f2", "c"), flow("c", "j2"), flow("j2", "j1")),
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
    trace(
        "a fork without a join ends when its last branch ends",
        "parallelGateway",
        (*chain(start(), parallel("bagi"), user_task("a"), end()), *chain(user_task("b"), end("e")), flow("bagi", "b")),
        """
        start       | a b
        complete a  | b
        complete b  | ended
        """,
    ),
    trace(
        "tokens that reach a fork side by side each take all branches",
        "parallelGateway",
        (
            *chain(start(), parallel("f"), user_task("a"), exclusive("temu"), parallel("g"), user_task("c"), end()),
            *(user_task("b"), user_task("d"), flow("f", "b"), flow("b", "temu"), flow("g", "d")),
        ),
        """
        start       | a b
        complete a  | b c d
        complete b  | c c d d
        """,
    ),
)
