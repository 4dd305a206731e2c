"""Rungs of a ladder as sentences."""

from sqlalchemy.orm import Session

from engine.base.unit_of_work import Reading
from engine.sla.ahead import what_comes_next
from engine.sla.climbing import AT_ONCE, RungRule
from engine.sla.ladders import Place, ladder_at
from engine.sla.model import Anchor, RungAction
from webui.office_time import due_words
from webui.texts import _
from webui.wording import working_duration


def actions() -> dict[RungAction, str]:
    return {
        RungAction.REMIND_HOLDER: _("remind whoever has it"),
        RungAction.TELL_SUPERIOR: _("tell the superior"),
        RungAction.OFFER_TO_POOL: _("offer it to all who may take it"),
        RungAction.REASSIGN_TO_SUPERIOR: _("give it to the superior"),
        RungAction.TELL_HEAD: _("tell the head above the superior"),
    }


def anchors() -> dict[Anchor, str]:
    return {
        Anchor.RISK: _("it is due soon"),
        Anchor.DUE: _("it is due"),
    }


def sentence(rung: RungRule) -> str:
    """When it comes, what happens, and how often."""
    said = _("%(when)s: %(what)s", when=_when(rung), what=actions()[rung.action])
    if not rung.repeats or rung.every is None:
        return said
    pause = working_duration(rung.every)
    if rung.repeats == 1:
        return _("%(rung)s, and once more %(pause)s later", rung=said, pause=pause)
    return _("%(rung)s, and %(count)s times more, each %(pause)s later", rung=said, count=rung.repeats, pause=pause)


def next_in_words(reading: Reading, work_item_id: int) -> str:
    """Tomorrow 09:00 the superior is told; empty when nothing comes."""
    turn = what_comes_next(reading, work_item_id)
    if turn is None:
        return ""
    when = due_words(turn.at, reading.now)
    match turn.action:
        case RungAction.REMIND_HOLDER:
            return _("%(when)s: whoever has it is reminded.", when=when)
        case RungAction.TELL_SUPERIOR:
            return _("%(when)s: the superior is told.", when=when)
        case RungAction.OFFER_TO_POOL:
            return _("%(when)s: it is offered to all who may take it.", when=when)
        case RungAction.REASSIGN_TO_SUPERIOR:
            return _("%(when)s: it goes to the superior.", when=when)
        case RungAction.TELL_HEAD:
            return _("%(when)s: the head above the superior is told.", when=when)


def sentences_at(session: Session, definition_id: int) -> list[str]:
    """The ladder that holds for a procedure."""
    return [sentence(rung) for rung in ladder_at(session, Place(definition_id=definition_id))]


def _when(rung: RungRule) -> str:
    if rung.after == AT_ONCE:
        return _("When it is due soon") if rung.anchor is Anchor.RISK else _("When it is due")
    duration = working_duration(rung.after)
    if rung.anchor is Anchor.RISK:
        return _("%(duration)s after it came to be due soon", duration=duration)
    return _("%(duration)s after it was due", duration=duration)
