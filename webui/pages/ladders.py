"""How late work climbs: the ladders of the office, of procedures and of steps, as administrators keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import FieldProblem
from engine.base.unit_of_work import Reading
from engine.definitions.queries import procedures
from engine.sla.ahead import for_example
from engine.sla.climbing import Rungs
from engine.sla.ladder_keeping import LadderChanged, drop_ladder, keep_ladder, mark_of, require_as_seen
from engine.sla.ladder_places import in_words, place_named, steps_of
from engine.sla.ladder_rules import MOST_RUNGS, problems
from engine.sla.ladders import OFFICE, Place, ladder_at, ladders
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.pages.ladder_fields import TypedRung, changed, rungs_from, typed_as, typed_from
from webui.pages.ladder_words import actions, anchors, sentence
from webui.texts import _
from webui.wording import reason_of

bp = Blueprint("ladders", __name__)

KEEP, LOOK = "keep", "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderLine:
    """A place with a ladder of its own."""

    name: str
    address: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of the page, as its address names it."""

    place: Place
    key: str
    element: str
    name: str

    def address(self, endpoint: str) -> str:
        return url_for(endpoint, prosedur=self.key or None, langkah=self.element or None)


@bp.get("/administrasi/eskalasi")
@signed_in
def index() -> ResponseReturnValue:
    """The ladder of the office, and those that differ from it."""
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    with core().read(current_actor()) as reading:
        register = {each.definition_id: each for each in procedures(reading.session)}
        own = [_line(reading, register, place) for place in ladders(reading.session) if place != OFFICE]
        office = [sentence(rung) for rung in ladder_at(reading.session, OFFICE)]
    return render_template(
        "ladders.html",
        tabs=tabs("ladders.index"),
        rungs=office,
        own=sorted(own, key=lambda line: line.name),
        procedures=list(register.values()),
        may_keep=allows(current_actor(), Permission.KEEP_LADDERS),
    )


@bp.get("/administrasi/eskalasi/tangga")
@signed_in
def show() -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_LADDERS)
    with core().read(current_actor()) as reading:
        where = _where(reading)
        return _page(reading, where, typed_as(ladder_at(reading.session, where.place)))


@bp.post("/administrasi/eskalasi/tangga")
@signed_in
def keep() -> ResponseReturnValue:
    """Keep the ladder; every other button changes or looks at what was typed, and keeps nothing."""
    require(current_actor(), Permission.KEEP_LADDERS)
    act, typed, seen = request.form.get("do", KEEP), typed_from(request.form), request.form.get("seen", "")
    with core().read(current_actor()) as reading:
        where = _where(reading)
        if act not in (KEEP, LOOK):
            return _page(reading, where, changed(typed, act), seen=seen)
        rungs, wrong = rungs_from(typed)
        wrong += problems(rungs) if not wrong else []
        if wrong or act == LOOK:
            page = _page(reading, where, typed, wrong, seen)
            return page, 422 if wrong else 200
    try:
        with core().work(current_actor()) as work:
            require_as_seen(work, where.place, seen)
            keep_ladder(work, where.place, rungs)
    except LadderChanged as refusal:
        with core().read(current_actor()) as reading:
            told = FieldProblem(name="rungs", code=refusal.code, message=refusal.message)
            return _page(reading, where, typed, [told]), 409
    flash(_("The ladder is kept. Work that is late already goes on by it from its next moment."), "success")
    return redirect(where.address(".show"))


@bp.get("/administrasi/eskalasi/tangga/lepas")
@signed_in
def confirm_dropping() -> ResponseReturnValue:
    """What holds instead when the own ladder is removed."""
    require(current_actor(), Permission.KEEP_LADDERS)
    with core().read(current_actor()) as reading:
        where = _where(reading)
        instead = ladder_at(reading.session, where.place.outwards()[1]) if where.place != OFFICE else None
    return render_template(
        "drop_ladder.html",
        where=where,
        sentences=None if instead is None else [sentence(rung) for rung in instead],
        back=where.address(".show"),
    )


@bp.post("/administrasi/eskalasi/tangga/lepas")
@signed_in
def drop() -> ResponseReturnValue:
    require(current_actor(), Permission.KEEP_LADDERS)
    with core().read(current_actor()) as reading:
        where = _where(reading)
    with core().work(current_actor()) as work:
        drop_ladder(work, where.place)
    flash(_("The own ladder is removed."), "success")
    return redirect(url_for(".index"))


def _where(reading: Reading) -> Where:
    key, element = request.args.get("prosedur", "")[:200], request.args.get("langkah", "")[:200]
    place = place_named(reading.session, key, element)
    return Where(place=place, key=key, element=place.element, name=reason_of(in_words(reading.session, place)))


def _page(
    reading: Reading,
    where: Where,
    typed: Sequence[TypedRung],
    wrong: Sequence[FieldProblem] = (),
    seen: str | None = None,
) -> str:
    """`seen` is the mark of the ladder that she began to change; without it she sees it as it is kept now."""
    rungs, unreadable = rungs_from(typed)
    own = ladders(reading.session).get(where.place)
    told = [(problem.name, problem.text(language())) for problem in wrong]
    is_sound = not unreadable and not problems(rungs)
    return render_template(
        "ladder.html",
        tabs=tabs("ladders.index"),
        where=where,
        typed=typed,
        sentences=[sentence(rung) for rung in rungs] if not unreadable else [],
        coming=_coming(reading, rungs) if is_sound else None,
        told=told,
        problems=dict(told),
        is_kept=tuple(typed) == typed_as(ladder_at(reading.session, where.place)),
        own=own,
        seen=mark_of(own.changed_at if own else None) if seen is None else seen,
        steps=steps_of(reading.session, where.key) if where.key and not where.element else {},
        actions=actions(),
        anchors=anchors(),
        units={"minutes": _("minutes"), "hours": _("hours"), "days": _("days")},
        most=MOST_RUNGS,
    )


def _coming(reading: Reading, rungs: Rungs) -> list[tuple[Any, str]]:
    """What would happen to work of two hours that was opened now."""
    return [(turn.at, actions()[turn.action]) for turn in for_example(reading, rungs)]


def _line(reading: Reading, register: Mapping[int, Any], place: Place) -> LadderLine:
    key = register[place.definition_id or 0].key
    return LadderLine(
        name=reason_of(in_words(reading.session, place)),
        address=url_for(".show", prosedur=key, langkah=place.element or None),
        sentences=tuple(sentence(rung) for rung in ladder_at(reading.session, place)),
    )
