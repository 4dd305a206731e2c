from sqlalchemy import update

from engine.base.clock import SystemClock
from engine.core.core import Core
from engine.core.demo import PROCESSES
from engine.execution.cases import start_case
from engine.worklist.model import WorkItem


def begin_a_case(settings) -> Core:
    core = Core(settings, SystemClock())
    with core.work() as work:
        start_case(work, "Process_Cuti", "Cuti tahunan")
    return core


def test_cases_that_agree_with_their_rows_are_fine(tell, settings):
    tell("deploy", "--publish", PROCESSES / "cuti")
    begin_a_case(settings).close()
    result = tell("verify")
    assert (result.exit_code, result.stdout) == (0, "All rows of running cases follow from their states.\n")


def test_each_difference_is_one_line(tell, settings):
    tell("deploy", "--publish", PROCESSES / "cuti")
    core = begin_a_case(settings)
    with core.work() as work:
        work.session.execute(update(WorkItem).values(element="Lain"))
    core.close()
    result = tell("verify")
    words = [line.split()[1:3] for line in result.stdout.splitlines()]
    assert (result.exit_code, words) == (1, [["missing", "work"], ["left", "over"]])
