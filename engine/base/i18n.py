"""Texts are written in English where they are used and translated at the door.

`_` only marks a text for the catalogue. Whoever shows it to a person calls `translate` with her language.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, get_month_names
from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).parent.parent / "translations"
LANGUAGES = ("id", "en")
_TWO_STOPS = re.compile(r"(?<=[^\W\d_])\.\.(?=\s|$)")


def _(text: str) -> str:
    return text


def as_day(day: date) -> dict[str, str]:
    """A day among the params of a text, said as the reader's language says days."""
    return {"day": day.isoformat()}


def as_month(number: int) -> dict[str, int]:
    """A month among the params of a text, called as the reader's language calls it."""
    return {"month": number}


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [language])


def translate(text: str, params: Mapping[str, Any] | None = None, language: str = "id") -> str:
    """The text in `language`, its `%(name)s` places filled; texts among the params are translated too."""
    translated = _catalogue(language).gettext(text) if text else ""
    if not params:
        return translated
    return with_one_stop(translated % {key: _said(value, language) for key, value in params.items()})


def with_one_stop(sentence: str) -> str:
    """A name that ends with a degree, as in “S.Sos.”, brings the full stop of its sentence along."""
    return _TWO_STOPS.sub(".", sentence)


def _said(value: Any, language: str) -> Any:
    if isinstance(value, list | tuple):
        return ", ".join(str(_said(each, language)) for each in value)
    if isinstance(value, Mapping) and "message" in value:
        return translate(value["message"], value.get("params"), language)
    if isinstance(value, Mapping) and "day" in value:
        return format_date(date.fromisoformat(value["day"]), "d MMMM y", locale=language)
    if isinstance(value, Mapping) and "month" in value:
        return get_month_names("wide", "stand-alone", locale=language)[value["month"]]
    return value
