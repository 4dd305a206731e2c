"""The servers that cases may call: a list kept by the administrator, so that no diagram can name an address."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")
SHORTEST_SECRET = 16


class BadDestinations(ValueError):
    """The list cannot be used; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`secret` signs what is sent, so that the other side knows who sent it."""

    name: str
    url: str
    secret: str = field(repr=False)


def destinations_from(text: str) -> Mapping[str, Destination]:
    """From JSON, or from the file that `text` names: `{"dukcapil": {"url": "https://…", "secret": "…"}}`.

    Raises BadDestinations.
    """
    if not text.strip():
        return {}
    try:
        given = json.loads(text if text.lstrip().startswith("{") else Path(text.strip()).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise BadDestinations(f"cannot be read as JSON ({error})") from None
    if not isinstance(given, dict):
        raise BadDestinations("must be a JSON object of destinations by name")
    return {name: _destination(name, facts) for name, facts in given.items()}


def _destination(name: str, facts: Any) -> Destination:
    if not NAME.fullmatch(name):
        raise BadDestinations(f"names a destination {name!r}: use letters, digits, dot, dash and underscore")
    if (
        not isinstance(facts, dict)
        or set(facts) != {"url", "secret"}
        or not all(_is_text(each) for each in facts.values())
    ):
        raise BadDestinations(f'must give "{name}" a "url" and a "secret", both texts, and nothing else')
    if len(facts["secret"]) < SHORTEST_SECRET:
        raise BadDestinations(f'gives "{name}" a secret shorter than {SHORTEST_SECRET} characters')
    _refuse_address(name, facts["url"])
    return Destination(name=name, url=facts["url"], secret=facts["secret"])


def _refuse_address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable or parts.username or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        raise BadDestinations(f'gives "{name}" an address that is none: https://host/path is what it should be')


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
