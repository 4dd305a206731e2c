"""Business rule tasks: every hit policy, with no rule that matches, one, and several."""

from tests.conformance.trace import Trace, trace_deciding
from tests.support.decisions import decision, dmn, literal, table
from tests.support.diagrams import Part, chain, element, end, extensions, start, user_task
from tests.unit.runtime.cases import multi_instance

SEVERAL = (["> 0", "'rendah'"], ["> 5", "'sedang'"], ["> 9", "'tinggi'"])
VALUES = '"tinggi","sedang","rendah"'
AGREEING = (["> 0", "'ya'"], ["> 5", "'ya'"], ["> 9", "'tidak'"])
NUMBERS = (["> 0", "3"], ["> 5", "1"], ["> 9", "5"])
APART = (["< 5", "'rendah'"], ["[5..9]", "'sedang'"], ["> 9", "'tinggi'"])


def asking(*inside: str, said: str = 'hasil="jawab"') -> Part:
    return element("businessRuleTask", "r", extensions(f'<tk:keputusan kunci="keputusan" {said}/>'), *inside, name="R")


def deciding(name: str, policy: str, rules: tuple[list[str], ...], steps: str, **more: str) -> Trace:
    parts = chain(start(), user_task("a"), asking(), user_task("z"), end())
    decided = dmn(decision(table(["x"], ["nilai"], *rules, policy=policy, **more)))
    return trace_deciding(f"{policy}: {name}", ("businessRuleTask", "S30"), parts, decided, steps)


def answering(given: int, answer: str) -> str:
    return f"""
        start                   | a
        complete a x={given}    | z jawab={answer} done:a,r
        complete z              | ended
    """


def failing(given: int, code: str) -> str:
    return f"""
        start                   | a
        complete a x={given}    | !{code}
        set x=1                 | !{code}
        retry                   | z
    """


DECISIONS: tuple[Trace, ...] = (
    deciding("the one rule that matches", "UNIQUE", APART, answering(7, "'sedang'")),
    deciding("nothing where no rule matches", "UNIQUE", (["> 5", "'ya'"],), answering(2, "None")),
    deciding("several at once are an incident", "UNIQUE", SEVERAL, failing(7, "decision.not_unique")),
    deciding("the first of several", "FIRST", SEVERAL, answering(12, "'rendah'")),
    deciding("several that agree", "ANY", AGREEING, answering(7, "'ya'")),
    deciding("several that do not agree are an incident", "ANY", AGREEING, failing(12, "decision.not_equal")),
    deciding("the most important of several", "PRIORITY", SEVERAL, answering(7, "'sedang'"), output_values=VALUES),
    deciding(
        "all, the most important first",
        "OUTPUT ORDER",
        SEVERAL,
        answering(7, "['sedang','rendah']"),
        output_values=VALUES,
    ),
    deciding("all, in the order of the rules", "RULE ORDER", SEVERAL, answering(7, "['rendah','sedang']")),
    deciding("all", "COLLECT", SEVERAL, answering(12, "['rendah','sedang','tinggi']")),
    deciding("their sum", "COLLECT SUM", NUMBERS, answering(12, "9")),
    deciding("the least", "COLLECT MIN", NUMBERS, answering(12, "1")),
    deciding("the greatest", "COLLECT MAX", NUMBERS, answering(12, "5")),
    deciding("how many", "COLLECT COUNT", NUMBERS, answering(7, "2")),
    trace_deciding(
        "a decision made of another",
        ("businessRuleTask", "S30"),
        chain(start(), user_task("a"), asking(), user_task("z"), end()),
        dmn(
            decision(literal("dasar * 2"), requires=("dasar",)),
            decision(table(["x"], ["dasar"], ["> 0", "x + 1"]), identity="dasar", name="Dasar"),
        ),
        """
        start           | a
        complete a x=3  | z jawab=8
        """,
    ),
    trace_deciding(
        "a decision for each item, one after the other",
        ("businessRuleTask", "sequential multi-instance", "combination"),
        chain(
            start(),
            user_task("a"),
            asking(
                multi_instance(
                    *("<loopDataInputRef>daftar</loopDataInputRef>", "<loopDataOutputRef>semua</loopDataOutputRef>"),
                    *('<inputDataItem name="x"/>', '<outputDataItem name="jawab"/>'),
                    isSequential="true",
                )
            ),
            user_task("z"),
            end(),
        ),
        dmn(decision(table(["x"], ["nilai"], *APART, policy="FIRST"))),
        """
        start                       | a
        complete a daftar=[1,12]    | z semua=['rendah','tinggi']
        """,
    ),
    trace_deciding(
        "an output goes by its own name where the task names none",
        "businessRuleTask",
        chain(start(), user_task("a"), asking(said=""), user_task("z"), end()),
        dmn(decision(table(["x"], ["nilai", "sebab"], ["> 0", "'ya'", "'cukup'"], ["<= 0", "'tidak'", "'kurang'"]))),
        """
        start           | a
        complete a x=3  | z nilai='ya' sebab='cukup'
        """,
    ),
)
