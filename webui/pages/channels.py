"""Other ways out of the house, kept by administrators, and when nothing leaves it."""

import json

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.notifications import channel_keeping as keeping
from engine.notifications import delivery_queries as queries
from engine.notifications.channels import ADDRESS_LENGTH, KINDS, TARGET_LENGTH, WEBHOOK, BadTarget
from engine.notifications.moments import as_typed, minute_in
from engine.notifications.queries import quiet_hours
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.pages.notice_words import kind_words
from webui.texts import _

bp = Blueprint("channels", __name__)


@bp.get("/administrasi/saluran")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    return _page({})


@bp.post("/administrasi/saluran")
@signed_in
def add() -> ResponseReturnValue:
    form = request.form
    try:
        with core().work(current_actor()) as work:
            channel_id = keeping.add_channel(
                work, form.get("name", ""), form.get("kind", ""), form.get("address", "")[: ADDRESS_LENGTH + 1]
            )
    except Invalid as refusal:
        return _page(refusal.by_field(language())), 422
    flash(_("The channel is there, and off. Send yourself a test message, then switch it on."), "success")
    return redirect(url_for(".show", channel_id=channel_id))


@bp.get("/administrasi/saluran/<int:channel_id>")
@signed_in
def show(channel_id: int) -> ResponseReturnValue:
    return _channel_page(channel_id, "")


@bp.post("/administrasi/saluran/<int:channel_id>/nyalakan")
@signed_in
def switch_on(channel_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.switch_on(work, channel_id)
    flash(_("The channel is on. Whoever wants messages there gives her own target under My account."), "success")
    return redirect(url_for(".show", channel_id=channel_id))


@bp.post("/administrasi/saluran/<int:channel_id>/matikan")
@signed_in
def switch_off(channel_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.switch_off(work, channel_id)
    flash(_("The channel is off. Nothing goes out by it."), "success")
    return redirect(url_for(".show", channel_id=channel_id))


@bp.post("/administrasi/saluran/<int:channel_id>/uji")
@signed_in
def try_out(channel_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            keeping.try_channel(work, channel_id, request.form.get("target", ""))
    except BadTarget as refusal:
        return _channel_page(channel_id, refusal.text(language())), 422
    flash(_("A test message is on its way to you. What became of it stands here in a moment."), "info")
    return redirect(url_for("deliveries.index", jalan=channel_id))


@bp.get("/administrasi/saluran/<int:channel_id>/hapus")
@signed_in
def confirm_deleting(channel_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        channel = queries.channel(reading, channel_id)
    return render_template("delete_channel.html", channel=channel)


@bp.post("/administrasi/saluran/<int:channel_id>/hapus")
@signed_in
def delete(channel_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.delete_channel(work, channel_id)
    flash(_("The channel has been deleted."), "success")
    return redirect(url_for(".index"))


@bp.post("/administrasi/saluran/jam-tenang")
@signed_in
def keep_quiet() -> ResponseReturnValue:
    form = request.form
    try:
        with core().work(current_actor()) as work:
            begin, end = minute_in(form.get("quiet_from", "")), minute_in(form.get("quiet_until", ""))
            keeping.keep_quiet_hours(work, begin, end)
    except Invalid as refusal:
        return _page({"quiet_from": refusal.text(language())}), 422
    flash(_("Nothing leaves the house in the quiet hours; it waits until they end."), "success")
    return redirect(url_for(".index"))


@bp.post("/administrasi/saluran/jam-tenang/hapus")
@signed_in
def drop_quiet() -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.drop_quiet_hours(work)
    flash(_("There are no quiet hours any more."), "success")
    return redirect(url_for(".index"))


def _page(problems: dict[str, str]) -> str:
    with core().read(current_actor()) as reading:
        quiet = quiet_hours(reading.session)
        names = kind_words()
        return render_template(
            "channels.html",
            tabs=tabs("channels.index"),
            channels=queries.channels(reading),
            names=names,
            destinations=sorted(reading.settings.webhooks) if WEBHOOK in reading.settings.channels else None,
            kinds=[
                (kind, names[kind], each.example) for kind, each in KINDS.items() if kind in reading.settings.channels
            ],
            quiet=(as_typed(quiet.from_minute), as_typed(quiet.until_minute)) if quiet else None,
            typed=request.form,
            problems=problems,
            address_length=ADDRESS_LENGTH,
            may_keep=allows(current_actor(), Permission.KEEP_CHANNELS),
        )


def _channel_page(channel_id: int, problem: str) -> str:
    with core().read(current_actor()) as reading:
        channel = queries.channel(reading, channel_id)
        target = queries.own_target(reading.session, channel_id, current_actor().employee_id)
        example = _example(reading.settings.public_url, target) if channel.kind == WEBHOOK else ""
    return render_template(
        "channel.html",
        tabs=tabs("channels.index"),
        channel=channel,
        kind=kind_words()[channel.kind],
        hint=_(KINDS[channel.kind].target),
        target=request.form.get("target", target),
        problem=problem,
        target_length=TARGET_LENGTH,
        example=example,
    )


def _example(public_url: str, target: str) -> str:
    """What the program of a webhook gets, as whoever writes it wants to see it."""
    title = _("New task: %(title)s", title=_("Check the documents"))
    link = f"{public_url}{url_for('notices.open_notice', notice_id=1)}"
    content = {"target": target or "siti.aminah", "title": title, "number": "SM-2026-00042", "link": link}
    return json.dumps(content, indent=2, ensure_ascii=False)
