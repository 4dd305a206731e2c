"""The commands over an office's database: its people, accounts and procedures."""

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from engine.access import second_factor
from engine.access.accounts import create_account as create_account_for
from engine.access.accounts import set_password
from engine.access.model import Role
from engine.access.passwords import readable_password
from engine.access.queries import AccountNotFound, find_account_by_username
from engine.access.sample import SampleAccount
from engine.base.clock import SystemClock
from engine.base.logs import log_plainly
from engine.base.settings import Settings, settings_from
from engine.core.core import Core
from engine.core.demo import load_sample_office
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.folder import upload_from_path
from engine.definitions.model import VersionState
from engine.definitions.operations import publish
from engine.definitions.reports import as_lines
from engine.execution.consistency import differences_of_running
from engine.insight.days import portions
from engine.insight.figures import days_that_differ, made_so_far, make_missing, rebuild
from engine.insight.nightly import DAYS_AT_ONCE
from engine.organisation import exporting, importing
from engine.organisation.queries import EmployeeNotFound, find_employee_by_nip
from tatakerja import FILES, language_of_terminal

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
def verify() -> None:
    """Hold every running case against its rows: its work, timers, awaited messages, incidents."""
    with core_of_environment().read() as reading:
        found = [str(difference) for difference in differences_of_running(reading.session)]
    click.echo("\n".join(found) or "All rows of running cases follow from their states.")
    sys.exit(1 if found else 0)


@click.group()
def figures() -> None:
    """The daily figures of the manager's board: hold them against the cases, or make them again."""


@figures.command("check")
def check_figures() -> None:
    """Say for which days the figures are not what the cases say."""
    with core_of_environment().read() as reading:
        made = made_so_far(reading)
        found = [day.isoformat() for day in days_that_differ(reading, made)] if made else []
    click.echo("\n".join(found) or "All figures are what the cases say.")
    sys.exit(1 if found else 0)


@figures.command("rebuild")
@click.option("--from", "first", type=DAY, help="The first day; without it all that are made.")
@click.option("--to", "last", type=DAY, help="The last day; without it yesterday.")
def rebuild_figures(first: datetime | None, last: datetime | None) -> None:
    """Make the figures again from the cases, and those that are missing, some days in each transaction."""
    core, count = core_of_environment(), 0
    with core.read() as reading:
        made = made_so_far(reading)
    if made:
        days = made.since(first.date() if first else made.first).until(last.date() if last else made.last)
        for portion in portions(days, DAYS_AT_ONCE):
            with core.work() as work:
                count += rebuild(work, portion)
    while True:
        with core.work() as work:
            more = make_missing(work, DAYS_AT_ONCE)
        count += more
        if more < DAYS_AT_ONCE:
            break
    click.echo(f"The figures of {count} days are made.")


@click.command()
@FILES
@click.option("--publish", "in_force", is_flag=True, help="Put versions that can run in force at once.")
def deploy(files: tuple[Path, ...], in_force: bool) -> None:
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
        click.echo("\n".join((outcome, *as_lines(deployment.problems, language_of_terminal()))))


@click.command("import-organisation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_organisation(file: Path) -> None:
    """Make units, positions, employees and holdings what the file says."""
    with core_of_environment().work() as work:
        result = importing.import_organisation(work, file.read_bytes())
    click.echo(f"{result.created} new, {result.changed} changed, {result.unchanged} as before, {result.gone} gone.")


@click.command("export-organisation")
def export_organisation() -> None:
    """Write units, positions, employees and holdings as the file that import-organisation reads."""
    with core_of_environment().read() as reading:
        click.echo(exporting.organisation_document(reading.session), nl=False)


@click.command()
def demo() -> None:
    """Load what is missing of the sample office: its people, calendar, accounts and SOPs."""
    tell_sign_ins(load_sample_office(core_of_environment()))


@click.command("create-account")
@click.argument("username")
@click.option("--nip", help="The employee who signs in with it.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def create_account(username: str, nip: str | None, roles: tuple[str, ...]) -> None:
    """Open an account; its password is made up and shown once."""
    password = readable_password()
    with core_of_environment().work() as work:
        employee = find_employee_by_nip(work.session, nip) if nip else None
        if nip and employee is None:
            raise EmployeeNotFound
        create_account_for(work, username, password, employee.id if employee else None, roles)
    click.echo(f"{username}  {password}")


@click.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """Give an account a new password, made up and shown once; its sessions end."""
    password = readable_password()
    with core_of_environment().work() as work:
        account = find_account_by_username(work.session, username)
        if account is None:
            raise AccountNotFound
        set_password(work, account.id, password)
    click.echo(f"{username}  {password}")


@click.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(username: str) -> None:
    """Take the second factor off an account whose phone is lost; its sessions end, and the password alone counts."""
    with core_of_environment().work() as work:
        account = find_account_by_username(work.session, username)
        if account is None:
            raise AccountNotFound
        second_factor.reset(work, account.id)
    click.echo(f"{username} signs in with the password alone.")


def settings_of_environment() -> Settings:
    return settings_from(os.environ)


def core_of_environment() -> Core:
    log_plainly()
    return Core(settings_of_environment(), SystemClock())


def tell_sign_ins(opened: Iterable[SampleAccount]) -> None:
    lines = [
        f"  {each.username:<12} {each.password}   {each.employee_name} ({', '.join(each.roles)})" for each in opened
    ]
    if lines:
        click.echo("Sign in as one of these. The passwords are shown this once:\n" + "\n".join(lines))
