"""The commands that open the doors: web server, workers, beat, and the schema that they need.

Loaded when one of them is called: Flask and Celery take two seconds that a check or a play need not wait for.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import click

from engine.access.queries import account_counts
from engine.access.sample import SampleAccount
from engine.base.clock import Clock, SystemClock
from engine.base.logs import log_as_json, log_plainly
from engine.base.settings import Settings, settings_from
from engine.calendar.operations import seed_calendar
from engine.core.core import Core
from engine.core.demo import load_sample_office
from engine.core.housekeeping import begin_housekeeping
from engine.core.schema import upgrade
from tatakerja_office import core_of_environment, settings_of_environment, tell_sign_ins
from webui.application import create_app
from webui.serving import listen, serve_until_stopped, serve_with_processes
from workers.application import application
from workers.embedded import embedded_workers
from workers.heartbeat import beat_was_heard
from workers.nudging import Nudger
from workers.processes import run_beat, run_worker, workers_answer
from workers.tasks import add_tasks


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    """Everything in this one process, with SQLite: to try it out, or for a small office."""
    log_plainly()
    run_embedded(settings_from({**os.environ, "PORT": str(port)}), SystemClock(), host, port)


@click.command()
@click.option("--bind", default="0.0.0.0:8000", show_default=True, help="Address and port.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
def web(bind: str, processes: int) -> None:
    """The web server of the standard profile (gunicorn)."""
    log_as_json()
    settings = settings_of_environment()

    def make_app() -> Any:
        return create_app(Core(settings, SystemClock(), nudge=Nudger(application(settings))))

    serve_with_processes(make_app, bind, processes)


@click.command()
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def worker(threads: int) -> None:
    """A worker of the standard profile (Celery); start as many as you need."""
    log_as_json()
    settings = settings_of_environment()
    app = application(settings)
    add_tasks(app, Core(settings, SystemClock(), nudge=Nudger(app)))
    sys.exit(run_worker(app, threads))


@click.command()
def beat() -> None:
    """The clock of the standard profile (Celery beat): every two seconds it looks for what is due."""
    log_as_json()
    run_beat(application(settings_of_environment()))


@click.command("worker-is-alive")
def worker_is_alive() -> None:
    """Whether a worker answers through the broker; for health checks."""
    if not workers_answer(application(settings_of_environment())):
        raise click.ClickException("No worker answers.")


@click.command("beat-is-alive")
def beat_is_alive() -> None:
    """Whether the beat of this machine has ticked lately; for health checks."""
    if not beat_was_heard(SystemClock().now()):
        raise click.ClickException("The beat has not ticked lately.")


@click.command()
def migrate() -> None:
    """Bring the database's schema up to this version of the program."""
    core = core_of_environment()
    core.settings.data_folder.mkdir(parents=True, exist_ok=True)
    _upgrade(core)
    click.echo("The schema is up to date.")


def run_embedded(settings: Settings, clock: Clock, host: str, port: int) -> None:
    """Serve pages, run jobs and beat in this process until it is stopped."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(settings.data_folder):
        _serve_alone(settings, clock, host, port)
    click.echo("TataKerja has stopped. Everything is kept in " + str(settings.data_folder))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two embedded runs over the same data would wake each other's jobs; the kernel frees the lock of a dead one."""
    with (folder / "serve.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"TataKerja is already running with the data in {folder}. Stop it first, or set TATAKERJA_DATA."
            ) from error
        yield


def _serve_alone(settings: Settings, clock: Clock, host: str, port: int) -> None:
    workers = application(settings)
    core = Core(settings, clock, nudge=Nudger(workers))
    add_tasks(workers, core)
    try:
        server = listen(create_app(core), host, port)
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be used ({error.strerror}). Try: PORT=9000 make run") from error
    _upgrade(core)
    tell_sign_ins(_first_accounts(core))
    with embedded_workers(workers):
        click.echo(f"TataKerja is ready: http://{host}:{port}  (stop with Ctrl-C)")
        serve_until_stopped(server)
    core.close()


def _upgrade(core: Core) -> None:
    upgrade(core.settings.database_url)
    with core.work() as work:
        if not account_counts(work.session).all:
            seed_calendar(work)
        begin_housekeeping(work)


def _first_accounts(core: Core) -> tuple[SampleAccount, ...]:
    """Those of the sample office when nobody is there yet."""
    with core.read() as reading:
        is_empty = not account_counts(reading.session).all
    return load_sample_office(core) if is_empty else ()
