"""What a token must be good for: reading for all that only looks, and for each act what its subject says here."""

from collections.abc import Mapping

from engine.access.tokens import TokenScope
from engine.base.errors import NotAllowed
from engine.base.i18n import _

LOOKS = ("GET", "HEAD", "OPTIONS")

# By blueprint, unless one operation differs. What does not stand here needs a token that may do everything.
ACTS: Mapping[str, TokenScope] = {
    "api_me": TokenScope.WORK,
    "api_tokens": TokenScope.WORK,
    "api_cases": TokenScope.WORK,
    "api_work_items": TokenScope.WORK,
    "api_attachments": TokenScope.WORK,
    "api_processes": TokenScope.DESIGN,
}


class ScopeTooSmall(NotAllowed):
    code = "access.scope_too_small"
    message = _("This token is good for “%(has)s” only, and this needs one for “%(needs)s”.")


def needed_scope(endpoint: str, method: str) -> TokenScope:
    if method in LOOKS:
        return TokenScope.READ
    return ACTS.get(endpoint) or ACTS.get(endpoint.rpartition(".")[0]) or TokenScope.ADMIN


def check_scope(endpoint: str, method: str, scope: TokenScope) -> None:
    """Raises ScopeTooSmall."""
    needed = needed_scope(endpoint, method)
    if not scope.covers(needed):
        raise ScopeTooSmall(has=scope.value, needs=needed.value)
