"""What roles, their reaches, tokens and proofs are called on the pages."""

from engine.access.model import Role, Scope
from engine.access.tokens import TokenScope
from webui.texts import _


def roles() -> list[tuple[Role, str, str]]:
    """Each role with its name and what it is for."""
    return [
        (Role.STAFF, _("Staff"), _("Works on tasks and starts cases.")),
        (Role.MANAGER, _("Manager"), _("Sees the cases of the unit that she heads, hands work over, cancels cases.")),
        (Role.DESIGNER, _("Designer"), _("Uploads procedures and puts them in force.")),
        (Role.SECRETARIAT, _("SOP secretariat"), _("Keeps the organisation, its positions, people and duties.")),
        (Role.AUDITOR, _("Auditor"), _("Reads everything, the audit trail too, and changes nothing.")),
        (Role.ADMINISTRATOR, _("Administrator"), _("Keeps accounts, calendar and organisation; mends incidents.")),
    ]


def reaches() -> list[tuple[Role, str, list[tuple[str, str]]]]:
    """The roles whose reach may be said, what it is without, and what may be chosen."""
    units = [(Scope.UNIT, _("one unit")), (Scope.SUBTREE, _("a unit with all below it"))]
    office = (Scope.OFFICE, _("the whole office"))
    return [
        (Role.MANAGER, _("Where she leads"), [("", _("only the units that she heads")), *units, office]),
        (Role.AUDITOR, _("What she audits"), [("", _("the whole office")), *units]),
    ]


def scopes() -> list[tuple[TokenScope, str]]:
    return [
        (TokenScope.READ, _("reading only")),
        (TokenScope.WORK, _("reading, and work on tasks and cases")),
        (TokenScope.DESIGN, _("reading, and keeping procedures")),
        (TokenScope.ADMIN, _("all that the account may")),
    ]


def proofs() -> dict[str, str]:
    return {
        "password": _("password"),
        "password+code": _("password and code"),
        "provider": _("the office's provider"),
        "provider+code": _("the office's provider and code"),
    }
