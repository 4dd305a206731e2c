"""Who may do what: one table. A subject is a small value, so that this room knows no higher one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from engine.access.model import Role

# Those who ask name the subject beside the permission: both come from here.
from engine.access.predicates import CaseStart as CaseStart
from engine.access.predicates import InstanceAccess as InstanceAccess
from engine.access.predicates import ItemAccess as ItemAccess
from engine.access.predicates import PersonAccess as PersonAccess
from engine.access.predicates import (
    Predicate,
    Subject,
    administers,
    audits,
    audits_all,
    concerns_her,
    designs,
    either,
    has,
    heads_her_unit,
    heads_its_unit,
    holds_it,
    is_signed_in,
    is_starter,
    keeps_the_office,
    looks_on,
    manages,
    may_complete,
    may_read_it,
    may_take_it,
    sees_what_is_kept,
    started_its_case,
    takes_part,
)
from engine.access.predicates import audits_office as audits_office
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
    STOP_CLOCK = "stop_clock"
    SEE_CALENDAR_TABLES = "see_calendar_tables"
    KEEP_CALENDAR = "keep_calendar"
    KEEP_LADDERS = "keep_ladders"
    KEEP_CHANNELS = "keep_channels"
    SEE_PLANS = "see_plans"
    PLAN_STARTS = "plan_starts"
    SEE_PERSONS_FIGURES = "see_persons_figures"
    SEE_AUDIT = "see_audit"


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


class KeepersAndAuditorsOnly(NotAllowed):
    code = "access.keepers_and_auditors_only"
    message = _("Only the secretariat of the SOPs, administrators and the auditors of the whole office may see this.")


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


# An administrator sees all cases but never completes the work of others: whoever signs must be the holder.
RULES: Mapping[Permission, Rule] = MappingProxyType(
    {
        Permission.START_CASE: Rule(allows=is_starter, refusal=MayNotStart),
        Permission.SEE_INSTANCE: Rule(
            allows=either(takes_part, may_read_it, heads_its_unit, administers, audits), refusal=CaseNotVisible
        ),
        Permission.ADD_TO_INSTANCE: Rule(allows=either(takes_part, heads_its_unit), refusal=CaseNotVisible),
        Permission.CANCEL_CASE: Rule(allows=either(heads_its_unit, administers), refusal=NotItsManager),
        Permission.SEE_ITEM: Rule(
            allows=either(holds_it, may_take_it, takes_part, may_read_it, heads_its_unit, administers, audits),
            refusal=ItemNotVisible,
        ),
        Permission.CLAIM: Rule(allows=may_take_it, refusal=NotACandidate),
        Permission.COMPLETE: Rule(allows=may_complete, refusal=NotYourWork),
        Permission.KEEP_DRAFT: Rule(allows=holds_it, refusal=NotYourWork),
        Permission.RELEASE: Rule(allows=either(holds_it, heads_its_unit), refusal=NotYourWork),
        Permission.SET_PRIORITY: Rule(allows=either(heads_its_unit, started_its_case), refusal=NotYoursToRank),
        Permission.REASSIGN: Rule(allows=heads_its_unit, refusal=NotItsManager),
        Permission.HAND_ON: Rule(allows=holds_it, refusal=NotYourWork),
        Permission.SEE_DEFINITIONS: Rule(allows=is_signed_in, refusal=SignInNeeded),
        Permission.DEPLOY: Rule(allows=designs, refusal=DesignersOnly),
        Permission.PUBLISH: Rule(allows=designs, refusal=DesignersOnly),
        Permission.SEE_MONITORING: Rule(allows=either(manages, administers, has(Role.AUDITOR)), refusal=ManagersOnly),
        Permission.SEE_ORGANISATION: Rule(allows=is_signed_in, refusal=SignInNeeded),
        Permission.MANAGE_ORGANISATION: Rule(allows=keeps_the_office, refusal=SecretariatOnly),
        Permission.IMPORT_OFFICE_FILE: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.SEE_PERSONAL_DATA: Rule(allows=looks_on, refusal=NotAboutYou),
        Permission.RECORD_ABSENCE: Rule(allows=concerns_her, refusal=NotAboutYou),
        Permission.GIVE_DELEGATION: Rule(allows=concerns_her, refusal=NotAboutYou),
        Permission.SEE_DUTY_SHEET: Rule(allows=looks_on, refusal=NotAboutYou),
        Permission.SIGN_DUTY_SHEET: Rule(allows=heads_her_unit, refusal=NotItsManager),
        Permission.MANAGE_COMPETENCIES: Rule(allows=keeps_the_office, refusal=SecretariatOnly),
        Permission.SEE_TRAINING_NEEDS: Rule(
            allows=either(manages, keeps_the_office, has(Role.AUDITOR)), refusal=ManagersOnly
        ),
        Permission.RETURN_WORK: Rule(allows=holds_it, refusal=NotYourWork),
        Permission.RECALL_WORK: Rule(allows=takes_part, refusal=CaseNotVisible),
        Permission.ASK_COLLEAGUE: Rule(allows=holds_it, refusal=NotYourWork),
        Permission.GRANT_READING: Rule(allows=either(heads_its_unit, administers), refusal=NotItsManager),
        Permission.SEE_APPLICANT: Rule(allows=either(takes_part, heads_its_unit, audits), refusal=CaseNotVisible),
        Permission.OVERRIDE_FOUR_EYES: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.MANAGE_ACCOUNTS: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.MEND_INCIDENTS: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.STOP_CLOCK: Rule(allows=either(holds_it, heads_its_unit), refusal=NotYourWork),
        Permission.SEE_CALENDAR_TABLES: Rule(allows=sees_what_is_kept, refusal=KeepersAndAuditorsOnly),
        Permission.KEEP_CALENDAR: Rule(allows=keeps_the_office, refusal=SecretariatOnly),
        Permission.KEEP_LADDERS: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.KEEP_CHANNELS: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.SEE_PLANS: Rule(allows=sees_what_is_kept, refusal=KeepersAndAuditorsOnly),
        Permission.PLAN_STARTS: Rule(allows=keeps_the_office, refusal=SecretariatOnly),
        Permission.SEE_PERSONS_FIGURES: Rule(allows=looks_on, refusal=NotAboutYou),
        Permission.SEND_MESSAGE: Rule(allows=administers, refusal=AdministratorsOnly),
        Permission.SEE_ADMINISTRATION: Rule(allows=either(administers, audits_all), refusal=AuditorsOnly),
        Permission.SEE_AUDIT: Rule(allows=either(administers, audits_all), refusal=AuditorsOnly),
    }
)
