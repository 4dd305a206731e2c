"""Who may do what: one table. A subject is a small value, so that this room knows no higher one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from engine.access.model import Role, Scope
from engine.base.actor import Actor
from engine.base.errors import NotAllowed
from engine.base.i18n import _


class Permission(StrEnum):
    START_CASE = "start_case"
    SEE_INSTANCE = "see_instance"
    ADD_TO_INSTANCE = "add_to_instance"
    CANCEL_CASE = "cancel_case"
    SEE_ITEM = "see_item"
    CLAIM = "claim"
    COMPLETE = "complete"
    KEEP_DRAFT = "keep_draft"
    RELEASE = "release"
    SET_PRIORITY = "set_priority"
    REASSIGN = "reassign"
    HAND_ON = "hand_on"
    SEE_DEFINITIONS = "see_definitions"
    DEPLOY = "deploy"
    PUBLISH = "publish"
    SEE_MONITORING = "see_monitoring"
    SEE_ORGANISATION = "see_organisation"
    MANAGE_ORGANISATION = "manage_organisation"
    IMPORT_OFFICE_FILE = "import_office_file"
    SEE_PERSONAL_DATA = "see_personal_data"
    RECORD_ABSENCE = "record_absence"
    GIVE_DELEGATION = "give_delegation"
    SEE_DUTY_SHEET = "see_duty_sheet"
    SIGN_DUTY_SHEET = "sign_duty_sheet"
    MANAGE_COMPETENCIES = "manage_competencies"
    SEE_TRAINING_NEEDS = "see_training_needs"
    RETURN_WORK = "return_work"
    RECALL_WORK = "recall_work"
    ASK_COLLEAGUE = "ask_colleague"
    GRANT_READING = "grant_reading"
    SEE_APPLICANT = "see_applicant"
    OVERRIDE_FOUR_EYES = "override_four_eyes"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_ADMINISTRATION = "see_administration"
    MEND_INCIDENTS = "mend_incidents"
    SEND_MESSAGE = "send_message"
    SEE_AUDIT = "see_audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStart:
    """A definition in force, as the actor stands to its first step."""

    actor_performs_first_step: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAccess:
    """A work item as the actor stands to it; `unit_is_managed` when she heads its unit or one above.

    `actor_acts_for` are those who asked her to act on their behalf and whose work it is: they hold it or may claim it.
    """

    assignee_id: int | None
    actor_is_candidate: bool
    actor_acts_for: tuple[int, ...] = ()
    is_open: bool = True
    actor_started_case: bool = False
    actor_takes_part: bool = False
    actor_may_read: bool = False
    unit_is_managed: bool = False
    unit_is_audited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceAccess:
    """A case as the actor stands to it: she started it, has or had an item of it, or may claim one.

    `actor_may_read` when it was opened to her: by a grant, by a mention, or by a question that waits for her answer.
    """

    actor_takes_part: bool
    actor_may_read: bool = False
    unit_is_managed: bool = False
    unit_is_audited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAccess:
    """An employee as the actor stands to her; `unit_is_managed` when the actor heads a unit she works in."""

    employee_id: int
    unit_is_managed: bool = False
    unit_is_audited: bool = False


Subject = CaseStart | ItemAccess | InstanceAccess | PersonAccess | None
Predicate = Callable[[Actor, Subject], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    allows: Predicate
    refusal: type[NotAllowed]


class NotYourWork(NotAllowed):
    code = "access.not_your_work"
    message = _("Only the person who holds this work item may do this. If nobody holds it, claim it first.")


class NotACandidate(NotAllowed):
    code = "access.not_a_candidate"
    message = _("This work item belongs to a position that you do not hold today.")


class ItemNotVisible(NotAllowed):
    code = "access.item_not_visible"
    message = _("This work item is not yours, and you take no part in its case.")


class NotItsManager(NotAllowed):
    code = "access.not_its_manager"
    message = _("Only the head of the unit may do this. Ask the head of the unit where the work waits.")


class NotYoursToRank(NotAllowed):
    code = "access.not_yours_to_rank"
    message = _("Only the head of the unit where it waits and whoever started the case may set its priority.")


class CaseNotVisible(NotAllowed):
    code = "access.case_not_visible"
    message = _("You take no part in this case. Its participants and the head of its unit can see it.")


class MayNotStart(NotAllowed):
    code = "access.may_not_start"
    message = _("This procedure is started by other positions. Its page shows which ones.")


class DesignersOnly(NotAllowed):
    code = "access.designers_only"
    message = _("Only designers may change procedures. Ask an administrator for the role of designer.")


class ManagersOnly(NotAllowed):
    code = "access.managers_only"
    message = _("Only managers may see this. Ask an administrator for the role of manager.")


class SecretariatOnly(NotAllowed):
    code = "access.secretariat_only"
    message = _("Only the secretariat of the SOPs or an administrator may do this.")


class NotAboutYou(NotAllowed):
    code = "access.not_about_you"
    message = _("Only she herself, the head of her unit and the secretariat may do this.")


class AdministratorsOnly(NotAllowed):
    code = "access.administrators_only"
    message = _("Only administrators may do this.")


class AuditorsOnly(NotAllowed):
    code = "access.auditors_only"
    message = _("Only administrators and the auditors of the whole office may see this.")


class SignInNeeded(NotAllowed):
    code = "access.sign_in_needed"
    message = _("Please sign in first.")


def require(actor: Actor, permission: Permission, subject: Subject = None) -> None:
    """Raises the refusal that belongs to the permission when the actor lacks it."""
    if not allows(actor, permission, subject):
        raise RULES[permission].refusal


def allows(actor: Actor, permission: Permission, subject: Subject = None) -> bool:
    # The system acts for timers, jobs and the command line, whose owner holds the database anyway.
    return actor.is_system or RULES[permission].allows(actor, subject)


def _is_signed_in(actor: Actor, _subject: Subject) -> bool:
    return actor.account_id is not None


def _has(role: Role) -> Predicate:
    return lambda actor, _subject: role in actor.roles


def _either(*predicates: Predicate) -> Predicate:
    return lambda actor, subject: any(predicate(actor, subject) for predicate in predicates)


def _works_here(actor: Actor) -> bool:
    return actor.employee_id is not None and bool(actor.roles & {Role.STAFF, Role.MANAGER})


def _is_starter(actor: Actor, subject: Subject) -> bool:
    return _works_here(actor) and (not isinstance(subject, CaseStart) or subject.actor_performs_first_step)


def _holds_it(actor: Actor, subject: Subject) -> bool:
    return (
        _works_here(actor)
        and isinstance(subject, ItemAccess)
        and subject.assignee_id in (actor.employee_id, *subject.actor_acts_for)
    )


def _may_take_it(actor: Actor, subject: Subject) -> bool:
    return (
        _works_here(actor)
        and isinstance(subject, ItemAccess)
        and (subject.actor_is_candidate or bool(subject.actor_acts_for))
    )


def _takes_part(actor: Actor, subject: Subject) -> bool:
    return _works_here(actor) and isinstance(subject, ItemAccess | InstanceAccess) and subject.actor_takes_part


def _may_read_it(actor: Actor, subject: Subject) -> bool:
    return _works_here(actor) and isinstance(subject, ItemAccess | InstanceAccess) and subject.actor_may_read


def _heads_its_unit(actor: Actor, subject: Subject) -> bool:
    return (
        Role.MANAGER in actor.roles
        and _works_here(actor)
        and isinstance(subject, ItemAccess | InstanceAccess)
        and subject.unit_is_managed
    )


def _started_its_case(actor: Actor, subject: Subject) -> bool:
    return _works_here(actor) and isinstance(subject, ItemAccess) and subject.actor_started_case


def _is_herself(actor: Actor, subject: Subject) -> bool:
    return isinstance(subject, PersonAccess) and subject.employee_id == actor.employee_id


def _heads_her_unit(actor: Actor, subject: Subject) -> bool:
    return (
        Role.MANAGER in actor.roles
        and _works_here(actor)
        and isinstance(subject, PersonAccess)
        and subject.unit_is_managed
    )


def _may_complete(actor: Actor, subject: Subject) -> bool:
    """The holder, or whoever may claim it while nobody holds it: completing takes it."""
    unheld = isinstance(subject, ItemAccess) and subject.assignee_id is None
    return _holds_it(actor, subject) or (unheld and _may_take_it(actor, subject))


def audits_office(actor: Actor) -> bool:
    """An auditor sees the whole office unless a smaller reach was given."""
    if Role.AUDITOR not in actor.roles:
        return False
    given = [reach.scope for reach in actor.reaches if reach.role == Role.AUDITOR]
    return not given or Scope.OFFICE in given


def _audits(actor: Actor, subject: Subject) -> bool:
    """Reads all that lies in her reach, and changes nothing."""
    within = isinstance(subject, ItemAccess | InstanceAccess | PersonAccess) and subject.unit_is_audited
    return audits_office(actor) or (Role.AUDITOR in actor.roles and within)


def _audits_office(actor: Actor, _subject: Subject) -> bool:
    return audits_office(actor)


_administers = _has(Role.ADMINISTRATOR)
_designs = _has(Role.DESIGNER)
_manages = _has(Role.MANAGER)
_keeps_the_office = _either(_has(Role.SECRETARIAT), _administers)
_concerns_her = _either(_is_herself, _heads_her_unit, _keeps_the_office)
_looks_on = _either(_concerns_her, _audits)

# An administrator sees all cases but never completes the work of others: whoever signs must be the holder.
RULES: Mapping[Permission, Rule] = MappingProxyType(
    {
        Permission.START_CASE: Rule(allows=_is_starter, refusal=MayNotStart),
        Permission.SEE_INSTANCE: Rule(
            allows=_either(_takes_part, _may_read_it, _heads_its_unit, _administers, _audits), refusal=CaseNotVisible
        ),
        Permission.ADD_TO_INSTANCE: Rule(allows=_either(_takes_part, _heads_its_unit), refusal=CaseNotVisible),
        Permission.CANCEL_CASE: Rule(allows=_either(_heads_its_unit, _administers), refusal=NotItsManager),
        Permission.SEE_ITEM: Rule(
            allows=_either(_holds_it, _may_take_it, _takes_part, _may_read_it, _heads_its_unit, _administers, _audits),
            refusal=ItemNotVisible,
        ),
        Permission.CLAIM: Rule(allows=_may_take_it, refusal=NotACandidate),
        Permission.COMPLETE: Rule(allows=_may_complete, refusal=NotYourWork),
        Permission.KEEP_DRAFT: Rule(allows=_holds_it, refusal=NotYourWork),
        Permission.RELEASE: Rule(allows=_either(_holds_it, _heads_its_unit), refusal=NotYourWork),
        Permission.SET_PRIORITY: Rule(allows=_either(_heads_its_unit, _started_its_case), refusal=NotYoursToRank),
        Permission.REASSIGN: Rule(allows=_heads_its_unit, refusal=NotItsManager),
        Permission.HAND_ON: Rule(allows=_holds_it, refusal=NotYourWork),
        Permission.SEE_DEFINITIONS: Rule(allows=_is_signed_in, refusal=SignInNeeded),
        Permission.DEPLOY: Rule(allows=_designs, refusal=DesignersOnly),
        Permission.PUBLISH: Rule(allows=_designs, refusal=DesignersOnly),
        Permission.SEE_MONITORING: Rule(
            allows=_either(_manages, _administers, _has(Role.AUDITOR)), refusal=ManagersOnly
        ),
        Permission.SEE_ORGANISATION: Rule(allows=_is_signed_in, refusal=SignInNeeded),
        Permission.MANAGE_ORGANISATION: Rule(allows=_keeps_the_office, refusal=SecretariatOnly),
        Permission.IMPORT_OFFICE_FILE: Rule(allows=_administers, refusal=AdministratorsOnly),
        Permission.SEE_PERSONAL_DATA: Rule(allows=_looks_on, refusal=NotAboutYou),
        Permission.RECORD_ABSENCE: Rule(allows=_concerns_her, refusal=NotAboutYou),
        Permission.GIVE_DELEGATION: Rule(allows=_concerns_her, refusal=NotAboutYou),
        Permission.SEE_DUTY_SHEET: Rule(allows=_looks_on, refusal=NotAboutYou),
        Permission.SIGN_DUTY_SHEET: Rule(allows=_heads_her_unit, refusal=NotItsManager),
        Permission.MANAGE_COMPETENCIES: Rule(allows=_keeps_the_office, refusal=SecretariatOnly),
        Permission.SEE_TRAINING_NEEDS: Rule(
            allows=_either(_manages, _keeps_the_office, _audits_office), refusal=ManagersOnly
        ),
        Permission.RETURN_WORK: Rule(allows=_holds_it, refusal=NotYourWork),
        Permission.RECALL_WORK: Rule(allows=_takes_part, refusal=CaseNotVisible),
        Permission.ASK_COLLEAGUE: Rule(allows=_holds_it, refusal=NotYourWork),
        Permission.GRANT_READING: Rule(allows=_either(_heads_its_unit, _administers), refusal=NotItsManager),
        Permission.SEE_APPLICANT: Rule(allows=_either(_takes_part, _heads_its_unit, _audits), refusal=CaseNotVisible),
        Permission.OVERRIDE_FOUR_EYES: Rule(allows=_administers, refusal=AdministratorsOnly),
        Permission.MANAGE_ACCOUNTS: Rule(allows=_administers, refusal=AdministratorsOnly),
        Permission.MEND_INCIDENTS: Rule(allows=_administers, refusal=AdministratorsOnly),
        Permission.SEND_MESSAGE: Rule(allows=_administers, refusal=AdministratorsOnly),
        Permission.SEE_ADMINISTRATION: Rule(allows=_either(_administers, _audits_office), refusal=AuditorsOnly),
        Permission.SEE_AUDIT: Rule(allows=_either(_administers, _audits_office), refusal=AuditorsOnly),
    }
)
