"""How an actor stands to what she asks about: small statements, of which the table of permissions is made."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.access.model import Role, Scope
from engine.base.actor import Actor


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


def is_signed_in(actor: Actor, _subject: Subject) -> bool:
    return actor.account_id is not None


def has(role: Role) -> Predicate:
    return lambda actor, _subject: role in actor.roles


def either(*predicates: Predicate) -> Predicate:
    return lambda actor, subject: any(predicate(actor, subject) for predicate in predicates)


def works_here(actor: Actor) -> bool:
    return actor.employee_id is not None and bool(actor.roles & {Role.STAFF, Role.MANAGER})


def is_starter(actor: Actor, subject: Subject) -> bool:
    return works_here(actor) and (not isinstance(subject, CaseStart) or subject.actor_performs_first_step)


def holds_it(actor: Actor, subject: Subject) -> bool:
    return (
        works_here(actor)
        and isinstance(subject, ItemAccess)
        and subject.assignee_id in (actor.employee_id, *subject.actor_acts_for)
    )


def may_take_it(actor: Actor, subject: Subject) -> bool:
    return (
        works_here(actor)
        and isinstance(subject, ItemAccess)
        and (subject.actor_is_candidate or bool(subject.actor_acts_for))
    )


def takes_part(actor: Actor, subject: Subject) -> bool:
    return works_here(actor) and isinstance(subject, ItemAccess | InstanceAccess) and subject.actor_takes_part


def may_read_it(actor: Actor, subject: Subject) -> bool:
    return works_here(actor) and isinstance(subject, ItemAccess | InstanceAccess) and subject.actor_may_read


def heads_its_unit(actor: Actor, subject: Subject) -> bool:
    return (
        Role.MANAGER in actor.roles
        and works_here(actor)
        and isinstance(subject, ItemAccess | InstanceAccess)
        and subject.unit_is_managed
    )


def started_its_case(actor: Actor, subject: Subject) -> bool:
    return works_here(actor) and isinstance(subject, ItemAccess) and subject.actor_started_case


def is_herself(actor: Actor, subject: Subject) -> bool:
    return isinstance(subject, PersonAccess) and subject.employee_id == actor.employee_id


def heads_her_unit(actor: Actor, subject: Subject) -> bool:
    return (
        Role.MANAGER in actor.roles
        and works_here(actor)
        and isinstance(subject, PersonAccess)
        and subject.unit_is_managed
    )


def may_complete(actor: Actor, subject: Subject) -> bool:
    """The holder, or whoever may claim it while nobody holds it: completing takes it."""
    unheld = isinstance(subject, ItemAccess) and subject.assignee_id is None
    return holds_it(actor, subject) or (unheld and may_take_it(actor, subject))


def audits_office(actor: Actor) -> bool:
    """An auditor sees the whole office unless a smaller reach was given."""
    if Role.AUDITOR not in actor.roles:
        return False
    given = [reach.scope for reach in actor.reaches if reach.role == Role.AUDITOR]
    return not given or Scope.OFFICE in given


def audits(actor: Actor, subject: Subject) -> bool:
    """Reads all that lies in her reach, and changes nothing."""
    within = isinstance(subject, ItemAccess | InstanceAccess | PersonAccess) and subject.unit_is_audited
    return audits_office(actor) or (Role.AUDITOR in actor.roles and within)


def audits_all(actor: Actor, _subject: Subject) -> bool:
    return audits_office(actor)


administers = has(Role.ADMINISTRATOR)
designs = has(Role.DESIGNER)
manages = has(Role.MANAGER)
keeps_the_office = either(has(Role.SECRETARIAT), administers)
sees_what_is_kept = either(keeps_the_office, audits_all)
concerns_her = either(is_herself, heads_her_unit, keeps_the_office)
looks_on = either(concerns_her, audits)
