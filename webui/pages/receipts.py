"""The applicant of a case, and the receipt (tanda terima) by which she follows it."""

import io

import segno
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.execution.applicants import (
    LONGEST,
    ApplicantLine,
    Given,
    PinMade,
    applicant_of,
    make_pin,
    record_applicant,
)
from engine.execution.queries import CaseDetail, case_by_number
from engine.execution.visibility import instance_access
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.texts import _

bp = Blueprint("receipts", __name__)

QR_MODULE, QUIET_ZONE = 4, 4
LONGEST_MARK = 40


@bp.get("/berkas/<name:number>/pemohon")
@signed_in
def applicant(number: str) -> ResponseReturnValue:
    """Who she is, to be written down or corrected; and the way to her receipt."""
    case, known = _known(number)
    typed = Given(
        name=known.name if known else "",
        contact=known.contact or "" if known else "",
        identity_number=known.identity_number or "" if known else "",
    )
    return _page(case, known, typed, {})


@bp.post("/berkas/<name:number>/pemohon")
@signed_in
def write_down(number: str) -> ResponseReturnValue:
    case, known = _known(number)
    given = given_applicant()
    try:
        with core().work(current_actor()) as work:
            record_applicant(work, case.instance_id, given)
    except Invalid as refusal:
        return _page(case, known, given, problems_of_applicant(refusal)), 422
    flash(_("The applicant is written down."), "success")
    return redirect(url_for(".applicant", number=number))


@bp.post("/berkas/<name:number>/tanda-terima")
@signed_in
def receipt(number: str) -> ResponseReturnValue:
    """With a new PIN, shown this once: so it is an answer to a form, and no browser keeps it."""
    case, _known_before = _known(number)
    try:
        with core().work(current_actor()) as work:
            pin = make_pin(work, case.instance_id, request.form.get("instead_of", "")[:LONGEST_MARK])
            known = applicant_of(work, case.instance_id)
    except PinMade as refusal:
        flash(refusal.text(language()), "warning")
        return redirect(url_for(".applicant", number=number))
    address = core().settings.public_url.rstrip("/") + url_for("tracking.form", nomor=case.number)
    shown = render_template(
        "receipt.html", case=case, applicant=known, pin=pin, qr=_qr(address), address=address.partition("?")[0]
    )
    response = make_response(shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/berkas/<name:number>/tanda-terima")
@signed_in
def another(number: str) -> ResponseReturnValue:
    """Its PIN was shown once: before a new one takes its place, she says that this is what she wants."""
    case, known = _known(number)
    if known is None or not known.has_pin:
        return redirect(url_for(".applicant", number=number))
    return render_template("receipt_again.html", case=case, applicant=known)


def given_applicant() -> Given:
    """Fields of their own names: the form of a case's start has other fields too."""
    return Given(**{name: request.form.get(f"applicant_{name}", "")[:1_000] for name in LONGEST})


def problems_of_applicant(refusal: Invalid) -> dict[str, str]:
    return {f"applicant_{problem.name}": problem.text(language()) for problem in refusal.fields}


def _known(number: str) -> tuple[CaseDetail, ApplicantLine | None]:
    with core().read(current_actor()) as reading:
        case = case_by_number(reading, number)
        require(reading.actor, Permission.ADD_TO_INSTANCE, instance_access(reading, case.instance_id))
        return case, applicant_of(reading, case.instance_id)


def _page(case: CaseDetail, known: ApplicantLine | None, typed: Given, problems: dict[str, str]) -> str:
    return render_template(
        "applicant.html", case=case, known=known, applicant=typed, problems=problems, longest=LONGEST
    )


def _qr(address: str) -> Markup:
    """As SVG without a style of its own, which the page's policy would not allow; on white, also in the dark."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn,
        kind="svg",
        scale=QR_MODULE,
        border=QUIET_ZONE,
        light="#fff",
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704  # drawn here, of an address of this site
