"""What offices write in the column *Waktu* ("10 hari kerja 35 menit", "2 menit/berkas"), read as a standard time.

Days and more are working days: weeks have five, months the 22 of the effort tables. A part of a day is a part of its
seven and a half hours.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from engine.base.i18n import _
from engine.bpmn.graph import StandardTime
from engine.bpmn.numerals import numeral

LONGEST_TEXT = 300
LONGEST_PER = 40
# A standard time beyond ten office years is a slip of the pen; the calendar reaches no further than twice that.
TEN_YEARS_IN_DAYS = 2_400
TEN_YEARS_IN_MINUTES = 750_000
MINUTES_OF_DAY = 450
CANNOT_BE_READ = _(
    "“%(text)s” cannot be read as a time. Write for example 10 menit, 1,5 jam, 2 hari kerja, 10 hari kerja 35 menit, "
    "30 menit - 3 jam, 2 menit/berkas, or: sesuai kebutuhan (and why)."
)
NOT_WORKING_DAYS = _("“%(text)s” counts days on which nobody works. Say how many working days that is.")
WRONG_WAY_ROUND = _("In “%(text)s” the shorter time comes last. Write it first.")
TOO_LONG = _("“%(text)s” is longer than ten years.")
_MINUTES = MappingProxyType({"detik": Decimal(1) / 60, "menit": Decimal(1), "jam": Decimal(60)})
_DAYS = MappingProxyType({"hari": 1, "minggu": 5, "bulan": 22, "triwulan": 66, "semester": 132, "tahun": 264})
_SAME = MappingProxyType(
    {
        **{"mnt": "menit", "min": "menit", "minute": "menit", "minutes": "menit"},
        **{"dtk": "detik", "hour": "jam", "hours": "jam", "hr": "hari", "hk": "hari", "day": "hari", "days": "hari"},
        **{"week": "minggu", "weeks": "minggu", "pekan": "minggu", "month": "bulan", "months": "bulan"},
        **{"bln": "bulan", "mgg": "minggu", "thn": "tahun", "year": "tahun", "years": "tahun"},
    }
)
_PERIODS = MappingProxyType(
    {"mingguan": "minggu", "bulanan": "bulan", "tahunan": "tahun"}
    | {f"{unit}an": unit for unit in ("triwulan", "semester")}
)
_ONE_OF = MappingProxyType({f"se{unit}": unit for unit in ("menit", "jam", "hari", "minggu", "bulan", "pekan")})
_PADDING = frozenset(
    {"maks", "max", "maksimal", "maksimum", "sekitar", "selama", "dalam", "waktu", "ca", "dan", "up", "to"}
    | {"kerja", "working", "office", "business", "±", "≤", "~", ",", "+", "."}
)
_PER = frozenset({"/", "per", "tiap", "setiap", "@"})
_SINCE = frozenset({"sejak", "setelah", "sesudah", "terhitung", "after", "since"})
_AS_NEEDED = re.compile(
    r"(?:di)?(?:sesuai(?:kan)?|menyesuaikan)\b(?:\s+(?:dengan\s+)?kebutuhan)?|(?:bergantung|tergantung)\b"
    r"|kondisional|situasional|insidenti?[al]l|tentatif|as needed"
)
_REWRITTEN = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(\d)\s*½", r"\1,5"),
        (r"½|\b1\s*/\s*2\b", "0,5"),
        (
            r"\+\s*/\s*-|kurang lebih|lebih kurang|kira[- ]kira|paling (?:lama|lambat|banyak)|\bselambat-lambatnya|<=?",
            " ",
        ),
        (r"\bs\s*[./]\s*d\b\.?|\bsd\b|\bsampai(?: dengan)?\b|\bhingga\b|[‐‑‒–—−]", "-"),
        (r"\b(\d{1,3})\s*[x×*]\s*24\s*jam", r"\1 hari"),
        (r"(\d)\s*\([^()\d]*\)", r"\1"),
        (r"[()]", " "),
    )
)
_LEXEME = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\S")
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsNeeded:
    """*Sesuai kebutuhan*: the office sets no time on purpose, for this reason."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A catalogue text that says what would be."""

    text: str
    message: str


Stated = StandardTime | AsNeeded | NotUnderstood


class _Unreadable(Exception):
    def __init__(self, message: str = CANNOT_BE_READ) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class _Span:
    days: int
    minutes: int

    @property
    def length(self) -> int:
        return self.days * MINUTES_OF_DAY + self.minutes


