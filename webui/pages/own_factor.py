"""My second factor: set up with a phone, confirmed with a code, taken off with the password."""

import segno
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.access import second_factor
from engine.access.second_factor import SecondFactorWrong
from engine.base.errors import Invalid
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.once import shown_once
from webui.pages.own_account import OWN_ATTEMPTS, whose
from webui.security import limiter
from webui.texts import _
from webui.throttling import was_wrong

bp = Blueprint("own_factor", __name__)


@bp.get("/akun/faktor-kedua")
@signed_in
def show() -> ResponseReturnValue:
    return _page({})


@bp.post("/akun/faktor-kedua")
@signed_in
def begin() -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        second_factor.begin(work)
    return redirect(url_for(".show"))


@bp.post("/akun/faktor-kedua/kode")
@limiter.limit(OWN_ATTEMPTS, key_func=whose, deduct_when=was_wrong)
@signed_in
def confirm() -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            codes = second_factor.confirm(work, request.form.get("code", ""))
    except Invalid as refusal:
        return _page(refusal.by_field(language()), 422)
    return shown_once(render_template("recovery_codes.html", codes=codes))


@bp.post("/akun/faktor-kedua/cadangan")
@limiter.limit(OWN_ATTEMPTS, key_func=whose, deduct_when=was_wrong)
@signed_in
def renew_codes() -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            codes = second_factor.renew_recovery_codes(work, request.form.get("code", ""))
    except SecondFactorWrong as refusal:
        return _page({"code": refusal.text(language())}, 422)
    return shown_once(render_template("recovery_codes.html", codes=codes))


@bp.post("/akun/faktor-kedua/lepas")
@limiter.limit(OWN_ATTEMPTS, key_func=whose, deduct_when=was_wrong)
@signed_in
def take_off() -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            second_factor.take_off(work, request.form.get("password", ""))
    except Invalid as refusal:
        return _page(refusal.by_field(language()), 422)
    flash(_("The second factor is off. Your password alone opens your account."), "info")
    return redirect(url_for("own_account.index"))


def picture_of(uri: str) -> Markup:
    """As lines of the page itself; light behind it also where the page is dark, or no camera reads it."""
    code = segno.make(uri, error="m")
    return Markup(  # noqa: S704  # squares that were drawn here
        code.svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    )


def _page(problems: dict[str, str], status: int = 200) -> Response:
    with core().read(current_actor()) as reading:
        factor = second_factor.factor_of(reading, current_actor().account_id or 0)
        enrolment = second_factor.enrolment(reading)
    page = render_template(
        "own_factor.html",
        factor=factor,
        enrolment=enrolment,
        picture=picture_of(enrolment.uri) if enrolment else None,
        problems=problems,
    )
    return shown_once(page, status) if enrolment else make_response(page, status)
