"""What narrows the audit trail: who, what about, and which days; written in its address, so that it can be shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from engine.audit.queries import TrailFilter
from engine.base.text import one_line
from engine.insight.days import DAY, first_moment
from webui.pages.board_address import day_of
from webui.texts import _

NAME_LENGTH = 100
# Whoever looks for something and says no days gets these: a trail of years is not searched from end to end.
USUAL_DAYS = timedelta(days=90)
# What acts are about, by the first part of their names.
AREAS: Mapping[str, frozenset[str]] = {
    "akun": frozenset({"account", "session", "token"}),
    "organisasi": frozenset(
        {
            *("absence", "competency", "delegation", "duty", "employee", "holding"),
            *("import", "organisation", "position", "sheet", "unit"),
        }
    ),
    "prosedur": frozenset({"definition", "plan"}),
    "berkas": frozenset(
        {
            *("applicant", "attachment", "case", "decision", "incident", "message"),
            *("question", "repair", "service", "signal", "timer", "work_item"),
        }
    ),
    "pengaturan": frozenset(
        {
            *("calendar", "channel", "delivery", "figures", "inbox", "job"),
            *("ladder", "notices", "quiet_hours", "wording"),
        }
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenTrail:
    """`area` is a word of AREAS; what the address says and we do not know is left out."""

    name: str
    area: str
    first: date | None
    last: date | None

    def query(self, **other: Any) -> dict[str, Any]:
        """The parts of the address, with others."""
        parts = {
            "oleh": self.name or None,
            "tentang": self.area or None,
            "dari": self.first.isoformat() if self.first else None,
            "sampai": self.last.isoformat() if self.last else None,
            **other,
        }
        return {name: value for name, value in parts.items() if value is not None}

    def terms(self, acts: Iterable[str], zone: ZoneInfo) -> TrailFilter:
        prefixes = AREAS.get(self.area, frozenset())
        return TrailFilter(
            name=self.name,
            acts=frozenset(act for act in acts if act.partition(".")[0] in prefixes),
            since=first_moment(self.first, zone) if self.first else None,
            until=first_moment(self.last + DAY, zone) if self.last else None,
        )


def filter_of_address(today: date) -> ChosenTrail:
    name, area = one_line(request.args.get("oleh", ""))[:NAME_LENGTH], request.args.get("tentang", "")
    area = area if area in AREAS else ""
    first, last = day_of(request.args.get("dari", "")), day_of(request.args.get("sampai", ""))
    if first is None and (name or area):
        first = (last or today) - USUAL_DAYS
    return ChosenTrail(name=name, area=area, first=first, last=last)


def areas() -> list[tuple[str, str]]:
    return [
        ("", _("All acts")),
        ("akun", _("Accounts and signing in")),
        ("berkas", _("Cases and tasks")),
        ("organisasi", _("Organisation and people")),
        ("prosedur", _("Procedures and plans")),
        ("pengaturan", _("Settings and notices")),
    ]
