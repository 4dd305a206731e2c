import pytest

from engine.access.model import Role
from engine.access.permissions import (
    RULES,
    CaseStart,
    InstanceAccess,
    ItemAccess,
    NotYourWork,
    Permission,
    allows,
    require,
)
from engine.base.actor import SYSTEM, Actor
from engine.base.errors import NotAllowed

ME, SOMEONE = 7, 8


def an_actor(*roles: Role, employee_id: int | None = ME) -> Actor:
    return Actor(account_id=1, employee_id=employee_id, name="Siti", roles=frozenset(roles))


STAFF = an_actor(Role.STAFF)
MANAGER = an_actor(Role.MANAGER)
DESIGNER = an_actor(Role.DESIGNER)
ADMINISTRATOR = an_actor(Role.ADMINISTRATOR)

MINE = ItemAccess(assignee_id=ME, actor_is_candidate=True)
POOLED = ItemAccess(assignee_id=None, actor_is_candidate=True)
FOREIGN = ItemAccess(assignee_id=SOMEONE, actor_is_candidate=False)
OF_MY_UNIT = ItemAccess(assignee_id=SOMEONE, actor_is_candidate=False, unit_is_managed=True)
TAKING_PART = InstanceAccess(actor_takes_part=True)
STRANGE = InstanceAccess(actor_takes_part=False)
MANAGED = InstanceAccess(actor_takes_part=False, unit_is_managed=True)


@pytest.mark.parametrize(
    ("actor", "permission", "subject"),
    [
        (STAFF, Permission.START_CASE, CaseStart(actor_performs_first_step=True)),
        (STAFF, Permission.CLAIM, POOLED),
        (STAFF, Permission.COMPLETE, MINE),
        (STAFF, Permission.COMPLETE, POOLED),
        (STAFF, Permission.KEEP_DRAFT, MINE),
        (STAFF, Permission.RELEASE, MINE),
        (STAFF, Permission.SEE_ITEM, POOLED),
        (STAFF, Permission.SEE_INSTANCE, TAKING_PART),
        (STAFF, Permission.ADD_TO_INSTANCE, TAKING_PART),
        (STAFF, Permission.SEE_ORGANISATION, None),
        (STAFF, Permission.SEE_DEFINITIONS, None),
        (MANAGER, Permission.COMPLETE, MINE),
        (MANAGER, Permission.SEE_INSTANCE, MANAGED),
        (MANAGER, Permission.SEE_ITEM, OF_MY_UNIT),
        (MANAGER, Permission.RELEASE, OF_MY_UNIT),
        (MANAGER, Permission.REASSIGN, OF_MY_UNIT),
        (MANAGER, Permission.CANCEL_CASE, MANAGED),
        (MANAGER, Permission.SEE_MONITORING, None),
        (DESIGNER, Permission.DEPLOY, None),
        (DESIGNER, Permission.PUBLISH, None),
        (ADMINISTRATOR, Permission.SEE_INSTANCE, STRANGE),
        (ADMINISTRATOR, Permission.SEE_ITEM, FOREIGN),
        (ADMINISTRATOR, Permission.MANAGE_ACCOUNTS, None),
        (ADMINISTRATOR, Permission.MEND_INCIDENTS, None),
        (ADMINISTRATOR, Permission.SEE_AUDIT, None),
        (ADMINISTRATOR, Permission.CANCEL_CASE, STRANGE),
    ],
)
def test_allowed(actor, permission, subject):
    assert allows(actor, permission, subject)


@pytest.mark.parametrize(
    ("actor", "permission", "subject"),
    [
        (STAFF, Permission.START_CASE, CaseStart(actor_performs_first_step=False)),
        (STAFF, Permission.CLAIM, FOREIGN),
        (STAFF, Permission.KEEP_DRAFT, POOLED),
        (STAFF, Permission.COMPLETE, FOREIGN),
        (STAFF, Permission.COMPLETE, None),
        (STAFF, Permission.SEE_INSTANCE, STRANGE),
        (STAFF, Permission.SEE_INSTANCE, MANAGED),
        (STAFF, Permission.SEE_MONITORING, None),
        (STAFF, Permission.DEPLOY, None),
        (STAFF, Permission.REASSIGN, OF_MY_UNIT),
        (MANAGER, Permission.COMPLETE, OF_MY_UNIT),
        (MANAGER, Permission.SEE_INSTANCE, STRANGE),
        (MANAGER, Permission.CANCEL_CASE, STRANGE),
        (MANAGER, Permission.MANAGE_ACCOUNTS, None),
        (DESIGNER, Permission.COMPLETE, MINE),
        (DESIGNER, Permission.MANAGE_ACCOUNTS, None),
        (ADMINISTRATOR, Permission.COMPLETE, FOREIGN),
        (ADMINISTRATOR, Permission.COMPLETE, MINE),
        (ADMINISTRATOR, Permission.CLAIM, POOLED),
        (ADMINISTRATOR, Permission.DEPLOY, None),
        (
            an_actor(Role.STAFF, employee_id=None),
            Permission.COMPLETE,
            ItemAccess(assignee_id=None, actor_is_candidate=True),
        ),
    ],
)
def test_refused(actor, permission, subject):
    assert not allows(actor, permission, subject)


def test_every_permission_has_its_rule():
    assert set(RULES) == set(Permission)


def test_account_without_roles_may_only_read_what_everyone_may():
    subjects = {Permission.START_CASE: CaseStart(actor_performs_first_step=True)}
    allowed = {each for each in Permission if allows(an_actor(), each, subjects.get(each, MINE))}
    assert allowed == {Permission.SEE_DEFINITIONS, Permission.SEE_ORGANISATION}


@pytest.mark.parametrize("permission", list(Permission))
def test_system_may_do_what_its_jobs_need(permission):
    assert allows(SYSTEM, permission)


def test_refusal_says_what_helps():
    with pytest.raises(NotYourWork, match="claim it first"):
        require(STAFF, Permission.KEEP_DRAFT, POOLED)


@pytest.mark.parametrize("permission", list(Permission))
def test_every_refusal_is_a_leaf_with_its_own_code(permission):
    refusal = RULES[permission].refusal
    assert issubclass(refusal, NotAllowed)
    assert refusal.code.startswith("access.")
