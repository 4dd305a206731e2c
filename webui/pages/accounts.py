"""Accounts: who signs in, with which roles; passwords are made here and shown once."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access import accounts as keeping
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.permissions import Permission, require
from engine.access.queries import AccountLine, account, accounts
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.organisation.people import employees_here
from engine.organisation.queries import EmployeeLine
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import tabs
from webui.texts import _

bp = Blueprint("accounts", __name__)


@bp.get("/administrasi/akun")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    search = request.args.get("cari", "").strip()[:100]
    with core().read(current_actor()) as reading:
        lines = [line for line in accounts(reading.session) if _matches(line, search)]
    return render_template("accounts.html", tabs=tabs("accounts.index"), accounts=lines, search=search, roles=roles())


@bp.get("/administrasi/akun/baru")
@signed_in
def new() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    return _new_page({})


@bp.post("/administrasi/akun/baru")
@signed_in
def create() -> ResponseReturnValue:
    """Open an account with a password of ours, which this answer shows and nobody keeps."""
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    username, password = request.form.get("username", ""), readable_password()
    employee_id = request.form.get("employee_id", type=int)
    try:
        with core().work(current_actor()) as work:
            account_id = keeping.create_account(work, username, password, employee_id, request.form.getlist("roles"))
    except Invalid as refusal:
        return _new_page(_by_field(refusal)), 422
    return _password_page(account_id, password)


@bp.get("/administrasi/akun/<int:account_id>")
@signed_in
def show(account_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ACCOUNTS)
    return _page(account_id)


@bp.post("/administrasi/akun/<int:account_id>/peran")
@signed_in
def set_roles(account_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.set_roles(work, account_id, request.form.getlist("roles"))
    flash(_("The roles have been kept. They count from the next page on."), "success")
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


def roles() -> list[tuple[Role, str, str]]:
    """Each role with its name and what it is for."""
    return [
        (Role.STAFF, _("Staff"), _("Works on tasks and starts cases.")),
        (Role.MANAGER, _("Manager"), _("Sees the cases of the unit that she heads, hands work over, cancels cases.")),
        (Role.DESIGNER, _("Designer"), _("Uploads procedures and puts them in force.")),
        (Role.ADMINISTRATOR, _("Administrator"), _("Keeps accounts, calendar and organisation; mends incidents.")),
    ]


def _page(account_id: int) -> str:
    with core().read(current_actor()) as reading:
        line = account(reading.session, account_id)
    own = line.id == current_actor().account_id
    return render_template("account.html", tabs=tabs("accounts.index"), account=line, roles=roles(), is_own=own)


def _new_page(problems: dict[str, str]) -> str:
    with core().read(current_actor()) as reading:
        people = _without_account(reading)
    return render_template(
        "new_account.html",
        tabs=tabs("accounts.index"),
        people=people,
        roles=roles(),
        problems=problems,
        username=request.form.get("username", ""),
        employee_id=request.form.get("employee_id", type=int),
        chosen=request.form.getlist("roles") or [Role.STAFF],
    )


def _password_page(account_id: int, password: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        line = account(reading.session, account_id)
    page = render_template("new_password.html", tabs=tabs("accounts.index"), account=line, password=password)
    response = make_response(page)
    # The one page that no browser may keep: what it shows is shown once.
    response.headers["Cache-Control"] = "no-store"
    return response


def _without_account(reading: Reading) -> list[EmployeeLine]:
    today = reading.now.astimezone(reading.settings.zone).date()
    taken = {line.employee_id for line in accounts(reading.session)}
    return [person for person in employees_here(reading.session, today) if person.id not in taken]


def _by_field(refusal: Invalid) -> dict[str, str]:
    return {field.name: field.text(language()) for field in refusal.fields}


def _matches(line: AccountLine, search: str) -> bool:
    text = f"{line.username} {line.name}".lower()
    return all(word in text for word in search.lower().split())
