"""The command that tries diagrams out. See docs/play.md."""

import logging
import os
import readline
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click

from engine.base.clock import FrozenClock, SystemClock
from engine.bpmn.check import prepare
from engine.core.play.conversation import Conversation
from engine.core.play.deploying import uploads_at
from engine.core.play.errors import Unexpected
from engine.core.play.protocol import Answer, answer, lines_in, refused, written
from engine.core.play.session import Play, settings_of_play
from tatakerja import language_of_terminal


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A command a line in, an answer a line out: docs/play.md.")
def play(files: tuple[Path, ...], as_json: bool) -> None:
    """Try diagrams out: the real engine in memory, with a clock that moves when it is told."""
    Thread(target=_prepare_checks, daemon=True).start()
    stage = Play(settings_of_play(os.environ), FrozenClock(SystemClock().now()))
    if files:
        stage.deploy(uploads_at(files))
    if as_json:
        _answer_lines(stage)
    else:
        _converse(Conversation(stage, language_of_terminal()))


def _prepare_checks() -> None:
    with suppress(OSError):  # a play may be over before its first file came
        prepare()


def _converse(conversation: Conversation) -> None:
    """Until the person leaves; what she types can be completed with Tab."""
    readline.parse_and_bind("tab: complete")
    readline.set_completer(lambda text, number: (*conversation.completions(text), None)[number])
    click.echo("\n".join(conversation.greeting()))
    while not conversation.is_over:
        try:
            line = input("> ")
        except EOFError:
            break
        click.echo("\n".join(_said(conversation, line)))


def _said(conversation: Conversation, line: str) -> tuple[str, ...]:
    try:
        return conversation.say(line)
    except Exception as error:  # noqa: BLE001  # the door, as below
        return (Unexpected(reason=f"{type(error).__name__}: {error}").text(language_of_terminal()),)


def _answer_lines(stage: Play) -> None:
    logging.disable()  # whoever reads the answers may not read what else is said
    out = sys.stdout.buffer
    for line in lines_in(sys.stdin.buffer):
        out.write(written(_answer(stage, line)))
        out.flush()


def _answer(stage: Play, line: bytes | None) -> Answer:
    try:
        return answer(stage, line, language_of_terminal())
    except Exception as error:  # noqa: BLE001  # the door: whatever a stranger's file brings about is told, not died of
        return refused(stage, Unexpected(reason=f"{type(error).__name__}: {error}"), language_of_terminal())
