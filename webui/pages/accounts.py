"""Accounts: who signs in and with which roles; passwords are made here and shown once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access import accounts as keeping
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.permissions import Permission, allows, require
from engine.access.queries import account, accounts, employees_without_account, find_employee, tokens_of
from engine.access.reach import units_to_choose
from engine.access.second_factor import factor_of
from engine.access.sessions import sessions_of
from engine.base.actor import Reach
from engine.base.errors import Invalid
from webui.addresses import row_id
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.once import shown_once
from webui.pages.access_words import proofs, reaches, roles, scopes
from webui.pages.administration import tabs
from webui.texts import _

bp = Blueprint("accounts", __name__)

MOST_FOUND = 20


@bp.get("/administrasi/akun")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    search = request.args.get("cari", "").strip()[:100]
    with core().read(current_actor()) as reading:
        page = accounts(reading.session, search, request.args.get("sesudah"))
        today = reading.today
    return render_template(
        "accounts.html",
        tabs=tabs("accounts.index"),
        page=page,
        today=today,
        search=search,
        roles=roles(),
        may_manage=allows(current_actor(), Permission.MANAGE_ACCOUNTS),
    )


@bp.get("/administrasi/akun/baru")
@signed_in
def new() -> ResponseReturnValue:
    """First whose account, found by name or NIP; then its username and roles."""
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    return _new_page({})


@bp.post("/administrasi/akun/baru")
@signed_in
def create() -> ResponseReturnValue:
    """Open an account with a password of ours, which this answer shows and nobody keeps."""
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    username, password = request.form.get("username", ""), readable_password()
    try:
        with core().work(current_actor()) as work:
            account_id = keeping.create_account(
                work, username, password, _typed_employee(), request.form.getlist("roles")
            )
            keeping.demand_new_password(work, account_id)
    except Invalid as refusal:
        return _new_page(refusal.by_field(language())), 422
    return _password_page(account_id, password)


@bp.get("/administrasi/akun/<int:account_id>")
@signed_in
def show(account_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    return _page(account_id, {}, {})


@bp.post("/administrasi/akun/<int:account_id>/peran")
@signed_in
def set_roles(account_id: int) -> ResponseReturnValue:
    form = request.form
    given = [
        Reach(role=role, scope=form[f"scope-{role}"][:10], unit_id=form.get(f"unit-{role}", type=row_id))
        for role, _name, _choices in reaches()
        if form.get(f"scope-{role}")
    ]
    try:
        with core().work(current_actor()) as work:
            keeping.set_roles(work, account_id, form.getlist("roles"), given)
    except Invalid as refusal:
        typed = {"roles": frozenset(form.getlist("roles")), "reaches": frozenset(given)}
        return _page(account_id, refusal.by_field(language()), typed), 422
    flash(_("The roles have been kept. They count from the next page on."), "success")
    return redirect(url_for(".show", account_id=account_id))


@bp.post("/administrasi/akun/<int:account_id>/surel")
@signed_in
def set_email(account_id: int) -> ResponseReturnValue:
    email = request.form.get("email", "")[:300]
    try:
        with core().work(current_actor()) as work:
            keeping.set_email(work, account_id, email)
    except Invalid as refusal:
        return _page(account_id, refusal.by_field(language()), {"email": email}), 422
    flash(_("The address has been kept."), "success")
    return redirect(url_for(".show", account_id=account_id))


@bp.post("/administrasi/akun/<int:account_id>/sandi")
@signed_in
def reset_password(account_id: int) -> ResponseReturnValue:
    password = readable_password()
    with core().work(current_actor()) as work:
        keeping.set_password(work, account_id, password)
    return _password_page(account_id, password)


@bp.post("/administrasi/akun/<int:account_id>/tutup")
@signed_in
def deactivate(account_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.deactivate(work, account_id)
    flash(_("The account is closed. All that it did keeps its name."), "success")
    return redirect(url_for(".show", account_id=account_id))


@bp.post("/administrasi/akun/<int:account_id>/buka")
@signed_in
def reactivate(account_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.reactivate(work, account_id)
    flash(_("The account is open again."), "success")
    return redirect(url_for(".show", account_id=account_id))


def _page(account_id: int, problems: Mapping[str, str], typed: Mapping[str, Any]) -> str:
    """What was typed and refused stands in the forms instead of what is kept."""
    with core().read(current_actor()) as reading:
        line = account(reading.session, account_id)
        return render_template(
            "account.html",
            tabs=tabs("accounts.index"),
            account=line,
            typed=replace(line, **typed),
            today=reading.today,
            roles=roles(),
            reaches=reaches(),
            units=units_to_choose(reading.session),
            factor=factor_of(reading, account_id),
            sessions=sessions_of(reading, account_id),
            tokens=tokens_of(reading.session, account_id, reading.now),
            scopes=scopes(),
            proofs=proofs(),
            problems=problems,
            is_own=line.id == current_actor().account_id,
            may_manage=allows(current_actor(), Permission.MANAGE_ACCOUNTS),
        )


def _new_page(problems: dict[str, str]) -> str:
    search = request.values.get("cari", "").strip()[:100]
    with core().read(current_actor()) as reading:
        today = reading.today
        chosen = find_employee(reading.session, request.values.get("employee_id", 0, type=row_id))
        found = employees_without_account(reading.session, search, today, MOST_FOUND + 1) if search else ()
    return render_template(
        "new_account.html",
        tabs=tabs("accounts.index"),
        search=search,
        found=found[:MOST_FOUND],
        is_more=len(found) > MOST_FOUND,
        chosen_employee=chosen,
        for_nobody="tanpa_pegawai" in request.values or request.method == "POST",
        roles=roles(),
        problems=problems,
        username=request.form.get("username", ""),
        chosen=request.form.getlist("roles") or [Role.STAFF],
    )


def _typed_employee() -> int | None:
    """None where the form names nobody; 0, whom nobody is, for what is no id."""
    return request.form.get("employee_id", 0, type=row_id) if request.form.get("employee_id") else None


def _password_page(account_id: int, password: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        line = account(reading.session, account_id)
    return shown_once(
        render_template("new_password.html", tabs=tabs("accounts.index"), account=line, password=password)
    )
