"""A small office for tests: a head, a section with its head, two clerks in one pool, one writer, one vacant seat."""

from sqlalchemy import select

from engine.access.model import Role
from engine.base.actor import Actor
from engine.core.core import Core
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee

NIPS = {
    "ani": "198609262015051001",
    "budi": "198609262015051002",
    "citra": "197503112000032001",
    "dewi": "196804111993032009",
    "eko": "199001012016031003",
    "fani": "199205052018042004",
}
ROLES = {
    "citra": {Role.STAFF, Role.MANAGER},
    "dewi": {Role.STAFF, Role.MANAGER},
    "fani": {Role.STAFF, Role.ADMINISTRATOR},
}

OFFICE = f"""
units:
  - {{code: kantor, name: Kantor}}
  - {{code: tu, name: Subbagian Tata Usaha, parent: kantor}}
  - {{code: seksi, name: Seksi Bimas, parent: kantor}}
positions:
  - {{code: kepala, title: Kepala Kantor, kind: structural, unit: kantor, head: true}}
  - {{code: kasubbag, title: Kasubbag TU, kind: structural, unit: tu, superior: kepala, head: true}}
  - {{code: clerk, title: Pengadministrasi, kind: executive, unit: tu, superior: kasubbag, seats: 2}}
  - {{code: writer, title: Analis SDM, kind: functional, unit: tu, superior: kasubbag}}
  - {{code: vacant, title: Arsiparis, kind: functional, unit: tu, superior: kasubbag}}
  - {{code: officer, title: Pranata Komputer, kind: functional, unit: seksi, superior: kepala}}
employees:
  - {{nip: "{NIPS["ani"]}", name: Ani Lestari}}
  - {{nip: "{NIPS["budi"]}", name: Budi Santosa}}
  - {{nip: "{NIPS["citra"]}", name: Citra Dewanti}}
  - {{nip: "{NIPS["dewi"]}", name: Dewi Anggraini}}
  - {{nip: "{NIPS["eko"]}", name: Eko Prasetyo}}
  - {{nip: "{NIPS["fani"]}", name: Fani Rahma}}
holdings:
  - {{employee: "{NIPS["ani"]}", position: clerk, kind: definitive, from: 2020-01-01}}
  - {{employee: "{NIPS["budi"]}", position: clerk, kind: definitive, from: 2020-01-01}}
  - {{employee: "{NIPS["citra"]}", position: kasubbag, kind: definitive, from: 2020-01-01}}
  - {{employee: "{NIPS["dewi"]}", position: kepala, kind: definitive, from: 2020-01-01}}
  - {{employee: "{NIPS["eko"]}", position: writer, kind: definitive, from: 2020-01-01}}
  - {{employee: "{NIPS["fani"]}", position: officer, kind: definitive, from: 2020-01-01}}
"""


def load_small_office(core: Core) -> None:
    with core.work() as work:
        import_organisation(work, OFFICE.encode())


def person(core: Core, name: str) -> Actor:
    """An actor by her short name, as if she had signed in."""
    with core.read() as reading:
        employee = reading.session.scalars(select(Employee).where(Employee.nip == NIPS[name])).one()
    roles = frozenset(str(role) for role in ROLES.get(name, {Role.STAFF}))
    return Actor(account_id=employee.id, employee_id=employee.id, name=employee.name, roles=roles)
