"""Passwords: what is good enough, how they are kept, and how readable ones are made."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.access.common_passwords import is_common
from engine.base.i18n import _

SHORTEST, LONGEST = 12, 200
FEWEST_DIFFERENT = 5
CONSONANTS, VOWELS = "bdgjklmnprstwy", "aeiou"
GROUPS, SYLLABLES_IN_GROUP = 4, 2

# OWASP's recommendation for Argon2id (19 MiB, two passes): safe, and two cores still serve others meanwhile.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

TOO_SHORT = _("The password must have at least 12 characters.")
TOO_LONG = _("The password may have at most 200 characters.")
TOO_SIMPLE = _("The password repeats the same few characters. Use at least five different ones.")
CONTAINS_USERNAME = _("The password must not contain the username.")
TOO_COMMON = _("This is one of the passwords that strangers try first. Three or four unconnected words are safe.")


def weakness(password: str, username: str) -> str | None:
    """Why a password is not good enough, as a catalogue text; None when it is."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if len(set(password)) < FEWEST_DIFFERENT:
        return TOO_SIMPLE
    # The name counts for nothing. It is not forbidden, because one that we make up may hold a short name by chance.
    if len(password.lower().replace(username.lower(), "")) < SHORTEST:
        return CONTAINS_USERNAME
    return TOO_COMMON if is_common(password) else None


def hashed(password: str) -> str:
    return HASHER.hash(_bytes(password))


def matches(password: str, password_hash: str) -> bool:
    """Also for a hash that nobody has: then it takes its time and says no."""
    try:
        # Longer ones were never accepted; they are cut so that nobody makes us hash megabytes.
        return HASHER.verify(password_hash, _bytes(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    return HASHER.check_needs_rehash(password_hash)


def readable_password() -> str:
    """Such as `bado-kemi-sutu-rena-47`: easy to copy from a screen, 55 bits of chance."""
    groups = ("".join(_syllable() for _ in range(SYLLABLES_IN_GROUP)) for _ in range(GROUPS))
    return "-".join((*groups, f"{secrets.randbelow(100):02}"))


def _bytes(password: str) -> bytes:
    # JSON may carry half a surrogate pair, which plain UTF-8 cannot write.
    return password.encode("utf-8", "surrogatepass")


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)
