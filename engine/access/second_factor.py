"""The second factor: a code that a phone shows for half a minute, or one of ten that were written down for its loss."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from pyotp import TOTP, random_base32
from sqlalchemy import func, or_, select, update

from engine.access.model import Account, OneTimeSecret
from engine.access.one_time import forget_one_time_secrets
from engine.access.passwords import matches
from engine.access.permissions import Permission, SignInNeeded, require
from engine.access.queries import AccountNotFound
from engine.access.secret_keys import Unsealable, keyed_digest_of, sealed, unsealed
from engine.access.sessions import end_sessions, needs_second_factor
from engine.audit.operations import record
from engine.base.errors import Conflict, FieldProblem, Invalid, NotAllowed
from engine.base.i18n import _
from engine.base.unit_of_work import Reading, UnitOfWork

ISSUER = "TataKerja"
SECONDS = 30
DRIFT = 1  # a phone's clock may be one step off
RECOVERY_CODES = 10
RECOVERY = "recovery"
SEAL = "totp"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
GROUP = 5


class SecondFactorWrong(NotAllowed):
    code = "access.second_factor_wrong"
    message = _("This code is not right, or it was used already. Wait for the next one on your phone.")


class SecondFactorUnreadable(Conflict):
    code = "access.second_factor_unreadable"
    message = _("Your second factor was kept with another key. Ask an administrator to reset it, then set it up anew.")


class NoSecondFactor(Conflict):
    code = "access.no_second_factor"
    message = _("No second factor is being set up. Begin again.")


class SecondFactorStands(Conflict):
    code = "access.second_factor_stands"
    message = _("The second factor is set up already. Take it off before you set up another phone.")


class SecondFactorDemanded(Conflict):
    code = "access.second_factor_demanded"
    message = _("Your role needs a second factor. An administrator can reset it if you have a new phone.")


class CodeRefused(Invalid):
    code = "access.code_refused"
    message = _("This code is not the one that the app shows now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What an app needs to show the codes; `uri` is what its camera reads."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """How an account stands to the second factor; `codes_left` of those that were written down."""

    set_up_at: datetime | None
    codes_left: int
    is_demanded: bool


def factor_of(reading: Reading, account_id: int) -> Factor:
    account = _account(reading, account_id)
    left = reading.session.scalar(
        select(func.count()).where(
            OneTimeSecret.account_id == account_id, OneTimeSecret.purpose == RECOVERY, OneTimeSecret.used_at.is_(None)
        )
    )
    return Factor(
        set_up_at=account.totp_confirmed_at,
        codes_left=left or 0,
        is_demanded=needs_second_factor(account, reading.settings),
    )


def begin(work: UnitOfWork) -> None:
    """Make a secret for the actor's phone; it counts once a code of it has been given."""
    account = _own(work)
    if account.totp_confirmed_at is not None:
        raise SecondFactorStands
    account.totp_secret = sealed(random_base32(), work.settings.secret_key, SEAL)


def enrolment(reading: Reading) -> Enrolment | None:
    """What the actor's app is to be told, as long as it has not been confirmed."""
    account = _own(reading)
    if account.totp_secret is None or account.totp_confirmed_at is not None:
        return None
    secret = _secret_of(reading, account)
    uri = TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)
    return Enrolment(secret=secret, uri=uri)


def confirm(work: UnitOfWork, code: str) -> tuple[str, ...]:
    """The second factor counts from now on; returns the codes to write down, which are kept nowhere."""
    account = _own(work)
    if account.totp_confirmed_at is not None:
        raise SecondFactorStands
    if account.totp_secret is None:
        raise NoSecondFactor
    if not _is_fresh_code(work, account, _typed(code)):
        raise CodeRefused([FieldProblem(name="code", code="wrong", message=CodeRefused.message)])
    account.totp_confirmed_at = work.now
    record(work, "account.second_factor_set", "account", account.id, username=account.username)
    return _new_recovery_codes(work, account)


def renew_recovery_codes(work: UnitOfWork, code: str) -> tuple[str, ...]:
    """Ten new ones instead of those before, for who has the phone."""
    account = _own(work)
    if account.totp_confirmed_at is None:
        raise NoSecondFactor
    prove(work, account, code)
    record(work, "account.recovery_codes_renewed", "account", account.id, username=account.username)
    return _new_recovery_codes(work, account)


