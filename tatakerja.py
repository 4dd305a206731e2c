#!/usr/bin/env python3
"""The one command line: all that an operator or a designer does without a browser."""

import json
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from engine.base.errors import Invalid, TataKerjaError
from engine.base.settings import SettingWrong
from engine.bpmn.problems import Verdict
from engine.definitions.errors import Rejected
from engine.definitions.reports import apart, as_lines, as_record, checked, said_of, side_by_side

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
# Loaded when one of them is called: a check or a play need not wait for the web server, nor for an office.
ELSEWHERE = {
    "play": "tatakerja_play",
    **dict.fromkeys(
        (
            "deploy",
            "verify",
            "demo",
            "figures",
            "import-organisation",
            "export-organisation",
            "create-account",
            "reset-password",
            "reset-second-factor",
        ),
        "tatakerja_office",
    ),
    **dict.fromkeys(
        ("serve", "web", "worker", "beat", "worker-is-alive", "beat-is-alive", "migrate"), "tatakerja_servers"
    ),
}


class Commands(click.Group):
    """Refusals become one sentence on standard error; nobody should have to read a traceback."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted((*super().list_commands(context), *ELSEWHERE))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in ELSEWHERE:
            command: click.Command = getattr(import_module(ELSEWHERE[name]), name.replace("-", "_"))
            return command
        return super().get_command(context, name)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except TataKerjaError as refusal:
            raise click.ClickException("\n".join(_sentences(refusal))) from refusal
        except SettingWrong as wrong:
            raise click.ClickException(str(wrong)) from wrong
        except (OperationalError, ProgrammingError) as error:
            if _is_without_tables(error):
                raise click.ClickException("The database is not set up yet. First run: tatakerja migrate") from error
            if isinstance(error, ProgrammingError):
                raise
            remedy = "Is it running, and is TATAKERJA_DATABASE_URL right?"
            raise click.ClickException(f"The database does not answer. {remedy} It said: {error.orig}") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'Input and output'}: {error.strerror}") from error


def _is_without_tables(error: DBAPIError) -> bool:
    """PostgreSQL says so by a code (undefined_table), SQLite in words."""
    return getattr(error.orig, "sqlstate", "") == "42P01" or "no such table" in str(error.orig)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """TataKerja runs an office's standard operating procedures. Settings: docs/operations.md."""


@main.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a file.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with diagrams (.bpmn files or process folders), without keeping them.

    Those given together know each other: one may call what stands in the next. Decision tables (.dmn) and forms
    (.json) are taken along with the diagrams.
    """
    alone, milliseconds = [], []
    diagrams, papers = apart(files)
    for path in diagrams:
        started = perf_counter()
        alone.append(checked(path, papers))
        milliseconds.append(round((perf_counter() - started) * 1000))
    together, spoken = side_by_side(alone), language_of_terminal()
    for path, file, took in zip(diagrams, together, milliseconds, strict=True):
        if as_json:
            click.echo(json.dumps(as_record(path, file, took, spoken), ensure_ascii=False))
        else:
            click.echo("\n".join((said_of(path, file.verdict, spoken), *as_lines(file.problems, spoken))))
    sys.exit(1 if any(file.verdict is Verdict.REJECTED for file in together) else 0)


def language_of_terminal() -> str:
    """The one of the person at the terminal; where that says nothing, as in a container, the one of the office."""
    places = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "TATAKERJA_LANGUAGE")
    said = (os.environ.get(place, "") for place in places)
    spoken = next((each for each in said if each and not each.startswith(("C", "POSIX"))), "")
    return "id" if spoken.startswith("id") else "en"


def _sentences(refusal: TataKerjaError) -> Iterable[str]:
    yield refusal.text(language_of_terminal())
    if isinstance(refusal, Rejected):
        yield from as_lines(refusal.problems, language_of_terminal())
    if isinstance(refusal, Invalid):
        yield from (f"  {field.name}: {field.text(language_of_terminal())}" for field in refusal.fields)


if __name__ == "__main__":
    main()
