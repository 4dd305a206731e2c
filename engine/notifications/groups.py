"""The kinds of notices as people tell them apart, to choose what leaves the house for them."""

from collections.abc import Mapping
from enum import StrEnum

from engine.base.i18n import _


class Group(StrEnum):
    WORK = "work"
    DEADLINES = "deadlines"
    TALK = "talk"
    CASES = "cases"
    OFFICE = "office"
    FAULTS = "faults"


GROUP_NAMES: Mapping[Group, str] = {
    Group.WORK: _("My tasks: new, handed over, returned"),
    Group.DEADLINES: _("Deadlines: due soon, late, moved"),
    Group.TALK: _("Questions, answers and mentions"),
    Group.CASES: _("My cases: finished, cancelled, messages about them"),
    Group.OFFICE: _("The office: delegations, duty sheets, imported tables"),
    Group.FAULTS: _("Cases that cannot go on"),
}

# By the first part of the kind, so that a kind that is new has its place by its name.
_BY_SUBJECT: Mapping[str, Group] = {
    "work": Group.WORK,
    "sla": Group.DEADLINES,
    "question": Group.TALK,
    "comment": Group.TALK,
    "case": Group.CASES,
    "service": Group.CASES,
    "incident": Group.FAULTS,
}


def group_of(kind: str) -> Group:
    return _BY_SUBJECT.get(kind.partition(".")[0], Group.OFFICE)