def read_standard_time(written: str) -> Stated:
    """Never raises: what cannot be read says so."""
    text = " ".join(written[: LONGEST_TEXT + 1].split())
    said = text.lower()
    needed = _AS_NEEDED.match(said)
    if needed is not None:
        reason = text[needed.end() :].strip(" ()[]:;,.–—-")
        return AsNeeded(text=text, reason=reason)
    try:
        if len(text) > LONGEST_TEXT:
            raise _Unreadable
        return _standard_time(text, _lexemes(said))
    except _Unreadable as fault:
        return NotUnderstood(text=text[:80], message=fault.message)


def _lexemes(said: str) -> list[str]:
    for pattern, to in _REWRITTEN:
        said = pattern.sub(to, said)
    return _LEXEME.findall(unicodedata.normalize("NFKC", said))


def _standard_time(text: str, lexemes: Sequence[str]) -> StandardTime:
    """A span of time or two with a dash between them, then perhaps for each of what."""
    clause = _until(lexemes, _SINCE)
    told = _until(clause, _PER)
    per = " ".join(clause[len(told) + 1 :]).strip(" .")
    if len(clause) > len(told) and not 0 < len(per) <= LONGEST_PER:
        raise _Unreadable
    parts = _split(told, "-")
    if len(parts) > 2:
        raise _Unreadable
    most = _span(parts[-1])
    least = _span(_with_unit_of(parts[0], parts[-1])) if len(parts) == 2 else None
    if least is not None and least.length > most.length:
        raise _Unreadable(WRONG_WAY_ROUND)
    return StandardTime(
        text=text,
        working_days=most.days or None,
        working_minutes=most.minutes or None,
        least_minutes=None if least is None else least.length,
        per=per,
    )


def _until(lexemes: Sequence[str], words: frozenset[str]) -> Sequence[str]:
    place = next((place for place, lexeme in enumerate(lexemes) if lexeme in words), len(lexemes))
    return lexemes[:place]


def _split(lexemes: Sequence[str], sign: str) -> list[Sequence[str]]:
    if sign not in lexemes:
        return [lexemes]
    place = list(lexemes).index(sign)
    return [lexemes[:place], *_split(lexemes[place + 1 :], sign)]


def _with_unit_of(shorter: Sequence[str], longer: Sequence[str]) -> Sequence[str]:
    """In "5-10 menit" the five are minutes too."""
    if any(_unit(word) for word in shorter):
        return shorter
    return [*shorter, next((word for word in longer if _unit(word)), "")]


def _span(lexemes: Sequence[str]) -> _Span:
    days, minutes, units = Decimal(0), Decimal(0), set[str]()
    amount: list[str] = []
    for word in _spelled_out([word for word in lexemes if word not in _PADDING]):
        unit = _unit(word)
        if word in ("kalender", "calendar"):
            raise _Unreadable(NOT_WORKING_DAYS)
        if not unit:
            amount.append(word)
            continue
        if unit in units:
            raise _Unreadable
        units.add(unit)
        days += _amount(amount) * _DAYS.get(unit, 0)
        minutes += _amount(amount) * _MINUTES.get(unit, 0)
        amount = []
    if amount or not units:
        raise _Unreadable
    return _bounded(days, minutes)


def _spelled_out(words: Sequence[str]) -> list[str]:
    """*Sehari* is one day, and what is done *semesteran* is done within a semester."""
    spelled: list[str] = []
    for word in words:
        unit = _ONE_OF.get(word) or (_PERIODS.get(word) if not spelled else None)
        spelled += ["1", unit] if unit else [word]
    return spelled


def _unit(word: str) -> str:
    unit = _SAME.get(word, word)
    return unit if unit in _MINUTES or unit in _DAYS else ""


def _amount(words: Sequence[str]) -> Decimal:
    if len(words) == 1 and _NUMBER.fullmatch(words[0]):
        number = words[0].replace(".", "") if _THOUSANDS.fullmatch(words[0]) else words[0].replace(",", ".")
        found: Decimal | None = Decimal(number)
    else:
        found = numeral(words)
    if found is None or found <= 0:
        raise _Unreadable
    return found


def _bounded(days: Decimal, minutes: Decimal) -> _Span:
    """Whole days and whole minutes, none of them lost."""
    whole = int(days)
    rest = minutes + (days - whole) * MINUTES_OF_DAY
    rounded = int(rest) + (rest > int(rest))
    if whole > TEN_YEARS_IN_DAYS or rounded > TEN_YEARS_IN_MINUTES:
        raise _Unreadable(TOO_LONG)
    return _Span(whole, rounded)
