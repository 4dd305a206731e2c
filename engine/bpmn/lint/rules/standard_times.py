from collections.abc import Iterator

from engine.base.i18n import _
from engine.bpmn.drawing import Drawing
from engine.bpmn.findings import missing, warning
from engine.bpmn.problems import Problem
from engine.bpmn.steps import has_free_time, standard_time_of
from engine.bpmn.vocabulary import TK, extension


def standard_times(drawing: Drawing) -> Iterator[Problem]:
    """Every person's task has a standard time, or the office says that it has none on purpose."""
    for task in drawing.user_tasks:
        time = extension(task, f"{TK}waktu")
        if time is None:
            message = _("“%(name)s” has no standard time, so nobody is told when it is late.")
            yield warning(task, "standard_time.missing", message)
        elif standard_time_of(task) is None and not has_free_time(task):
            message = _(
                "The standard time “%(amount)s %(unit)s” of “%(name)s” cannot be read. "
                "Give a number and a unit, such as 10 menit or 2 hari."
            )
            amount, unit = time.get("nilai", "")[:40], time.get("satuan", "")[:40]
            yield missing(task, "standard_time.bad", message, amount=amount, unit=unit)
