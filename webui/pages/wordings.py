"""The words of notices: those of the program, or the office's own, seen with example facts before they count."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.base.i18n import LANGUAGES
from engine.notifications.groups import Group, group_of
from engine.notifications.texts import NoticeText
from engine.notifications.wording_keeping import WordingLine, drop_wording, keep_wording, tried, wording, wordings_in
from engine.notifications.wordings import (
    BODY_LENGTH,
    PLACES,
    TITLE_LENGTH,
    example_facts,
    filled,
    places_of,
    places_of_title,
    program_words,
)
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.pages.notice_words import group_words
from webui.texts import _

bp = Blueprint("wordings", __name__)


@bp.get("/administrasi/kalimat")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    chosen = _chosen_language()
    with core().read(current_actor()) as reading:
        lines = wordings_in(reading.session, chosen)
    return render_template(
        "wordings.html",
        tabs=tabs("wordings.index"),
        groups=_grouped(lines),
        chosen=chosen,
        languages_of=LANGUAGES,
        may_keep=allows(current_actor(), Permission.KEEP_CHANNELS),
    )


@bp.get("/administrasi/kalimat/<name:notice_kind>/<lang>")
@signed_in
def edit(notice_kind: str, lang: str) -> ResponseReturnValue:
    return _page(notice_kind, lang, None, {})


@bp.post("/administrasi/kalimat/<name:notice_kind>/<lang>")
@signed_in
def keep(notice_kind: str, lang: str) -> ResponseReturnValue:
    """Keep the words, or only show what they would say."""
    typed = NoticeText(title=request.form.get("title", ""), body=request.form.get("body", ""))
    try:
        if request.form.get("act") == "look":
            require(current_actor(), Permission.KEEP_CHANNELS)
            return _page(notice_kind, lang, tried(notice_kind, lang, typed.title, typed.body), {})
        with core().work(current_actor()) as work:
            keep_wording(work, notice_kind, lang, typed.title, typed.body)
    except Invalid as refusal:
        return _page(notice_kind, lang, typed, refusal.by_field(language())), 422
    flash(_("These words count from now on, also for notices that were written before."), "success")
    return redirect(url_for(".index", bahasa=lang))


@bp.post("/administrasi/kalimat/<name:notice_kind>/<lang>/kembali")
@signed_in
def drop(notice_kind: str, lang: str) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        drop_wording(work, notice_kind, lang)
    flash(_("The program's words count again."), "success")
    return redirect(url_for(".index", bahasa=lang))


def _page(kind: str, lang: str, typed: NoticeText | None, problems: dict[str, str]) -> str:
    require(current_actor(), Permission.KEEP_CHANNELS)
    with core().read(current_actor()) as reading:
        line, zone = wording(reading.session, kind, lang), reading.settings.zone
    text, facts = typed or line.text, example_facts(kind, lang)
    return render_template(
        "wording.html",
        tabs=tabs("wordings.index"),
        line=line,
        text=text,
        program=program_words(kind, lang),
        lang=lang,
        preview=None
        if problems
        else NoticeText(title=filled(text.title, facts, zone, lang), body=filled(text.body, facts, zone, lang)),
        places=_places(kind),
        problems=problems,
        title_length=TITLE_LENGTH,
        body_length=BODY_LENGTH,
    )


def _places(kind: str) -> list[tuple[str, str, bool]]:
    """Each with what it stands for, and whether the title may have it too."""
    of_title = places_of_title(kind)
    return [(place, _(PLACES[place][0]) if place in PLACES else "", place in of_title) for place in places_of(kind)]


def _grouped(lines: tuple[WordingLine, ...]) -> list[tuple[str, list[WordingLine]]]:
    names = group_words()
    by_group: dict[Group, list[WordingLine]] = {group: [] for group in names}
    for line in lines:
        by_group[group_of(line.kind)].append(line)
    return [(names[group], found) for group, found in by_group.items() if found]


def _chosen_language() -> str:
    given = request.args.get("bahasa", "")
    return given if given in LANGUAGES else core().settings.language
