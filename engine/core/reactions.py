"""What the office is told when something happened, and how its mail goes out."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.access.keys_to_the_house import require_an_administrator
from engine.access.model import Account, AccountRole, Role
from engine.access.resets import begin_reset
from engine.audit.operations import record
from engine.base.unit_of_work import UnitOfWork
from engine.core import office_import
from engine.definitions.events import VersionPublished
from engine.execution import planned_starts, services, starts
from engine.execution.events import CaseEnded, IncidentOpened
from engine.execution.holding import begin_by
from engine.execution.model import Instance
from engine.insight.events import FiguresDiffered
from engine.jobs.claiming import JobCall
from engine.jobs.events import JobGivenUp
from engine.notifications import deliveries
from engine.notifications.case_mail import employees_named, names_in
from engine.notifications.mail import deliver
from engine.notifications.operations import notify
from engine.notifications.reset_mail import reset_letter
from engine.organisation.events import OrganisationImported
from engine.organisation.queries import head_of_unit
from engine.worklist.events import WorkArrived, WorkHandedOver, WorkUnassigned

if TYPE_CHECKING:
    from engine.core.core import Core


def offer_held_messages(work: UnitOfWork, event: VersionPublished) -> None:
    """A procedure that begins with a message hears those that came too early."""
    if event.messages:
        begin_by(work, event.version_id, event.messages)


def tell_of_work(work: UnitOfWork, event: WorkArrived) -> None:
    """Whoever has new work hears of it, unless she brought it about herself."""
    if event.assignee_id is not None and event.assignee_id != work.actor.employee_id:
        _tell(work, (event.assignee_id,), "work.arrived", f"work.arrived:{event.work_item_id}", event)


def tell_of_handover(work: UnitOfWork, event: WorkHandedOver) -> None:
    """Both hear of it: who has the work now, and who had it."""
    instance = work.session.get_one(Instance, event.instance_id)
    facts = {
        "number": instance.number,
        "case": instance.title,
        "title": event.title,
        "by": work.actor.name,
        "to": event.to_name,
    }
    for kind, employee_id in (("work.handed_over", event.to_id), ("work.handed_on", event.from_id)):
        if employee_id is not None and employee_id != work.actor.employee_id:
            key = f"{kind}:{event.work_item_id}:{work.now.isoformat()}"
            notify(work, (employee_id,), kind, key, facts, instance_id=instance.id, work_item_id=event.work_item_id)


def tell_of_unassigned_work(work: UnitOfWork, event: WorkUnassigned) -> None:
    """Work that nobody can do is never silent: the head of its unit and the administrators hear of it."""
    on = work.today
    heads = head_of_unit(work.session, event.unit_id, on) if event.unit_id is not None else ()
    told = {head.employee_id for head in heads} | administrators(work)
    _tell(work, told, "work.unassigned", f"work.unassigned:{event.work_item_id}", event)


def tell_starter(work: UnitOfWork, event: CaseEnded) -> None:
    instance = work.session.get_one(Instance, event.instance_id)
    if instance.starter_id is None or instance.starter_id == work.actor.employee_id:
        return
    kind = "case.cancelled" if event.was_cancelled else "case.completed"
    facts = {"number": instance.number, "case": instance.title}
    notify(work, (instance.starter_id,), kind, f"{kind}:{instance.id}", facts, instance_id=instance.id)


def tell_administrators(work: UnitOfWork, event: IncidentOpened) -> None:
    instance = work.session.get_one(Instance, event.instance_id)
    facts = {"number": instance.number, "case": instance.title, "element": event.element, "message": event.message}
    key = f"incident:{instance.id}:{instance.revision}:{event.element}"
    notify(work, administrators(work), "incident.opened", key, facts, instance_id=instance.id)


def tell_of_figures(work: UnitOfWork, event: FiguresDiffered) -> None:
    """Figures that were wrong and are right again: whoever looks after the system should know that it happened."""
    facts = {"days": ", ".join(day.isoformat() for day in event.days)}
    notify(work, administrators(work), "figures.differed", f"figures.differed:{work.now.isoformat()}", facts)


def go_on_without(work: UnitOfWork, event: JobGivenUp) -> None:
    """A job that was given up stops neither a case, nor a timetable, nor an import without a word."""
    services.give_up(work, event)
    starts.give_up(work, event)
    office_import.give_up(work, event)
    deliveries.give_up(work, event)
    planned_starts.give_up(work, event)


def record_import(work: UnitOfWork, event: OrganisationImported) -> None:
    record(
        work,
        "organisation.imported",
        "organisation",
        event.table_id,
        created=event.created,
        changed=event.changed,
        gone=event.gone,
    )
    if event.gone:
        require_an_administrator(work)


def notify_service(work: UnitOfWork, instance_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """The service task `notify`: tells the starter of the case, and whom `to` names, the `text` of the diagram."""
    instance = work.session.get_one(Instance, instance_id)
    told = employees_named(work, names_in(parameters.get("to")), instance.unit_id)
    told |= {instance.starter_id} if instance.starter_id is not None else set()
    if told:
        facts = {"number": instance.number, "case": instance.title, "text": str(parameters.get("text", ""))[:500]}
        key = f"service.notify:{instance.id}:{instance.revision}"
        notify(work, told, "service.notify", key, facts, instance_id=instance.id)
    return {}


def send_reset_link(core: "Core", call: JobCall) -> None:
    """Whoever asked for a new password gets a link, if there is such an account; its secret stands in no row."""
    if not core.settings.mail_is_on:
        return
    with core.work() as work:
        reset = begin_reset(work, str(call.payload["name"]))
        sent_at = work.now
    if reset is not None:
        deliver(reset_letter(reset, core.settings, call.job_id, sent_at), core.settings)


def administrators(work: UnitOfWork) -> set[int]:
    return people_in(work, Role.ADMINISTRATOR)


def people_in(work: UnitOfWork, role: Role) -> set[int]:
    """Employees whose account has the role."""
    query = (
        select(Account.employee_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == role, Account.is_active, Account.employee_id.is_not(None))
    )
    return {employee_id for employee_id in work.session.scalars(query) if employee_id is not None}


def _tell(
    work: UnitOfWork, employee_ids: Collection[int], kind: str, key: str, event: WorkArrived | WorkUnassigned
) -> None:
    case = event.case
    facts = {"number": case.number, "case": case.title, "title": event.title}
    notify(work, employee_ids, kind, key, facts, instance_id=case.instance_id, work_item_id=event.work_item_id)
