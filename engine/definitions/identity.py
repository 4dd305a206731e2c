"""What an SOP may say of itself: the fields of `sop.yaml` that the office works by are checked, each with a remedy."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.base.i18n import _
from engine.bpmn.problems import Problem, Severity

Identity = Mapping[str, Any]
LONGEST_TITLE = 200
PREFIX = re.compile(r"[A-Za-z0-9]{1,6}")
# The thirteen fields of PermenPAN-RB 35/2012, then what this application adds.
KNOWN = (
    *("satuan_kerja", "nomor_sop", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "disahkan_oleh", "judul"),
    *("dasar_hukum", "keterkaitan", "peringatan", "kualifikasi_pelaksana", "peralatan", "pencatatan"),
    *("awalan", "unit", "keterangan", "sumber", "catatan"),
)


def identity_problems(identity: Identity) -> Iterator[Problem]:
    """A field without a value is one that was left out."""
    prefix, title, effective = (identity.get(name) for name in ("awalan", "judul", "tanggal_efektif"))
    if prefix is not None and (isinstance(prefix, bool) or not PREFIX.fullmatch(_line(prefix))):
        message = _('`awalan` in sop.yaml is “%(value)s”. Write 1 to 6 letters and digits in quotes, such as "SM".')
        yield _told(Severity.ERROR, "identity.bad_prefix", message, value=_shown(prefix))
    if title is not None and not (isinstance(title, str) and 0 < len(title.strip()) <= LONGEST_TITLE):
        message = _("`judul` in sop.yaml is “%(value)s”. Write a text of 1 to %(most)s characters in quotes.")
        yield _told(Severity.ERROR, "identity.bad_title", message, value=_shown(title), most=LONGEST_TITLE)
    if effective is not None and not _is_day(effective):
        message = _("`tanggal_efektif` in sop.yaml is “%(value)s”. Write a date as year-month-day, such as 2026-11-02.")
        yield _told(Severity.ERROR, "identity.bad_date", message, value=_shown(effective))
    unknown = sorted(set(map(str, identity)) - set(KNOWN))
    if unknown:
        message = _("sop.yaml has fields that mean nothing here: %(names)s. These are known: %(known)s.")
        names = ", ".join(name[:40] for name in unknown[:10])
        yield _told(Severity.WARNING, "identity.unknown_field", message, names=names, known=", ".join(KNOWN))


def wanted_prefix(identity: Identity) -> str:
    """Empty when it is left to us; only for an identity that was found sound."""
    return _line(identity.get("awalan") or "").upper()


def wanted_unit(identity: Identity) -> str:
    """The code of the unit that owns the procedure; empty when it is left to us."""
    code = identity.get("unit")
    return "" if code is None else _line(code)


def unknown_unit(code: str) -> Problem:
    message = _("`unit` in sop.yaml is “%(value)s”, but no unit has this code. Write a code of the list of the office.")
    return _told(Severity.WARNING, "identity.unknown_unit", message, value=_shown(code))


def taken_prefix(wanted: str, given: str) -> Problem:
    message = _("The prefix %(wanted)s belongs to another procedure: case numbers of this one begin with %(given)s.")
    return _told(Severity.WARNING, "identity.taken_prefix", message, wanted=wanted, given=given)


def prefix_stays(wanted: str, kept: str) -> Problem:
    message = _("`awalan` %(wanted)s has no effect: case numbers of this procedure go on beginning with %(kept)s.")
    return _told(Severity.WARNING, "identity.prefix_stays", message, wanted=wanted, kept=kept)


def unit_stays(wanted: str) -> Problem:
    message = _("`unit` %(wanted)s has no effect: this procedure stays with the unit that has owned it.")
    return _told(Severity.WARNING, "identity.unit_stays", message, wanted=_shown(wanted))


def _told(severity: Severity, code: str, message: str, **params: Any) -> Problem:
    return Problem(code=code, severity=severity, message=message, params=params)


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(_line(value)))
    except ValueError:
        return False


def _line(value: Any) -> str:
    return str(value).strip()


def _shown(value: Any) -> str:
    return _line(value)[:80]
