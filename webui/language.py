"""In which language a person reads: hers, else the browser's choice here, else the office's."""

from flask import Flask, g, request
from flask_babel import Babel
from werkzeug.wrappers import Response as BaseResponse

from engine.base.i18n import LANGUAGES, TRANSLATIONS
from engine.base.settings import Settings
from webui import wording
from webui.field_names import with_field_names
from webui.identity import core, find_actor
from webui.office_time import due_words

COOKIE = "tatakerja_language"
FILTERS = (
    *("moment", "short_moment", "short_day", "day", "day_month", "month", "clock"),
    *("working_duration", "minutes", "file_size", "number"),
)
YEAR_SECONDS = 365 * 24 * 3600


def speak(app: Flask, settings: Settings) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE=settings.language,
        BABEL_DEFAULT_TIMEZONE=settings.zone.key,
        BABEL_TRANSLATION_DIRECTORIES=str(TRANSLATIONS),
        BABEL_DOMAIN="messages",
    )
    Babel(app, locale_selector=language)
    for name in FILTERS:
        app.add_template_filter(getattr(wording, name), name)
    app.add_template_filter(due_words, "due_words")
    app.add_template_filter(with_field_names, "with_field_names")


def language() -> str:
    """The language of this request."""
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def remember_language(response: BaseResponse, chosen: str) -> None:
    response.set_cookie(COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=core().settings.secure_cookies)


def _chosen() -> str:
    actor = find_actor()
    wish = actor.language if actor else request.cookies.get(COOKIE, "")
    return wish if wish in LANGUAGES else core().settings.language
