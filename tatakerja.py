#!/usr/bin/env python3
"""The one command line: all that an operator or a designer does without a browser."""

import json
import logging
import os
import readline
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from engine.access.accounts import create_account, set_password
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.queries import AccountNotFound, accounts
from engine.access.sample import SampleAccount
from engine.base.clock import FrozenClock, SystemClock
from engine.base.errors import Invalid, TataKerjaError
from engine.base.logs import log_plainly
from engine.base.settings import Settings, SettingWrong, settings_from
from engine.bpmn.check import prepare
from engine.bpmn.problems import Verdict, verdict_of
from engine.core.core import Core
from engine.core.demo import load_sample_office
from engine.core.play.conversation import Conversation
from engine.core.play.deploying import files_at
from engine.core.play.errors import Unexpected
from engine.core.play.protocol import Answer, answer, lines_in, refused, written
from engine.core.play.session import Play, settings_of_play
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.errors import Rejected
from engine.definitions.folder import upload_from_path
from engine.definitions.model import VersionState
from engine.definitions.operations import publish
from engine.definitions.reports import as_lines, as_record, problems_of
from engine.execution.consistency import differences_of_running
from engine.organisation.importing import import_organisation
from engine.organisation.queries import EmployeeNotFound, find_employee_by_nip

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
# Loading the web server and the workers takes two seconds: not before one of their commands is called.
SERVERS = ("serve", "web", "worker", "beat", "worker-is-alive", "beat-is-alive", "migrate")


class Commands(click.Group):
    """Refusals become one sentence on standard error; nobody should have to read a traceback."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted((*super().list_commands(context), *SERVERS))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in SERVERS:
            command: click.Command = getattr(import_module("tatakerja_servers"), name.replace("-", "_"))
            return command
        return super().get_command(context, name)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except TataKerjaError as refusal:
            raise click.ClickException("\n".join(_sentences(refusal))) from refusal
        except SettingWrong as wrong:
            raise click.ClickException(str(wrong)) from wrong
        except OperationalError as error:
            raise click.ClickException(f"The database does not answer or is not set up: {error.orig}") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'Input and output'}: {error.strerror}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """TataKerja runs an office's standard operating procedures. Settings: docs/operations.md."""


@main.command()
def verify() -> None:
    """Hold every running case against its rows: its work, timers, awaited messages, incidents."""
    with core_of_environment().read() as reading:
        found = [str(difference) for difference in differences_of_running(reading.session)]
    click.echo("\n".join(found) or "All rows of running cases follow from their states.")
    sys.exit(1 if found else 0)


@main.command()
@FILES
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a file.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is wrong with diagrams (.bpmn files or process folders), without keeping them."""
    verdicts = []
    for path in files:
        started = perf_counter()
        problems = problems_of(path)
        milliseconds = round((perf_counter() - started) * 1000)
        verdicts.append(verdict_of(problems))
        if as_json:
            click.echo(json.dumps(as_record(path, problems, milliseconds, _language()), ensure_ascii=False))
        else:
            click.echo("\n".join((f"{path}: {verdicts[-1].value}", *as_lines(problems, _language()))))
    sys.exit(1 if Verdict.REJECTED in verdicts else 0)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A command a line in, an answer a line out: docs/play.md.")
def play(files: tuple[Path, ...], as_json: bool) -> None:
    """Try diagrams out: the real engine in memory, with a clock that moves when it is told."""
    Thread(target=_prepare_checks, daemon=True).start()
    stage = Play(settings_of_play(os.environ), FrozenClock(SystemClock().now()))
    if files:
        stage.deploy(files_at(files))
    if as_json:
        _answer_lines(stage)
    else:
        _converse(Conversation(stage, _language()))


@main.command("deploy")
@FILES
@click.option("--publish", "in_force", is_flag=True, help="Put versions that can run in force at once.")
def deploy_files(files: tuple[Path, ...], in_force: bool) -> None:
    """Keep diagrams (.bpmn files or process folders) as the next versions of their processes, all or none."""
    core = core_of_environment()
    examinations = examine_all([upload_from_path(path) for path in files])
    with core.work() as work:
        deployments = deploy_all(work, examinations)
        to_publish = [each for each in deployments if in_force and each.is_new and each.state == VersionState.READY]
        for deployment in to_publish:
            publish(work, deployment.version_id)
    for examination, deployment in zip(examinations, deployments, strict=True):
        state = VersionState.PUBLISHED if deployment in to_publish else deployment.state
        outcome = f"{examination.upload.filename}: {deployment.key} version {deployment.number}, {state}"
        click.echo("\n".join((outcome, *as_lines(deployment.problems, _language()))))


@main.command("import-organisation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_organisation_file(file: Path) -> None:
    """Make units, positions, employees and holdings what the file says."""
    with core_of_environment().work() as work:
        result = import_organisation(work, file.read_bytes())
    click.echo(f"{result.created} new, {result.changed} changed, {result.unchanged} as before, {result.gone} gone.")


@main.command()
def demo() -> None:
    """Load what is missing of the sample office: its people, calendar, accounts and SOPs."""
    tell_sign_ins(load_sample_office(core_of_environment()))


@main.command("create-account")
@click.argument("username")
@click.option("--nip", help="The employee who signs in with it.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def create_account_for(username: str, nip: str | None, roles: tuple[str, ...]) -> None:
    """Open an account; its password is made up and shown once."""
    password = readable_password()
    with core_of_environment().work() as work:
        employee = find_employee_by_nip(work.session, nip) if nip else None
        if nip and employee is None:
            raise EmployeeNotFound
        create_account(work, username, password, employee.id if employee else None, roles)
    click.echo(f"{username}  {password}")


@main.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """Give an account a new password, made up and shown once; its sessions end."""
    password = readable_password()
    with core_of_environment().work() as work:
        ids = {line.username: line.id for line in accounts(work.session)}
        if username not in ids:
            raise AccountNotFound
        set_password(work, ids[username], password)
    click.echo(f"{username}  {password}")


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
        return (Unexpected(reason=f"{type(error).__name__}: {error}").text(_language()),)


def _answer_lines(stage: Play) -> None:
    logging.disable()  # whoever reads the answers may not read what else is said
    out = sys.stdout.buffer
    for line in lines_in(sys.stdin.buffer):
        out.write(written(_answer(stage, line)))
        out.flush()


def _answer(stage: Play, line: bytes | None) -> Answer:
    try:
        return answer(stage, line, _language())
    except Exception as error:  # noqa: BLE001  # the door: whatever a stranger's file brings about is told, not died of
        return refused(stage, Unexpected(reason=f"{type(error).__name__}: {error}"), _language())


def settings_of_environment() -> Settings:
    return settings_from(os.environ)


def core_of_environment() -> Core:
    log_plainly()
    return Core(settings_of_environment(), SystemClock())


def _language() -> str:
    """The one of the person at the terminal."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "id" if spoken.startswith("id") else "en"


def tell_sign_ins(opened: Iterable[SampleAccount]) -> None:
    lines = [
        f"  {each.username:<12} {each.password}   {each.employee_name} ({', '.join(each.roles)})" for each in opened
    ]
    if lines:
        click.echo("Sign in as one of these. The passwords are shown this once:\n" + "\n".join(lines))


def _sentences(refusal: TataKerjaError) -> Iterable[str]:
    yield refusal.text(_language())
    if isinstance(refusal, Rejected):
        yield from as_lines(refusal.problems, _language())
    if isinstance(refusal, Invalid):
        yield from (f"  {field.name}: {field.text(_language())}" for field in refusal.fields)


if __name__ == "__main__":
    main()
