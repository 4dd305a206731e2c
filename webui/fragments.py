"""Answers to htmx: the part of a page that changed. Whatever it asks for works without it too, as a whole page."""

from typing import Any

from flask import Response, make_response, render_template, request


def asks_for_part() -> bool:
    """Whether the page itself asks, to put the answer into its place."""
    return request.headers.get("HX-Request") == "true"


def either(whole: str, part: str, /, **facts: Any) -> Response:
    """The template `part` for the page that stands open, else the `whole` page; both under one address."""
    response = make_response(render_template(part if asks_for_part() else whole, is_part=asks_for_part(), **facts))
    # The browser's arrow back must not bring the part for the whole.
    response.vary.add("HX-Request")
    return response


def at_address(page: str, address: str) -> Response:
    """A whole page, of which the one that stands open takes a part and the `address`, to be shared or come back to."""
    response = make_response(page)
    if asks_for_part():
        response.headers["HX-Replace-Url"] = address
    return response
