"""The line protocol of a play: each line in is a command, each line out its answer. See docs/play.md."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, BinaryIO, NoReturn

from engine.base.errors import TataKerjaError
from engine.core.play import fields
from engine.core.play.deploying import Found, NotLoaded, uploads_of
from engine.core.play.errors import LineTooLong, NotACommand, UnknownCommand
from engine.core.play.fields import Said
from engine.core.play.session import Play
from engine.definitions.uploading import ChosenFile

Answer = dict[str, Any]
MOST_LINE = 32 << 20
DECLARED_ENCODING = re.compile(r"""(\A\ufeff?\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
HALF_CHARACTERS = re.compile(r"\\u[dD][89a-fA-F]")


def lines_in(stream: BinaryIO) -> Iterator[bytes | None]:
    """Every line that says something; None for one that is too long, of which the rest is passed over."""
    while line := stream.readline(MOST_LINE + 1):
        if len(line) <= MOST_LINE:
            if line.strip():
                yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MOST_LINE)
        yield None


def answer(play: Play, line: bytes | None, language: str) -> Answer:
    """What came of a line. A refusal is an answer too, and changes nothing."""
    try:
        said = command_in(line)
    except (NotACommand, LineTooLong) as refusal:
        return refused(play, refusal, language)
    if said.get("do") == "deploy":
        return _deployed(play, said, language)
    try:
        _done(play, said)
    except TataKerjaError as refusal:
        return refused(play, refusal, language)
    return {"ok": True, "instances": _instances(play, language)}


def refused(play: Play, refusal: TataKerjaError, language: str) -> Answer:
    return {"ok": False, "error": _error(refusal, language), "instances": _instances(play, language)}


def written(reply: Answer) -> bytes:
    """In one line of ASCII: what a text holds can never be taken for the end of the line."""
    return json.dumps(reply, allow_nan=False).encode("ascii") + b"\n"


def command_in(line: bytes | None) -> Said:
    if line is None:
        raise LineTooLong(limit=MOST_LINE >> 20)
    try:
        text = line.decode("utf-8-sig")  # some programs begin what they write with a mark of its order of bytes
        said = json.loads(text, parse_constant=_no_number)
        if HALF_CHARACTERS.search(text):
            json.dumps(said, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise NotACommand from None
    if not isinstance(said, dict) or "do" not in said:
        raise NotACommand
    return said


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _done(play: Play, said: Said) -> None:
    name = said["do"]
    command = COMMANDS.get(name) if isinstance(name, str) else None
    if command is None:
        raise UnknownCommand(name=str(name)[:80], known=", ".join(("deploy", *COMMANDS)))
    command(play, said)


def _deployed(play: Play, said: Said, language: str) -> Answer:
    try:
        files = fields.texts(said, "files")
        chosen = [ChosenFile(filename=name, content=_as_utf8(text)) for name, text in files.items()]
        loaded = play.deploy(uploads_of(chosen))
    except NotLoaded as refusal:
        problems = [problem_record(found, language) for found in refusal.found]
        return {"ok": False, "problems": problems, "error": _error(refusal, language)}
    except TataKerjaError as refusal:
        return {"ok": False, "problems": [], "error": _error(refusal, language)}
    problems = [problem_record(found, language) for found in loaded.problems]
    return {"ok": True, "definitions": list(loaded.versions), "problems": problems}


def _as_utf8(text: str) -> bytes:
    """What the file says of its encoding was true of the bytes that it came from."""
    return DECLARED_ENCODING.sub(r"\1", text, count=1).encode("utf-8")


def problem_record(found: Found, language: str) -> Mapping[str, Any]:
    problem = found.problem
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.text(language),
        "element": problem.element,
        "line": problem.line,
        "file": found.file,
    }


def _error(refusal: TataKerjaError, language: str) -> Mapping[str, str]:
    return {"code": refusal.code, "message": refusal.text(language)}


def _instances(play: Play, language: str) -> list[Mapping[str, Any]]:
    return [asdict(standing) for standing in play.instances(language)]


def _start(play: Play, said: Said) -> None:
    play.start(fields.text(said, "process"), fields.record(said, "variables"), fields.optional_text(said, "at"))


def _complete(play: Play, said: Said) -> None:
    instance, activity = fields.number(said, "instance"), fields.text(said, "activity")
    play.complete(instance, activity, fields.record(said, "variables"))


def _trigger(play: Play, said: Said) -> None:
    instance, activity = fields.number(said, "instance"), fields.text(said, "activity")
    play.trigger(instance, activity, fields.record(said, "variables"))


def _set(play: Play, said: Said) -> None:
    play.set_variables(fields.number(said, "instance"), fields.record(said, "variables"))


def _advance(play: Play, said: Said) -> None:
    play.advance(timedelta(seconds=fields.seconds(said, "seconds")))


def _message(play: Play, said: Said) -> None:
    play.message(
        fields.text(said, "name"),
        fields.record(said, "correlation"),
        fields.record(said, "variables"),
        fields.optional_number(said, "instance"),
    )


def _signal(play: Play, said: Said) -> None:
    play.signal(fields.text(said, "name"), fields.record(said, "variables"))


def _state(_play: Play, _said: Said) -> None:
    """Only a look."""


COMMANDS: Mapping[str, Callable[[Play, Said], None]] = {
    "start": _start,
    "complete": _complete,
    "advance": _advance,
    "message": _message,
    "signal": _signal,
    "set": _set,
    "trigger": _trigger,
    "state": _state,
}
