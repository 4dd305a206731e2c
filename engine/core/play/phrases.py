"""What a person types: words in English or Indonesian, `name=value`, a stretch of time."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from engine.base.errors import Invalid
from engine.base.i18n import _

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "start": ("mulai",),
    "complete": ("selesai", "selesaikan"),
    "trigger": ("picu",),
    "advance": ("maju",),
    "message": ("pesan",),
    "signal": ("sinyal",),
    "set": ("isi",),
    "show": ("lihat", "list", "daftar", "state"),
    "load": ("muat", "deploy"),
    "help": ("bantuan", "?"),
    "quit": ("keluar", "exit"),
}
SECONDS: Mapping[tuple[str, ...], int] = {
    ("second", "seconds", "detik", "s"): 1,
    ("minute", "minutes", "menit", "m"): 60,
    ("hour", "hours", "jam", "h"): 3_600,
    ("day", "days", "hari", "d"): 86_400,
    ("week", "weeks", "minggu", "pekan", "w"): 604_800,
}
LONGEST_AMOUNT = 12


class NoSuchWord(Invalid):
    code = "play.no_such_word"
    message = _("“%(word)s” is not known here. Type help to see what you can do.")


class PerhapsAnother(Invalid):
    code = "play.perhaps_another"
    message = _("“%(word)s” is not known here. Did you mean %(other)s?")


class NoDuration(Invalid):
    code = "play.no_duration"
    message = _("Say how long, such as: advance 2 days, maju 3 jam, advance 90 minutes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One line: its command, the words that follow, and the values that were given."""

    command: str
    words: tuple[str, ...]
    variables: Mapping[str, Any]


def phrase_in(line: str) -> Phrase:
    """An empty line asks how things stand. Raises NoSuchWord, or PerhapsAnother with what may have been meant."""
    words = _words(line)
    if not words:
        return Phrase(command="show", words=(), variables={})
    given = dict(word.split("=", 1) for word in words[1:] if _is_value(word))
    return Phrase(
        command=_command(words[0].lower()),
        words=tuple(word for word in words[1:] if not _is_value(word)),
        variables={name: _value(text) for name, text in given.items()},
    )


def duration_in(words: Sequence[str]) -> timedelta:
    """`2 days`, `1 hari 3 jam`; raises NoDuration."""
    if not words or len(words) % 2:
        raise NoDuration
    return timedelta(seconds=sum(_seconds(*words[at : at + 2]) for at in range(0, len(words), 2)))


def all_commands() -> tuple[str, ...]:
    return tuple(word for command, others in COMMANDS.items() for word in (command, *others))


def _seconds(amount: str, unit: str) -> float:
    scale = next((scale for names, scale in SECONDS.items() if unit.lower() in names), None)
    number = amount.replace(",", ".", 1)
    if scale is None or len(number) > LONGEST_AMOUNT or not number.replace(".", "", 1).isdecimal():
        raise NoDuration
    return float(number) * scale


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quotation mark that was not closed
        return line.split()


def _is_value(word: str) -> bool:
    return word.split("=", 1)[0].isidentifier() and "=" in word


def _value(text: str) -> Any:
    """What JSON can read is that, everything else a text: 3, true, [1, 2], Siti."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _command(word: str) -> str:
    for command, others in COMMANDS.items():
        if word == command or word in others:
            return command
    close = get_close_matches(word, all_commands(), n=1)
    if close:
        raise PerhapsAnother(word=word[:80], other=close[0])
    raise NoSuchWord(word=word[:80])
