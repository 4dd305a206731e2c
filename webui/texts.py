"""Texts of the pages, in the reader's language: the catalogue's functions, with types."""

from flask_babel import get_locale
from flask_babel import gettext as babel_gettext
from flask_babel import ngettext as babel_ngettext

from engine.base.i18n import with_one_stop


def _(text: str, **params: object) -> str:
    return with_one_stop(str(babel_gettext(text, **params)))


def ngettext(one: str, many: str, num: int) -> str:
    return str(babel_ngettext(one, many, num))


def locale() -> str:
    return str(get_locale())
