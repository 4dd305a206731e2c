"""The ways on and back in a list paged by key.

The keys at which the pages before began travel along in the address: going back asks no database and counts nothing,
and it is one rule for all lists.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Flask, request

AFTER, PASSED = "sesudah", "lewat"
TOP, BETWEEN = "awal", "~"
MOST_PASSED = 10  # addresses stay short; from further on it is quicker to search
_KEYS = re.compile(r"[\w-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The addresses of the first page, of the one before and of the one that follows, where there is one to turn to."""

    first: str | None
    previous: str | None
    following: str | None


def let_turn(app: Flask) -> None:
    app.add_template_global(_turns_from_here, "turns")


def turns(here: str, following: str | None) -> Turns:
    """From the address of a page, and that of the page after it as the list made it."""
    said = _parts(here)
    at = said.get(AFTER)
    passed = _keys(said.get(PASSED, "")) if at else []
    on = _address(following, {PASSED: BETWEEN.join([*passed, at or TOP][-MOST_PASSED:])}) if following else None
    if not at:
        return Turns(first=None, previous=None, following=on)
    top = _address(here, {AFTER: None, PASSED: None})
    if passed == [TOP]:
        return Turns(first=None, previous=top, following=on)
    return Turns(first=top, previous=_before(here, passed) if passed else None, following=on)


def passed_pages() -> str | None:
    """What an address that comes back to this page has to carry along."""
    return request.args.get(PASSED) if _keys(request.args.get(PASSED, "")) else None


def _turns_from_here(following: str | None, here: str | None = None) -> Turns:
    return turns(here or request.full_path, following)


def _before(here: str, passed: list[str]) -> str:
    return _address(here, {AFTER: passed[-1], PASSED: BETWEEN.join(passed[:-1]) or None})


def _keys(passed: str) -> list[str]:
    """Nothing where it is not ours: the list then only leads to its top."""
    keys = passed.split(BETWEEN)
    return keys if len(keys) <= MOST_PASSED and all(_KEYS.fullmatch(key) for key in keys) else []


def _parts(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def _address(address: str, changes: dict[str, str | None]) -> str:
    """The same address with some of its parts set or, with None, taken out."""
    split = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(split.query) if name not in changes]
    parts = [*kept, *((name, value) for name, value in changes.items() if value is not None)]
    return urlunsplit(("", "", split.path, urlencode(parts), ""))
