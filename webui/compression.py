"""Pages travel compressed: the office may be on a village's line."""

import gzip

from flask import Flask, Response, request

WORTH_IT_BYTES = 1_000
LEVEL = 5
TEXTS = ("text/html", "application/json", "image/svg+xml", "text/xml", "application/xml")


def compress_answers(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if (
        response.mimetype not in TEXTS
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or not request.accept_encodings["gzip"]
        or len(response.get_data()) < WORTH_IT_BYTES
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
