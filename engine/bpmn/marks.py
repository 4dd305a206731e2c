"""What a picture says about an element besides what it is: in colour, with a sign, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.base.i18n import _
from engine.bpmn.svg import Svg, circle, path
from engine.bpmn.symbols import placed


class Mark(StrEnum):
    DONE = "done"
    ACTIVE = "active"
    AT_RISK = "at-risk"
    LATE = "late"
    INCIDENT = "incident"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours are those of the light theme; the style sheet overrides them by class."""

    ink: str
    fill: str
    width: float


PLAIN = Look(ink="#55605c", fill="#ffffff", width=1.5)
LOOKS: Mapping[Mark, Look] = {
    Mark.DONE: Look(ink="#0c5c46", fill="#f1f7f4", width=1.5),
    Mark.ACTIVE: Look(ink="#0c5c46", fill="#d5eae1", width=3),
    Mark.AT_RISK: Look(ink="#8a5200", fill="#fdf1dc", width=3),
    Mark.LATE: Look(ink="#b3261e", fill="#fdebe9", width=3),
    Mark.INCIDENT: Look(ink="#b3261e", fill="#fdebe9", width=3),
    Mark.PROBLEM: Look(ink="#b3261e", fill="#fdebe9", width=2.5),
}
WORDS: Mapping[Mark, str] = {
    Mark.DONE: _("done"),
    Mark.ACTIVE: _("in progress"),
    Mark.AT_RISK: _("at risk of being late"),
    Mark.LATE: _("late"),
    Mark.INCIDENT: _("stopped by a fault"),
    Mark.PROBLEM: _("needs mending"),
}
_CLOCK = "M0-4.5V0L3 2"
_EXCLAMATION = "M0-5V1M0 4V4.6"
_SIGNS: Mapping[Mark, str] = {
    Mark.DONE: "M-4 0L-1.2 3L4.2-3.2",
    Mark.AT_RISK: _CLOCK,
    Mark.LATE: _CLOCK,
    Mark.INCIDENT: _EXCLAMATION,
    Mark.PROBLEM: _EXCLAMATION,
}


def look_of(mark: Mark | None) -> Look:
    return PLAIN if mark is None else LOOKS[mark]


def badge(mark: Mark | None, x: float, y: float) -> Svg:
    """The mark's sign in a small disc, for those who do not see its colour."""
    if mark is None:
        return Svg("")
    disc = circle(0, 0, 9, class_="tk-badge", fill="currentColor", stroke="#ffffff", stroke_width=2)
    if mark is Mark.ACTIVE:
        return placed(disc + circle(0, 0, 3.2, class_="tk-badge-sign", fill="#ffffff", stroke="none"), x, y, 1.0)
    sign = path(
        _SIGNS[mark], class_="tk-badge-sign", fill="none", stroke="#ffffff", stroke_width=2, stroke_linecap="round"
    )
    return placed(disc + sign, x, y, 1.0)
