from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import info, missing, warning
from engine.bpmn.problems import Problem
from engine.bpmn.standard_times import AsNeeded, NotUnderstood
from engine.bpmn.steps import count_as_written, count_of, due_of, stated_time_of, waits_for_message
from engine.bpmn.vocabulary import TK, Element, extension


def standard_times(drawing: Drawing) -> Iterator[Problem]:
    """Every person's task has a standard time, or the office says why it has none; one of days has an effort norm."""
    for process in drawing.processes:
        yield from _unreadable(process)
    for task in drawing.user_tasks:
        yield from _of_task(task)
    for node in drawing.nodes:
        if node.get(f"{TK}jamHenti") and not waits_for_message(node):
            message = _("“%(name)s” waits for no message, so it cannot stop the clock.")
            yield warning(node, "standard_time.no_stop", message)


def _of_task(task: Element) -> Iterator[Problem]:
    stated = stated_time_of(task)
    if count_as_written(task) and count_of(task) is None:
        message = _(
            "“%(name)s” counts its standard time for “%(value)s”, which cannot be read. "
            "Write the name of a number that the case knows, such as jumlah_berkas."
        )
        yield missing(task, "standard_time.bad_count", message, value=count_as_written(task)[:80])
    if stated is None:
        if due_of(task) is None:
            message = _("“%(name)s” has no standard time, so nobody is told when it is late.")
            yield warning(task, "standard_time.missing", message)
    elif isinstance(stated, AsNeeded):
        if not stated.reason:
            message = _("“%(name)s” takes as long as needed. Say why: sesuai kebutuhan (reason).")
            yield info(task, "standard_time.no_reason", message)
    elif isinstance(stated, NotUnderstood):
        yield from _unreadable(task)
    elif stated.working_days and extension(task, f"{TK}norma") is None:
        message = _("“%(name)s” may take days. Say in minutes how much work it is: the workload is counted by that.")
        yield info(task, "standard_time.no_norm", message)


def _unreadable(element: Element) -> Iterator[Problem]:
    stated = stated_time_of(element)
    if isinstance(stated, NotUnderstood):
        message = _("The standard time of “%(name)s” cannot be used. %(reason)s")
        reason = {"message": stated.message, "params": {"text": stated.text}}
        yield missing(element, "standard_time.bad", message, reason=reason)
