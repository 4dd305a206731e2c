"""One office for the whole matrix: a person of each role in one unit, her work, her colleague's, and a foreigner's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from engine.access.model import Account, AccountRole, ApiToken, Role, SignInSession
from engine.access.passwords import hashed
from engine.access.secret_keys import digest_of
from engine.base.actor import Actor
from engine.base.unit_of_work import UnitOfWork
from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish
from engine.execution.cases import start_case
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee, Position, Unit
from engine.worklist.attachments import attach, receive
from engine.worklist.model import WorkItem
from tests.integration.authorisation.belongings import lay_out
from tests.integration.authorisation.rules import Who, Whose
from tests.support.diagrams import chain, diagram, end, extensions, start, user_task

ROLES: Mapping[Who, tuple[Role, ...]] = {
    Who.STAFF: (Role.STAFF,),
    Who.MANAGER: (Role.STAFF, Role.MANAGER),
    Who.DESIGNER: (Role.STAFF, Role.DESIGNER),
    Who.SECRETARIAT: (Role.STAFF, Role.SECRETARIAT),
    Who.AUDITOR: (Role.AUDITOR,),
    Who.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}
PASSWORD = "bado-kemi-sutu-rena-47"
HASH = hashed(PASSWORD)  # once: hashing takes its time, which is its purpose
COLLEAGUE, OUTSIDER = "colleague", "outsider"
PEOPLE = {
    **{who.value: f"19900101201503100{number}" for number, who in enumerate(ROLES, 1)},
    COLLEAGUE: "199001012015031008",
    OUTSIDER: "199001012015031009",
}
POSITIONS = {Who.MANAGER.value: "kasubbag", COLLEAGUE: "agendaris", OUTSIDER: "officer"}


def position_of(name: str) -> str:
    return POSITIONS.get(name, "clerk")


OFFICE = f"""
units:
  - {{code: kantor, name: Kantor}}
  - {{code: tu, name: Subbagian Tata Usaha, parent: kantor}}
  - {{code: seksi, name: Seksi Bimas, parent: kantor}}
positions:
  - {{code: kepala, title: Kepala Kantor, kind: structural, unit: kantor, head: true}}
  - {{code: kasubbag, title: Kasubbag TU, kind: structural, unit: tu, superior: kepala, head: true}}
  - {{code: clerk, title: Pengadministrasi, kind: executive, unit: tu, superior: kasubbag, seats: 9}}
  - {{code: agendaris, title: Agendaris, kind: executive, unit: tu, superior: kasubbag}}
  - {{code: officer, title: Pranata Komputer, kind: functional, unit: seksi, superior: kepala}}
employees:
{chr(10).join(f'  - {{nip: "{nip}", name: {name.title()}}}' for name, nip in PEOPLE.items())}
holdings:
{
    chr(10).join(
        f'  - {{employee: "{nip}", position: {position_of(name)}, kind: definitive, from: 2020-01-01}}'
        for name, nip in PEOPLE.items()
    )
}
"""
CLERK_AND_OFFICER = diagram(
    *chain(
        start(),
        user_task("catat", extensions('<tk:pelaksana jabatan="{position}"/>')),
        user_task("setujui", extensions('<tk:pelaksana jabatan="kepala"/>')),
        end(),
    )
).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    number: str
    instance_id: int
    work_item_id: int
    attachment_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Ids of all that an address may name; what belongs to one person has her own id."""

    employees: Mapping[str, int]
    cases: Mapping[str, Case]
    units: Mapping[str, int]
    positions: Mapping[str, int]
    key: str
    version_id: int

    def name_of(self, who: Who, whose: Whose) -> str:
        """To whom a subject belongs that is own, of the unit, or foreign for this person."""
        if whose is Whose.OWN:
            return who.value if who is not Who.STRANGER else COLLEAGUE
        return COLLEAGUE if whose is Whose.UNIT else OUTSIDER


def prepare(core: Core) -> Ground:
    with core.work() as work:
        import_organisation(work, OFFICE.encode())
    with core.work() as work:
        employees = {name: _employee(work, nip) for name, nip in PEOPLE.items()}
        for name, employee_id in employees.items():
            _open_account(work, name, employee_id)
    versions = {position: _put_in_force(core, position) for position in ("clerk", *POSITIONS.values())}
    cases = {name: _case_of(core, name, employees[name]) for name in PEOPLE}
    with core.work() as work:
        lay_out(work, employees, {name: case.instance_id for name, case in cases.items()})
        units = dict(work.session.execute(select(Unit.code, Unit.id)).all())
        positions = dict(work.session.execute(select(Position.code, Position.id)).all())
    return Ground(
        employees=employees,
        cases=cases,
        units=units,
        positions=positions,
        key="proses_clerk",
        version_id=versions["clerk"],
    )


def roles_of(name: str) -> tuple[Role, ...]:
    return ROLES[Who(name)] if name in {who.value for who in ROLES} else (Role.STAFF,)


def secret_of(name: str) -> str:
    return f"session-of-{name}"


def token_of(name: str) -> str:
    return f"tk_{name}"


def _employee(work: UnitOfWork, nip: str) -> int:
    return work.session.scalars(select(Employee.id).where(Employee.nip == nip)).one()


def _open_account(work: UnitOfWork, name: str, employee_id: int) -> None:
    account = Account(
        id=employee_id,
        username=name,
        password_hash=HASH,
        employee_id=employee_id,
        language="en",
        is_active=True,
        created_at=work.now,
        roles=[AccountRole(role=role) for role in roles_of(name)],
    )
    work.session.add(account)
    work.session.flush()
    until = work.now + timedelta(days=300)
    session = SignInSession(
        id=employee_id,
        digest=digest_of(secret_of(name)),
        account_id=account.id,
        created_at=work.now,
        expires_at=until,
        last_seen_at=work.now,
    )
    token = ApiToken(
        id=employee_id,
        digest=digest_of(token_of(name)),
        account_id=account.id,
        label="matrix",
        created_at=work.now,
        expires_at=until,
        last_used_at=work.now,
    )
    work.session.add_all([session, token])


def _put_in_force(core: Core, position: str) -> int:
    source = CLERK_AND_OFFICER.replace("{position}", position).replace('id="proses"', f'id="proses_{position}"')
    with core.work() as work:
        version_id = deploy(work, examine(Upload(filename=f"{position}.bpmn", source=source.encode()))).version_id
        publish(work, version_id)
    return version_id


def _case_of(core: Core, name: str, employee_id: int) -> Case:
    """A case that she began and whose first step she holds, with a file."""
    starter = Actor(account_id=employee_id, employee_id=employee_id, name=name, roles=frozenset({Role.STAFF.value}))
    with core.work(starter) as work:
        started = start_case(work, f"proses_{position_of(name)}", f"Berkas {name}")
    with core.work(starter) as work:
        item = work.session.scalars(select(WorkItem).where(WorkItem.instance_id == started.instance_id)).one()
        assert item.assignee_id == employee_id
        file = receive(work.settings, "surat.txt", BytesIO(b"isi"), work.now)
        file_id = attach(work, started.instance_id, item.id, file)
    return Case(number=started.number, instance_id=started.instance_id, work_item_id=item.id, attachment_id=file_id)
