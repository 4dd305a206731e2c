"""Another provider says who somebody is: to which account that leads. Decision 0010 says why so and not otherwise."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from engine.access.model import Account, Role
from engine.access.passwords import matches
from engine.access.permissions import Permission, SignInNeeded, require
from engine.access.queries import AccountNotFound
from engine.access.secret_keys import digest_of
from engine.access.sessions import Proof
from engine.access.signing_in import Admission, admit, check_may_sign_in
from engine.access.visitors import UNKNOWN, Visitor
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotAllowed
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.model import Employee

LONGEST = 200


class NoAccountForIdentity(NotAllowed):
    code = "access.no_account_for_identity"
    message = _("The office's provider knows you, but no account here belongs to you. Ask an administrator for one.")


class OtherIdentityLinked(NotAllowed):
    code = "access.other_identity_linked"
    message = _("Your account here belongs to another sign-in of the provider. Ask an administrator to untie it.")


class AdministratorNotTied(NotAllowed):
    code = "access.administrator_not_tied"
    message = _(
        "An administrator's account opens by the provider only once she has tied it herself. "
        "Sign in with your password, and tie it under My account."
    )


class IdentityTaken(Conflict):
    code = "access.identity_taken"
    message = _("This sign-in of the provider belongs to another account here. Ask an administrator to untie that one.")


class TieRefused(Invalid):
    code = "access.tie_refused"
    message = _("The account was not tied.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom a provider has recognised; an address that it has not verified itself is left empty."""

    issuer: str
    subject: str
    nip: str = ""
    email: str = ""

    @property
    def key(self) -> str:
        return digest_of(f"{self.issuer} {self.subject}")


def sign_in_by_provider(work: UnitOfWork, identity: Identity, visitor: Visitor = UNKNOWN) -> Admission:
    """Sign in the account that belongs to this identity; the first time it is found by NIP, else by address."""
    account = _linked(work, identity) or _link(work, identity)
    return admit(work, account, visitor, Proof.PROVIDER)


def agree_to_tie(work: UnitOfWork, password: str) -> None:
    """The actor proves once more who she is, before the provider is asked which sign-in is hers."""
    if not matches(password, _own(work).password_hash):
        text = _("This is not your present password.")
        raise TieRefused([FieldProblem(name="password", code="wrong", message=text)])


def tie(work: UnitOfWork, identity: Identity) -> None:
    """The provider's sign-in that the actor has just shown opens her own account from now on."""
    account, linked = _own(work), _linked(work, identity)
    if linked is not None and linked.id != account.id:
        raise IdentityTaken
    _keep_link(work, account, identity)


def unlink(work: UnitOfWork, account_id: int) -> None:
    """The provider's next sign-in finds the account anew, by NIP or address."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = work.session.get(Account, account_id)
    if account is None:
        raise AccountNotFound
    account.oidc_subject = None
    record(work, "account.unlinked", "account", account.id, username=account.username)


def _linked(work: UnitOfWork, identity: Identity) -> Account | None:
    query = select(Account).options(joinedload(Account.employee)).where(Account.oidc_subject == identity.key)
    return work.session.scalar(query)


def _link(work: UnitOfWork, identity: Identity) -> Account:
    account = _of_employee(work, identity)
    check_may_sign_in(work, account)
    # Whoever writes NIPs and addresses, there or here, would become administrator.
    if any(each.role == Role.ADMINISTRATOR for each in account.roles):
        raise AdministratorNotTied
    _keep_link(work, account, identity)
    return account


def _keep_link(work: UnitOfWork, account: Account, identity: Identity) -> None:
    if account.oidc_subject not in (None, identity.key):
        raise OtherIdentityLinked
    account.oidc_subject = identity.key
    record(work, "account.linked", "account", account.id, username=account.username)


def _own(work: UnitOfWork) -> Account:
    if work.actor.account_id is None:
        raise SignInNeeded
    return work.session.get_one(Account, work.actor.account_id)


def _of_employee(work: UnitOfWork, identity: Identity) -> Account:
    """An employee's only: an account of the machine room is nobody's that a provider could know."""
    query = select(Account).join(Account.employee).options(joinedload(Account.employee)).limit(2)
    nip = "".join(identity.nip[:LONGEST].split())
    email = identity.email.strip().lower()[:LONGEST]
    found: list[Account] = []
    if nip.isascii() and nip.isdigit():
        found = list(work.session.scalars(query.where(Employee.nip == nip)))
    elif "@" in email and email.isprintable():
        is_hers = or_(func.lower(Account.email) == email, func.lower(Employee.email) == email)
        found = list(work.session.scalars(query.where(is_hers)))
    if len(found) != 1:
        raise NoAccountForIdentity
    return found[0]
