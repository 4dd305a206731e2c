"""A refusal becomes an answer: a calm page for people, a problem document for programs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from engine.base.errors import Conflict, Invalid, NotAllowed, NotFound, TataKerjaError, Unavailable
from webui.fragments import asks_for_part
from webui.identity import is_from_script
from webui.language import language
from webui.security import limiter
from webui.texts import _
from webui.wording import file_size, moment

STATUSES: tuple[tuple[type[TataKerjaError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
    (Unavailable, 503),
)
API_PREFIX = "/api/"
# The page of each thing that an address can name, the nearest first.
PAGES_OF_THINGS = {
    "work_item_id": "work_items.show",
    "number": "cases.show",
    "version_id": "definitions.version",
    "key": "definitions.show",
    "sheet_id": "duty_sheets.show",
    "position_id": "positions.show",
    "unit_id": "units.show",
    "employee_id": "employees.show",
    "account_id": "accounts.show",
}
KEPT_HEADERS = ("Allow", "Retry-After")
A_MINUTE = timedelta(minutes=1)


def answer_errors(app: Flask) -> None:
    app.register_error_handler(TataKerjaError, refusal)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_refusal)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(PoolTimeout, database_busy)
    app.register_error_handler(Exception, breakdown)


def status_of(error: TataKerjaError) -> int:
    return next((status for branch, status in STATUSES if isinstance(error, branch)), 500)


def refusal(error: TataKerjaError) -> ResponseReturnValue:
    status = status_of(error)
    if _is_api():
        return problem_document(status, error.code, error.text(language()), problems_of(error))
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
    if not _is_api():
        return _page(status, _sentence(status))
    kept = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    return problem_document(status, f"http.{status}", _sentence(status), headers=kept)


def database_busy(error: Exception) -> ResponseReturnValue:
    """The database does not answer in time: for the log a fault, for the person a matter of minutes."""
    current_app.logger.error("database not available", exc_info=error)
    refused = Unavailable()
    g.actor = None  # who she is stands in that database, too
    if _is_api():
        return problem_document(503, refused.code, refused.text(language()), headers={"Retry-After": "30"})
    return _page(503, refused.text(language()))


def breakdown(error: Exception) -> ResponseReturnValue:
    # The door's last line: the log gets the traceback, the person a page that says what is safe.
    current_app.logger.exception("request failed", exc_info=error)
    return problem_document(500, "error", _sentence(500)) if _is_api() else _page(500, _sentence(500))


def _sentence(status: int) -> str:
    sentences = {
        400: _("The request was not understood. Nothing was changed."),
        404: _("This page does not exist, or not any more."),
        405: _("This address cannot be used in this way."),
        413: _(
            "The file is too large: at most %(limit)s can be sent at once. Nothing was changed. "
            "Go back and choose a smaller one.",
            limit=file_size(_most_bytes()),
        )
        if not _is_api()
        else _(
            "The request is too large: at most %(limit)s can be sent here. Nothing was changed.",
            limit=file_size(_most_bytes()),
        ),
        429: _too_often(),
        500: _("Something went wrong on our side. It was written down for the administrator."),
    }
    return sentences.get(status, _("This cannot be done. Nothing was changed."))


def _too_often() -> str:
    """With the moment from which on one may try again, in whole minutes."""
    limit = limiter.current_limit
    if limit is None:
        return _("Too many attempts. Please wait a few minutes, then try again.")
    rests_until = datetime.fromtimestamp(limit.reset_at, UTC) + A_MINUTE
    return _("Too many attempts. Nothing was changed. Please try again after %(moment)s.", moment=moment(rests_until))


def _most_bytes() -> int:
    """What this address takes: a JSON body less than files."""
    most: int = request.max_content_length or current_app.config["MAX_CONTENT_LENGTH"]
    return most


def _page(status: int, sentence: str, problems: list[dict[str, str]] | None = None) -> ResponseReturnValue:
    if is_from_script():
        return sentence, status, {"Content-Type": "text/plain; charset=utf-8"}
    if asks_for_part():
        return render_template("parts/note.html", sentence=sentence), status
    page = render_template(
        "error.html", status=status, sentence=sentence, problems=problems or [], thing=_thing() if status == 409 else ""
    )
    return page, status


def _thing() -> str:
    """The page of what the address is about, if it has one and this is not it."""
    for name, endpoint in PAGES_OF_THINGS.items():
        if name in (request.view_args or {}) and endpoint != request.endpoint:
            return url_for(endpoint, **{name: (request.view_args or {})[name]})
    return ""


def problem_document(
    status: int,
    code: str,
    message: str,
    fields: Sequence[Mapping[str, str]] = (),
    problems: Sequence[Mapping[str, object]] = (),
    headers: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """An error for programs; `problems` are those of a diagram, with element and line."""
    body: dict[str, object] = {"code": code, "message": message, "fields": list(fields)}
    response = jsonify(body | {"problems": list(problems)} if problems else body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    response.headers.update(headers or {})
    return response


def _is_api() -> bool:
    return request.path.startswith(API_PREFIX)
