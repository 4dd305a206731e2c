"""What a person types: words in English or Indonesian, `name=value`, a stretch of time."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
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
# Behind these stand one word and values; the others have words alone.
WITH_VALUES = ("start", "complete", "trigger", "message", "signal", "set")
PIECE = re.compile(r"""(?:"[^"]*"|'[^']*'|\\.|\S)+""")
NAMED_JSON = re.compile(r"""([^\W\d]\w*)=(?=["\[{])""")
JSON = json.JSONDecoder(strict=False)
NO_VALUE = object()


class NoSuchWord(Invalid):
    code = "play.no_such_word"
    message = _("“%(word)s” is not known here. Type help to see what you can do.")


class PerhapsAnother(Invalid):
    code = "play.perhaps_another"
    message = _("“%(word)s” is not known here. Did you mean %(other)s?")


class NotRead(Invalid):
    code = "play.not_read"
    message = _(
        "“%(piece)s” cannot be read, so nothing was done. Values are written name=value, without spaces around the "
        "equals sign; a text with spaces in quotation marks."
    )


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
    """An empty line asks how things stand. Raises NoSuchWord, PerhapsAnother with what may have been meant, NotRead."""
    first, _space, rest = line.strip().partition(" ")
    if not first:
        return Phrase(command="show", words=(), variables={})
    command = _command(first.lower())
    words, variables = list[str](), dict[str, Any]()
    for piece, value in _pieces(rest):
        if value is NO_VALUE:
            words.append(piece)
        elif command in WITH_VALUES:
            variables[piece] = value
        else:
            raise _not_read(f"{piece}=")
    if command in WITH_VALUES and words[1:]:
        raise _not_read(" ".join(words[1:]))
    return Phrase(command=command, words=tuple(words), variables=variables)


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


def _pieces(text: str) -> Iterator[tuple[str, Any]]:
    """Names with their values, and words, which have NO_VALUE; JSON is read with the spaces and quotes in it."""
    at, word = 0, ""
    while (piece := PIECE.search(text, at)) is not None:
        named = NAMED_JSON.match(text, piece.start())
        if named is not None:
            value, at = _json_at(text, piece.start(), named.end())
            yield named[1], value
        else:
            if piece[0].startswith("="):
                raise _not_read(f"{word} {text[piece.start() :]}".strip())
            at, word = piece.end(), piece[0]
            yield _piece(word)


def _json_at(text: str, start: int, at: int) -> tuple[Any, int]:
    try:
        value, end = JSON.raw_decode(text, at)
    except (ValueError, RecursionError):
        raise _not_read(text[start:]) from None
    if text[end : end + 1].strip():
        raise _not_read(text[start:])
    return value, end


def _piece(raw: str) -> tuple[str, Any]:
    name, equals, value = raw.partition("=")
    if not equals or raw[0] in "\"'":
        return _unquoted(raw), NO_VALUE
    if not name.isidentifier() or not value:
        raise _not_read(raw)
    return name, _value(_unquoted(value))


def _unquoted(raw: str) -> str:
    try:
        return "".join(shlex.split(raw))
    except ValueError:  # a quotation mark that was not closed
        return raw


def _not_read(piece: str) -> NotRead:
    return NotRead(piece=piece[:80])


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
