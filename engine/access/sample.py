"""Accounts of the sample office, with passwords made anew for each one that loads it."""

from collections.abc import Iterable
from dataclasses import dataclass

import yaml
from sqlalchemy import select

from engine.access.accounts import create_account
from engine.access.model import Account
from engine.access.passwords import readable_password
from engine.base.unit_of_work import UnitOfWork
from engine.organisation.queries import EmployeeNotFound, find_employee_by_nip


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSpec:
    username: str
    nip: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAccount:
    """The only place and moment where the password is known."""

    username: str
    password: str
    employee_name: str
    roles: tuple[str, ...]


def sample_specs(document: bytes) -> tuple[SampleSpec, ...]:
    """What `accounts.yaml` of the sample office lists; our own file, so it is not checked."""
    return tuple(
        SampleSpec(username=each["username"], nip=each["nip"], roles=tuple(each["roles"]))
        for each in yaml.safe_load(document)["accounts"]
    )


def create_sample_accounts(work: UnitOfWork, specs: Iterable[SampleSpec]) -> tuple[SampleAccount, ...]:
    """Open those that are not there yet; returns them, in order, with their passwords."""
    there = frozenset(work.session.scalars(select(Account.username)))
    return tuple(_create(work, spec) for spec in specs if spec.username not in there)


def _create(work: UnitOfWork, spec: SampleSpec) -> SampleAccount:
    employee = find_employee_by_nip(work.session, spec.nip)
    if employee is None:
        raise EmployeeNotFound
    password = readable_password()
    create_account(work, spec.username, password, employee.id, spec.roles)
    return SampleAccount(username=spec.username, password=password, employee_name=employee.name, roles=spec.roles)
