"""The public page: how a case stands, for whoever has its number and PIN. Nobody signs in, and nobody is named."""

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from engine.base.i18n import LANGUAGES
from engine.execution.model import InstanceState
from engine.execution.tracking import Tracked, find_tracked, number_meant
from webui.identity import core
from webui.language import remember_language
from webui.security import limiter
from webui.texts import _

bp = Blueprint("tracking", __name__)

# A village may stand behind one address; one number is followed by one applicant.
EVERYBODY = "60 per minute; 600 per hour"
ONE_ADDRESS = "15 per 10 minutes; 60 per 2 hours"
ONE_NUMBER = "10 per 10 minutes; 30 per 2 hours"
# Higher than from one address: a stranger who tries a number does not keep its applicant out at once.
ANYWHERE = "60 per hour"


def number_anywhere() -> str:
    return f"lacak {number_meant(request.form.get('number', ''))}"


def number_tried() -> str:
    return f"{request.remote_addr} {number_anywhere()}"


def was_wrong(response: Response) -> bool:
    return response.status_code == 422


@bp.get("/lacak")
def form() -> ResponseReturnValue:
    """Empty, or with the number of a receipt whose square was photographed."""
    chosen = request.args.get("bahasa", "")
    if chosen not in LANGUAGES:
        return _page(number_meant(request.args.get("nomor", "")))
    g.language = chosen
    response = _page(number_meant(request.args.get("nomor", "")))
    remember_language(response, chosen)
    return response


@bp.post("/lacak")
@limiter.limit(EVERYBODY)
@limiter.limit(ONE_ADDRESS, deduct_when=was_wrong)
@limiter.limit(ONE_NUMBER, key_func=number_tried, deduct_when=was_wrong)
@limiter.limit(ANYWHERE, key_func=number_anywhere, deduct_when=was_wrong)
def look() -> ResponseReturnValue:
    number, pin = request.form.get("number", ""), request.form.get("pin", "")
    with core().read() as reading:
        found = find_tracked(reading, number, pin)
    if found is None:
        problem = _("No case is known by this number and PIN. Compare both with your receipt.")
        return _page(number_meant(number), problem=problem, status=422)
    return _page(found.number, found)


def _page(number: str, found: Tracked | None = None, problem: str = "", status: int = 200) -> Response:
    shown = render_template(
        "tracking.html", number=number, found=found, problem=problem, state=_state(found) if found else ""
    )
    response = make_response(shown, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _state(found: Tracked) -> str:
    """In plain words; that the office mends a fault is no matter of hers."""
    return {
        InstanceState.ACTIVE: _("Your case is being worked on."),
        InstanceState.INCIDENT: _("Your case is being worked on."),
        InstanceState.COMPLETED: _("Your case is finished. Ask at the counter for the result."),
        InstanceState.CANCELLED: _("Your case was ended before its time. Ask at the counter why."),
    }[found.state]
