"""Who may, in few words: for what is one's own, what lies in one's unit, and what is foreign."""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """One person of each role; all work in the same unit but the stranger, who has not signed in."""

    STRANGER = "stranger"
    STAFF = "staff"
    MANAGER = "manager"
    DESIGNER = "designer"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Whose(StrEnum):
    OWN = "own"
    UNIT = "unit"
    FOREIGN = "foreign"


People = frozenset[Who]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where a subject is nobody's, such as a calendar, `own` says it all and the others are None."""

    own: People
    unit: People | None = None
    foreign: People | None = None

    def expected(self) -> dict[Whose, People]:
        told = {Whose.OWN: self.own, Whose.UNIT: self.unit, Whose.FOREIGN: self.foreign}
        return {whose: people for whose, people in told.items() if people is not None}


def only(*who: Who) -> People:
    return frozenset(who)


EVERYBODY = only(*Who)
MEMBERS = EVERYBODY - {Who.STRANGER}
# Whoever is staff, too, works on tasks and cases; the auditor and the administrator of the tests are nothing besides.
WORKERS = only(Who.STAFF, Who.MANAGER, Who.DESIGNER, Who.SECRETARIAT)
NOBODY = only()
LOOKERS = only(Who.AUDITOR, Who.ADMINISTRATOR)
KEEPERS = only(Who.SECRETARIAT, Who.ADMINISTRATOR)

# Nobody's in particular
OPEN = Rule(own=EVERYBODY)
SIGNED_IN = Rule(own=MEMBERS)
BY_DESIGNERS = Rule(own=only(Who.DESIGNER))
BY_ADMINISTRATORS = Rule(own=only(Who.ADMINISTRATOR))
BY_KEEPERS = Rule(own=KEEPERS)
# What they keep, to be read
OF_KEEPERS = Rule(own=KEEPERS | {Who.AUDITOR})
FOR_LOOKERS = Rule(own=LOOKERS)
FOR_MANAGERS = Rule(own=LOOKERS | {Who.MANAGER})
FOR_LEADERS = Rule(own=KEEPERS | {Who.MANAGER, Who.AUDITOR})
BY_WORKERS = Rule(own=WORKERS)
# Where a position is needed as well: who holds the clerks' and is staff
BY_CLERKS = Rule(own=WORKERS - {Who.MANAGER})
# Where there is nothing to be had in the office of the matrix, and so nobody is let in
NOBODYS = Rule(own=NOBODY)

# A case or a work item
CASE_READING = Rule(own=MEMBERS, unit=LOOKERS | {Who.MANAGER}, foreign=LOOKERS)
CASE_ADDING = Rule(own=WORKERS, unit=only(Who.MANAGER), foreign=NOBODY)
CASE_LEADING = Rule(
    own=only(Who.MANAGER, Who.ADMINISTRATOR), unit=only(Who.MANAGER, Who.ADMINISTRATOR), foreign=only(Who.ADMINISTRATOR)
)
CASE_MENDING = Rule(own=only(Who.ADMINISTRATOR), unit=only(Who.ADMINISTRATOR), foreign=only(Who.ADMINISTRATOR))
ITEM_HOLDING = Rule(own=WORKERS, unit=NOBODY, foreign=NOBODY)
ITEM_LEADING = Rule(own=only(Who.MANAGER), unit=only(Who.MANAGER), foreign=NOBODY)

# An employee
PERSON_READING = Rule(own=MEMBERS, unit=KEEPERS | {Who.MANAGER, Who.AUDITOR}, foreign=KEEPERS | {Who.AUDITOR})
PERSON_KEEPING = Rule(own=MEMBERS, unit=KEEPERS | {Who.MANAGER}, foreign=KEEPERS)
# What is hers alone, such as a session or a notice
HERS = Rule(own=MEMBERS, unit=NOBODY, foreign=NOBODY)

# A duty sheet is signed by the superior, never by who got it; who keeps the organisation may bring a signed copy
SHEET_SIGNING = Rule(own=NOBODY, unit=only(Who.MANAGER), foreign=NOBODY)
SHEET_KEEPING = Rule(own=NOBODY, unit=KEEPERS | {Who.MANAGER}, foreign=KEEPERS)
# A table that is being imported is seen by who sent it only
KEEPERS_OWN = Rule(own=KEEPERS, unit=NOBODY, foreign=NOBODY)
