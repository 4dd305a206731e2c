"""Several diagrams that belong together: kept in the order in which they call each other, all or none."""

from collections.abc import Iterator, Mapping, Sequence

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.bpmn.problems import Verdict, verdict_of
from engine.definitions.errors import Rejected
from engine.definitions.examination import Examination, Upload, examine
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment, deploy


class CallsInCircle(Invalid):
    code = "bundle.circle"
    message = _(
        "These files call each other in a circle: %(names)s. Put the processes that call each other into one file."
    )


class SameProcess(Invalid):
    code = "bundle.same_process"
    message = _("The process “%(process)s” is in %(first)s and in %(second)s. Upload only one of them.")


class BundleRejected(Rejected):
    code = "bundle.rejected"
    message = _("Nothing was kept, because of %(names)s. Every problem is listed with its place and what to do.")


def examine_all(uploads: Sequence[Upload]) -> tuple[Examination, ...]:
    """Examine them; those that are called come before those that call. Raises CallsInCircle or SameProcess."""
    return in_order([examine(upload) for upload in uploads])


def in_order(examinations: Sequence[Examination]) -> tuple[Examination, ...]:
    holders = _holders(examinations)
    done: dict[int, Examination] = {}
    for first in examinations:
        _follow(first, holders, done)
    return tuple(done.values())


def deploy_all(work: UnitOfWork, examinations: Sequence[Examination]) -> tuple[Deployment, ...]:
    """Keep them all, in this order; calls among them are bound to each other.

    Raises Rejected with the problems of every file that cannot be kept.
    """
    refused = [each for each in examinations if verdict_of(each.problems) is Verdict.REJECTED]
    problems = [problem for each in refused for problem in each.problems]
    if len(examinations) == 1 and refused:
        raise Rejected(problems)
    if refused:
        raise BundleRejected(problems, names=", ".join(each.upload.filename for each in refused))
    kept: dict[str, int | None] = {}
    deployments = []
    for examination in examinations:
        deployment = deploy(work, examination, kept)
        can_run = deployment.state != VersionState.DRAFT
        kept |= {process.id: deployment.version_id if can_run else None for process in examination.processes}
        deployments.append(deployment)
    return tuple(deployments)


def _holders(examinations: Sequence[Examination]) -> dict[str, Examination]:
    found: dict[str, Examination] = {}
    for examination in examinations:
        for process in examination.processes:
            before = found.setdefault(process.id, examination)
            if before is not examination:
                first, second = before.upload.filename, examination.upload.filename
                raise SameProcess(process=process.id, first=first, second=second)
    return found


def _follow(first: Examination, holders: Mapping[str, Examination], done: dict[int, Examination]) -> None:
    """Add what `first` calls, and then itself; a list walks, for a chain of calls may be long."""
    way: list[tuple[Examination, Iterator[Examination]]] = []

    def enter(examination: Examination) -> None:
        if id(examination) not in done:
            way.append((examination, _called(examination, holders)))

    enter(first)
    while way:
        examination, called = way[-1]
        following = next(called, None)
        if following is None:
            done[id(examination)] = examination
            way.pop()
        elif any(following is entered for entered, _rest in way):
            raise _circle([entered for entered, _rest in way], following)
        else:
            enter(following)


def _circle(way: Sequence[Examination], back_to: Examination) -> CallsInCircle:
    begin = next(place for place, entered in enumerate(way) if entered is back_to)
    return CallsInCircle(names=" → ".join(each.upload.filename for each in (*way[begin:], back_to)))


def _called(examination: Examination, holders: Mapping[str, Examination]) -> Iterator[Examination]:
    return iter([holders[process] for process in examination.calls if process in holders])
