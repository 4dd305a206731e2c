"""What somebody lacks, as a sentence."""

from collections.abc import Iterable

from engine.competency.gaps import Missing
from webui.texts import _
from webui.wording import day


def lacking(missing: Iterable[Missing]) -> str:
    """Diklat Kearsipan, Pengadaan (expired on 22 November 2026)."""
    return ", ".join(_one(each) for each in missing)


def _one(missing: Missing) -> str:
    if missing.expired_on is None:
        return missing.name
    return _("%(name)s (expired on %(day)s)", name=missing.name, day=day(missing.expired_on))
