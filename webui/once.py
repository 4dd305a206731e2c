"""Pages that show a secret: no browser may keep them."""

from flask import Response, make_response


def shown_once(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
