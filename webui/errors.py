"""A refusal becomes an answer: a calm page for people, a problem document for programs."""

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.base.errors import Conflict, Invalid, NotAllowed, NotFound, TataKerjaError, Unavailable
from webui.identity import is_from_script
from webui.language import language
from webui.texts import _

STATUSES: tuple[tuple[type[TataKerjaError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
    (Unavailable, 503),
)
API_PREFIX = "/api/"


def answer_errors(app: Flask) -> None:
    app.register_error_handler(TataKerjaError, refusal)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_refusal)
    app.register_error_handler(Exception, breakdown)


def status_of(error: TataKerjaError) -> int:
    return next((status for branch, status in STATUSES if isinstance(error, branch)), 500)


def refusal(error: TataKerjaError) -> ResponseReturnValue:
    status = status_of(error)
    if _is_api():
        return _problem(status, error.code, error.text(language()), problems_of(error))
    return _page(status, error.text(language()), problems_of(error))


def problems_of(error: TataKerjaError) -> list[dict[str, str]]:
    fields = error.fields if isinstance(error, Invalid) else ()
    return [{"name": field.name, "code": field.code, "message": field.text(language())} for field in fields]


def stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, _("This page stood open too long, or cookies are switched off. Nothing was changed."))


def http_refusal(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _problem(status, f"http.{status}", _sentence(status)) if _is_api() else _page(status, _sentence(status))


def breakdown(error: Exception) -> ResponseReturnValue:
    # The door's last line: the log gets the traceback, the person a page that says what is safe.
    current_app.logger.exception("request failed", exc_info=error)
    return _problem(500, "error", _sentence(500)) if _is_api() else _page(500, _sentence(500))


def _sentence(status: int) -> str:
    sentences = {
        400: _("The request was not understood. Nothing was changed."),
        404: _("This page does not exist, or not any more."),
        405: _("This address cannot be used in this way."),
        413: _("The file is too large. Nothing was changed."),
        429: _("Too many attempts. Please wait a few minutes, then try again."),
        500: _("Something went wrong on our side. It was written down for the administrator."),
    }
    return sentences.get(status, _("This cannot be done. Nothing was changed."))


def _page(status: int, sentence: str, problems: list[dict[str, str]] | None = None) -> ResponseReturnValue:
    if is_from_script():
        return sentence, status, {"Content-Type": "text/plain; charset=utf-8"}
    return render_template("error.html", status=status, sentence=sentence, problems=problems or []), status


def _problem(status: int, code: str, message: str, fields: list[dict[str, str]] | None = None) -> ResponseReturnValue:
    body: dict[str, object] = {"status": status, "code": code, "title": message}
    if fields:
        body["fields"] = fields
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _is_api() -> bool:
    return request.path.startswith(API_PREFIX)
