"""Joins that go on when enough have come."""

from tests.conformance.cases.gateway_shapes import decision, fork, turning
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    element,
    parallel,
)

COMPLEX: tuple[Trace, ...] = (
    trace(
        "a complex gateway goes on once when its condition holds, and takes the late ones in",
        "complexGateway",
        fork(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 2</activationCondition>"),
            "abc",
        ),
        """
        start       | a b c
        complete a  | b c
        complete c  | b z
        complete b  | z
        complete z  | ended
        """,
    ),
    trace(
        "a complex gateway is ready for another round",
        "complexGateway",
        turning(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 1</activationCondition>"),
        ),
        """
        start                   | a b
        complete a              | b cek
        complete b              | cek
        complete cek lagi=True  | a b
        complete b              | a cek
        complete a              | cek
        complete cek lagi=False | ended
        """,
    ),
    trace(
        "a complex gateway without a condition waits for all",
        "complexGateway",
        fork(parallel("bagi"), element("complexGateway", "cukup")),
        """
        start       | a b
        complete a  | b
        complete b  | z
        """,
    ),
    trace(
        "a complex gateway that forks takes every branch whose condition holds",
        "complexGateway",
        decision("complexGateway", "x > 0", "x > 1", "x > 2"),
        """
        start x=2   | b1 b2
        """,
    ),
    trace(
        "a complex gateway that can never have enough is an incident",
        "complexGateway",
        fork(
            parallel("bagi"),
            element("complexGateway", "cukup", "<activationCondition>activationCount >= 3</activationCondition>"),
        ),
        """
        start       | a b
        complete a  | b
        complete b  | !join.stranded
        """,
    ),
)
