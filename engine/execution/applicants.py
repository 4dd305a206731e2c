"""Whoever asked for a case: she is known to those who work on it, and follows it by its number and a PIN."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from engine.access.permissions import Permission, allows, require
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.rows import update_row
from engine.base.settings import Settings
from engine.base.text import one_line
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.bpmn.graph import PerformerKind, ProcessGraph
from engine.calendar.queries import working_hours
from engine.definitions.graphs import graph_of
from engine.execution.advance import locked_instance
from engine.execution.errors import CaseNotFound
from engine.execution.model import Applicant, Instance
from engine.execution.promises import promised_at
from engine.execution.visibility import instance_access
from engine.execution.words import with_words

LONGEST = {"name": 200, "contact": 200, "identity_number": 40}
PIN_DIGITS = 6


class ApplicantWrong(Invalid):
    code = "applicant.wrong"
    message = _("Look at what you wrote about the applicant.")


class NoApplicant(NotFound):
    code = "applicant.none"
    message = _("No applicant is recorded with this case.")


class PinMade(Conflict):
    code = "applicant.pin_made"
    message = _("The receipt of %(number)s was made already, and its PIN opens the case. No new PIN was made.")


NO_NAME = _("Say who the applicant is, or leave all fields about the applicant empty.")
TOO_LONG = _("This is longer than %(limit)s characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said of an applicant, as it was typed."""

    name: str = ""
    contact: str = ""
    identity_number: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(map(one_line, (self.name, self.contact, self.identity_number)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantLine:
    name: str
    contact: str | None
    identity_number: str | None
    promised_at: datetime | None
    pin_mark: str  # of the PIN that opens now, without saying it; empty while there is none

    @property
    def has_pin(self) -> bool:
        return bool(self.pin_mark)


def record_applicant(work: UnitOfWork, instance_id: int, given: Given) -> None:
    """Who asked for it, or who she is after all. The promise is made when she is first recorded, and stays."""
    instance = work.session.get(Instance, instance_id)
    if instance is None:
        raise CaseNotFound
    require(work.actor, Permission.ADD_TO_INSTANCE, instance_access(work, instance_id))
    said = _checked(given)
    row = _find(work, instance_id)
    if row is None:
        promised = instance.due_at or _promise(work, instance)
        row = Applicant(instance_id=instance_id, pin_digest="", recorded_at=work.now, promised_at=promised)
    row.name = said["name"]
    found_by = locked_instance(work, instance_id)
    update_row(work.session, found_by, words=with_words(found_by.words, said["name"]))
    row.contact, row.identity_number = said["contact"] or None, said["identity_number"] or None
    work.session.add(row)
    # The trail is read by people who need not know who asked.
    record(work, "applicant.recorded", "instance", instance_id, instance_id, number=instance.number)


def make_pin(work: UnitOfWork, instance_id: int, instead_of: str = "") -> str:
    """A new PIN, to be handed out with the receipt; it is kept nowhere, and an earlier one opens nothing any more.

    `instead_of` marks the one that it replaces: a form that is sent again makes no second; raises PinMade.
    """
    instance = work.session.get(Instance, instance_id)
    if instance is None:
        raise CaseNotFound
    require(work.actor, Permission.ADD_TO_INSTANCE, instance_access(work, instance_id))
    row = work.session.scalar(select(Applicant).where(Applicant.instance_id == instance_id).with_for_update())
    if row is None:
        raise NoApplicant
    if _mark(row) != instead_of:
        raise PinMade(number=instance.number)
    pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
    row.pin_digest = pin_digest(work.settings, instance_id, pin)
    record(work, "applicant.pin_made", "instance", instance_id, instance_id, number=instance.number)
    return pin


def applicant_of(reading: Reading | UnitOfWork, instance_id: int) -> ApplicantLine | None:
    """None where there is none, or the actor needs not know."""
    may_see = allows(reading.actor, Permission.SEE_APPLICANT, instance_access(reading, instance_id))
    return find_applicant(reading, instance_id) if may_see else None


def find_applicant(reading: Reading | UnitOfWork, instance_id: int) -> ApplicantLine | None:
    """For whoever has asked already whether the actor may see her."""
    row = _find(reading, instance_id)
    if row is None:
        return None
    return ApplicantLine(
        name=row.name,
        contact=row.contact,
        identity_number=row.identity_number,
        promised_at=row.promised_at,
        pin_mark=_mark(row),
    )


def pin_digest(settings: Settings, instance_id: int, pin: str) -> str:
    """Keyed by the office's secret: so few digits would be found at once in any digest that everybody can compute."""
    said = f"receipt pin {instance_id} {pin}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.secret_key.encode(), said, sha256).hexdigest()


def asks_for_applicant(graph: ProcessGraph) -> bool:
    """Whether somebody outside the office performs a step of it."""
    performers = (node.step.performer for node in graph.nodes.values() if node.step is not None)
    return any(each is not None and each.kind is PerformerKind.EXTERNAL for each in performers)


def _find(reading: Reading | UnitOfWork, instance_id: int) -> Applicant | None:
    return reading.session.scalar(select(Applicant).where(Applicant.instance_id == instance_id))


def _mark(row: Applicant) -> str:
    return sha256(row.pin_digest.encode()).hexdigest()[:16] if row.pin_digest else ""


def _checked(given: Given) -> dict[str, str]:
    said = {name: one_line(getattr(given, name)) for name in LONGEST}
    problems = [
        FieldProblem(name=name, code="applicant.too_long", message=TOO_LONG, params={"limit": limit})
        for name, limit in LONGEST.items()
        if len(said[name]) > limit
    ]
    if not said["name"]:
        problems.append(FieldProblem(name="name", code="applicant.no_name", message=NO_NAME))
    if problems:
        raise ApplicantWrong(fields=problems)
    return said


def _promise(work: UnitOfWork, instance: Instance) -> datetime | None:
    graph = graph_of(work.session, instance.version_id)
    hours = working_hours(work.session, work.settings.zone, instance.unit_id)
    return promised_at(graph, instance.process_id, instance.started_at, hours)
