#!/usr/bin/env python3
"""The one command line: all that an operator or a designer does without a browser."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from engine.access.accounts import create_account, set_password
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.queries import AccountNotFound, accounts
from engine.access.sample import SampleAccount
from engine.base.clock import Clock, SystemClock
from engine.base.errors import Invalid, TataKerjaError
from engine.base.logs import log_as_json, log_plainly
from engine.base.settings import Settings, SettingWrong, settings_from
from engine.bpmn.problems import Verdict, verdict_of
from engine.core.core import Core
from engine.core.demo import load_sample_office
from engine.core.housekeeping import begin_housekeeping
from engine.core.schema import upgrade
from engine.definitions.errors import Rejected
from engine.definitions.examination import examine
from engine.definitions.folder import upload_from_path
from engine.definitions.model import VersionState
from engine.definitions.operations import deploy, publish
from engine.definitions.reports import as_lines, as_record, problems_of
from engine.execution.consistency import differences_of_running
from engine.organisation.importing import import_organisation
from engine.organisation.queries import EmployeeNotFound, find_employee_by_nip
from webui.application import create_app
from webui.serving import listen, serve_until_stopped, serve_with_processes
from workers.application import application
from workers.embedded import embedded_workers
from workers.heartbeat import beat_was_heard
from workers.nudging import Nudger
from workers.processes import run_beat, run_worker, workers_answer
from workers.tasks import add_tasks

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


class Commands(click.Group):
    """Refusals become one sentence on standard error; nobody should have to read a traceback."""

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
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    """Everything in this one process, with SQLite: to try it out, or for a small office."""
    log_plainly()
    run_embedded(settings_from({**os.environ, "PORT": str(port)}), SystemClock(), host, port)


@main.command()
@click.option("--bind", default="0.0.0.0:8000", show_default=True, help="Address and port.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
def web(bind: str, processes: int) -> None:
    """The web server of the standard profile (gunicorn)."""
    log_as_json()
    settings = _settings()

    def make_app() -> Any:
        return create_app(Core(settings, SystemClock(), nudge=Nudger(application(settings))))

    serve_with_processes(make_app, bind, processes)


@main.command()
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def worker(threads: int) -> None:
    """A worker of the standard profile (Celery); start as many as you need."""
    log_as_json()
    settings = _settings()
    app = application(settings)
    add_tasks(app, Core(settings, SystemClock(), nudge=Nudger(app)))
    sys.exit(run_worker(app, threads))


@main.command()
def beat() -> None:
    """The clock of the standard profile (Celery beat): every two seconds it looks for what is due."""
    log_as_json()
    run_beat(application(_settings()))


@main.command("worker-is-alive")
def worker_is_alive() -> None:
    """Whether a worker answers through the broker; for health checks."""
    if not workers_answer(application(_settings())):
        raise click.ClickException("No worker answers.")


@main.command("beat-is-alive")
def beat_is_alive() -> None:
    """Whether the beat of this machine has ticked lately; for health checks."""
    if not beat_was_heard(SystemClock().now()):
        raise click.ClickException("The beat has not ticked lately.")


@main.command()
def migrate() -> None:
    """Bring the database's schema up to this version of the program."""
    core = _core()
    core.settings.data_folder.mkdir(parents=True, exist_ok=True)
    _upgrade(core)
    click.echo("The schema is up to date.")


@main.command()
def verify() -> None:
    """Hold every running case against its rows: its work, timers, awaited messages, incidents."""
    with _core().read() as reading:
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


@main.command("deploy")
@FILES
@click.option("--publish", "in_force", is_flag=True, help="Put versions that can run in force at once.")
def deploy_files(files: tuple[Path, ...], in_force: bool) -> None:
    """Keep diagrams (.bpmn files or process folders) as the next versions of their processes."""
    core = _core()
    for path in files:
        examination = examine(upload_from_path(path))
        with core.work() as work:
            deployment = deploy(work, examination)
            is_published = in_force and deployment.is_new and deployment.state == VersionState.READY
            if is_published:
                publish(work, deployment.version_id)
        state = VersionState.PUBLISHED if is_published else deployment.state
        outcome = f"{path}: {deployment.key} version {deployment.number}, {state}"
        click.echo("\n".join((outcome, *as_lines(deployment.problems, _language()))))


@main.command("import-organisation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_organisation_file(file: Path) -> None:
    """Make units, positions, employees and holdings what the file says."""
    with _core().work() as work:
        result = import_organisation(work, file.read_bytes())
    click.echo(f"{result.created} new, {result.changed} changed, {result.unchanged} as before, {result.gone} gone.")


@main.command()
def demo() -> None:
    """Load what is missing of the sample office: its people, calendar, accounts and SOPs."""
    _tell_sign_ins(load_sample_office(_core()))


@main.command("create-account")
@click.argument("username")
@click.option("--nip", help="The employee who signs in with it.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def create_account_for(username: str, nip: str | None, roles: tuple[str, ...]) -> None:
    """Open an account; its password is made up and shown once."""
    password = readable_password()
    with _core().work() as work:
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
    with _core().work() as work:
        ids = {line.username: line.id for line in accounts(work.session)}
        if username not in ids:
            raise AccountNotFound
        set_password(work, ids[username], password)
    click.echo(f"{username}  {password}")


def run_embedded(settings: Settings, clock: Clock, host: str, port: int) -> None:
    """Serve pages, run jobs and beat in this process until it is stopped."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    workers = application(settings)
    core = Core(settings, clock, nudge=Nudger(workers))
    add_tasks(workers, core)
    try:
        server = listen(create_app(core), host, port)
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be used ({error.strerror}). Try: PORT=9000 make run") from error
    _upgrade(core)
    _tell_sign_ins(_first_accounts(core))
    with embedded_workers(workers):
        click.echo(f"TataKerja is ready: http://{host}:{port}  (stop with Ctrl-C)")
        serve_until_stopped(server)
    core.close()
    click.echo("TataKerja has stopped. Everything is kept in " + str(settings.data_folder))


def _settings() -> Settings:
    return settings_from(os.environ)


def _core() -> Core:
    log_plainly()
    return Core(_settings(), SystemClock())


def _upgrade(core: Core) -> None:
    upgrade(core.settings.database_url)
    with core.work() as work:
        begin_housekeeping(work)


def _language() -> str:
    """The one of the person at the terminal."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "id" if spoken.startswith("id") else "en"


def _first_accounts(core: Core) -> tuple[SampleAccount, ...]:
    """Those of the sample office when nobody is there yet."""
    with core.read() as reading:
        is_empty = not accounts(reading.session)
    return load_sample_office(core) if is_empty else ()


def _tell_sign_ins(opened: Iterable[SampleAccount]) -> None:
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