def take_off(work: UnitOfWork, password: str) -> None:
    """The actor's own, with her password; not where her role demands one."""
    account = _own(work)
    if needs_second_factor(account, work.settings):
        raise SecondFactorDemanded
    if not matches(password, account.password_hash):
        text = _("This is not your present password.")
        raise CodeRefused([FieldProblem(name="password", code="wrong", message=text)])
    _forget(work, account)
    record(work, "account.second_factor_off", "account", account.id, username=account.username)


def reset(work: UnitOfWork, account_id: int) -> None:
    """By an administrator, for who lost her phone: whoever is signed in is out, and the password alone counts."""
    require(work.actor, Permission.MANAGE_ACCOUNTS)
    account = _account(work, account_id)
    _forget(work, account)
    end_sessions(work, account.id)
    record(work, "account.second_factor_reset", "account", account.id, username=account.username)


def prove(work: UnitOfWork, account: Account, code: str) -> None:
    """Raises SecondFactorWrong unless the code is the phone's of this moment, not used yet, or one written down."""
    typed = _typed(code)
    if not (_is_fresh_code(work, account, typed) or _is_recovery_code(work, account, typed)):
        raise SecondFactorWrong


def _is_fresh_code(work: UnitOfWork, account: Account, typed: str) -> bool:
    """Marks the step as used in the same statement that finds it unused: of two with one code, one gets in."""
    if account.totp_secret is None:
        return False
    totp, now = TOTP(_secret_of(work, account)), int(work.now.timestamp()) // SECONDS
    # All are compared, and each in the same time, whatever the answer.
    right = [step for step in range(now - DRIFT, now + DRIFT + 1) if _same(totp.generate_otp(step), typed)]
    return any(_use_step(work, account.id, step) for step in right)


def _use_step(work: UnitOfWork, account_id: int, step: int) -> bool:
    is_later = or_(Account.totp_last_step.is_(None), Account.totp_last_step < step)
    marked = update(Account).where(Account.id == account_id, is_later).values(totp_last_step=step)
    return work.session.scalar(marked.returning(Account.id)) is not None


def _is_recovery_code(work: UnitOfWork, account: Account, typed: str) -> bool:
    digest = _recovery_digest(work, account, typed)
    used = (
        update(OneTimeSecret)
        .where(
            OneTimeSecret.account_id == account.id,
            OneTimeSecret.purpose == RECOVERY,
            OneTimeSecret.digest == digest,
            OneTimeSecret.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
    return work.session.scalar(used.returning(OneTimeSecret.id)) is not None


def _new_recovery_codes(work: UnitOfWork, account: Account) -> tuple[str, ...]:
    forget_one_time_secrets(work, account.id, RECOVERY)
    codes = tuple("".join(secrets.choice(LETTERS) for _each in range(2 * GROUP)) for _number in range(RECOVERY_CODES))
    for code in codes:
        digest = _recovery_digest(work, account, code)
        work.session.add(OneTimeSecret(account_id=account.id, purpose=RECOVERY, digest=digest))
    return tuple(f"{code[:GROUP]}-{code[GROUP:]}" for code in codes)


def _recovery_digest(work: UnitOfWork, account: Account, code: str) -> str:
    return keyed_digest_of(f"{account.id} {code}", work.settings.secret_key, RECOVERY)


def _forget(work: UnitOfWork, account: Account) -> None:
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    forget_one_time_secrets(work, account.id, RECOVERY)


def _secret_of(work: UnitOfWork | Reading, account: Account) -> str:
    try:
        return unsealed(account.totp_secret or "", work.settings.secret_key, SEAL)
    except Unsealable:
        raise SecondFactorUnreadable from None


def _typed(code: str) -> str:
    """As people write it: with spaces or hyphens, in any case."""
    return "".join(letter for letter in code[:40].lower() if letter.isalnum())


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "surrogatepass"))


def _own(work: UnitOfWork | Reading) -> Account:
    if work.actor.account_id is None:
        raise SignInNeeded
    return _account(work, work.actor.account_id)


def _account(work: UnitOfWork | Reading, account_id: int) -> Account:
    account = work.session.get(Account, account_id)
    if account is None:
        raise AccountNotFound
    return account
