"""How I want to hear: by mail, what stays in the house, and where a channel reaches me."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.errors import Invalid
from engine.notifications.groups import Group
from engine.notifications.model import MailMode
from engine.notifications.moments import as_typed, minute_in
from engine.notifications.preferences import USUAL_MINUTE, keep_choice, own_channels, wish_of
from engine.notifications.queries import quiet_hours
from engine.organisation.model import Employee
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.notice_words import group_words, mode_words
from webui.texts import _

bp = Blueprint("own_notices", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    mail: str
    digest_at: str
    leaving: frozenset[str]


@bp.get("/akun/pemberitahuan")
@signed_in
def show() -> ResponseReturnValue:
    return _page({}, None)


@bp.post("/akun/pemberitahuan")
@signed_in
def keep() -> ResponseReturnValue:
    """What is ticked may leave the house, the rest stays in it."""
    form = request.form
    typed = Typed(
        mail=form.get("mail", ""), digest_at=form.get("digest_at", ""), leaving=frozenset(form.getlist("leaving"))
    )
    try:
        with core().work(current_actor()) as work:
            keep_choice(work, typed.mail, minute_in(typed.digest_at), set(Group) - typed.leaving, _targets())
    except Invalid as refusal:
        return _page(refusal.by_field(language()), typed), 422
    flash(_("From now on notices come as you chose."), "success")
    return redirect(url_for(".show"))


def _page(problems: dict[str, str], typed: Typed | None) -> str:
    employee_id = current_actor().employee_id
    if employee_id is None:
        return render_template("own_notices.html", employee=None, problems={})
    with core().read(current_actor()) as reading:
        wish = wish_of(reading.session, employee_id)
        kept = Typed(
            mail=wish.mail,
            digest_at=as_typed(wish.digest_minute if wish.digest_minute is not None else USUAL_MINUTE),
            leaving=frozenset(set(Group) - wish.muted),
        )
        targets = _targets() if typed else {}
        quiet = quiet_hours(reading.session)
        return render_template(
            "own_notices.html",
            employee=reading.session.get_one(Employee, employee_id),
            typed=typed or kept,
            channels=[
                (each, targets.get(each.channel_id, each.target))
                for each in own_channels(reading.session, reading.settings, employee_id)
            ],
            modes=mode_words(),
            digest_mode=MailMode.DIGEST,
            groups=group_words(),
            mail_is_on=reading.settings.mail_is_on,
            quiet=(as_typed(quiet.from_minute), as_typed(quiet.until_minute)) if quiet else None,
            problems=problems,
        )


def _targets() -> dict[int, str]:
    """What was typed for each channel."""
    named = ((name.removeprefix("target-"), text) for name, text in request.form.items() if name.startswith("target-"))
    return {int(number): text[:200] for number, text in named if number.isdecimal() and len(number) < 10}
