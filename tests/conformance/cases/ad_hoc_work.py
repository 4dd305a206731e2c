"""Ad-hoc sub-processes."""

from tests.conformance.cases.scope_shapes import ad_hoc
from tests.conformance.trace import Trace, trace
from tests.support.diagrams import (
    flow,
    user_task,
)

AD_HOC: tuple[Trace, ...] = (
    trace(
        "ad-hoc work is offered all at once",
        "adHocSubProcess",
        ad_hoc(user_task("a"), user_task("b")),
        """
        start       | a b
        complete b  | a
        complete a  | z
        """,
    ),
    trace(
        "ad-hoc work of which there is never enough is offered again",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(user_task("a"), user_task("b"), "<completionCondition>cukup</completionCondition>"),
        """
        start                   | a b
        complete b cukup=False  | a
        complete a              | a b
        complete a cukup=True   | z gone:b
        """,
    ),
    trace(
        "ad-hoc work ends when its condition says so, and the rest is taken away",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(user_task("a"), user_task("b"), user_task("c"), "<completionCondition>cukup</completionCondition>"),
        """
        start                   | a b c
        complete b cukup=False  | a c
        complete a cukup=True   | z gone:c
        """,
    ),
    trace(
        "ad-hoc work that is not taken away is finished first",
        ("adHocSubProcess", "completion condition"),
        ad_hoc(
            user_task("a"),
            user_task("b"),
            "<completionCondition>cukup</completionCondition>",
            cancelRemainingInstances="false",
        ),
        """
        start                   | a b
        complete a cukup=True   | b
        complete b              | z
        """,
    ),
    trace(
        "ordered ad-hoc work is offered one after the other",
        ("adHocSubProcess", "S18"),
        ad_hoc(user_task("a"), user_task("b"), user_task("c"), ordering="Sequential"),
        """
        start       | a
        complete a  | b
        complete b  | c
        complete c  | z
        """,
    ),
    trace(
        "ordered ad-hoc work ends early when its condition says so",
        ("adHocSubProcess", "S18", "completion condition"),
        ad_hoc(
            user_task("a"), user_task("b"), "<completionCondition>cukup</completionCondition>", ordering="Sequential"
        ),
        """
        start                   | a
        complete a cukup=True   | z
        """,
    ),
    trace(
        "flows inside ad-hoc work are followed",
        "adHocSubProcess",
        ad_hoc(user_task("a"), user_task("b"), flow("a", "b"), user_task("c")),
        """
        start       | a c
        complete a  | b c
        complete c  | b
        complete b  | z
        """,
    ),
)
