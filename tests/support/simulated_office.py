"""An office of three hundred people and three procedures, for a year that is simulated."""

from engine.access.model import Role
from engine.base.actor import Actor
from engine.core.core import Core
from engine.organisation.importing import import_organisation
from engine.organisation.model import Employee
from tests.support.diagrams import Part, chain, definitions, element, end, event, extensions, process, start, user_task
from tests.support.publishing import publish_diagram

SECTIONS = 6
CLERKS = (47, 48, 48, 48, 48, 48)  # with a writer and a head each, and the head of the office: three hundred
SECRETARIAT = Actor(account_id=1, employee_id=None, name="Sekretariat", roles=frozenset({Role.ADMINISTRATOR.value}))
MESSAGE = "Berkas lengkap"

# What each step allows, in minutes or in working days; and each procedure, where it says so itself.
MINUTES = {"catat": 60, "setujui": 240, "terima": 120, "periksa": 30}
DAYS = {"telaah": 1, "putuskan": 2}
WHOLE_DAYS = {"layanan": 5}
STEPS = {"surat": ("catat", "telaah", "setujui"), "layanan": ("terima", "putuskan"), "arsip": ("simpan", "periksa")}


def _step(name: str, position: str) -> Part:
    allowed = f"{MINUTES[name]} menit" if name in MINUTES else f"{DAYS[name]} hari kerja" if name in DAYS else ""
    time = f'<tk:waktu teks="{allowed}"/>' if allowed else ""
    return user_task(name, extensions(f'<tk:pelaksana jabatan="{position}"/>', time))


def _procedure(name: str, *parts: Part) -> str:
    whole = extensions(f'<tk:waktu teks="{WHOLE_DAYS[name]} hari kerja"/>') if name in WHOLE_DAYS else ""
    return process(*((whole,) if whole else ()), *chain(*parts), identity=name, name=name.capitalize())


WAITING = element(
    "intermediateCatchEvent", "tunggu", event("message", messageRef="lengkap"), name="Berkas", tk__jamHenti="pemohon"
)
PROCEDURES = {
    "surat": (
        start(),
        _step("catat", "Pengadministrasi"),
        _step("telaah", "Penelaah"),
        _step("setujui", "Kepala Seksi"),
        end(),
    ),
    "layanan": (start(), _step("terima", "Pengadministrasi"), WAITING, _step("putuskan", "Kepala Seksi"), end()),
    "arsip": (start(), _step("simpan", "Pengadministrasi"), _step("periksa", "Penelaah"), end()),
}


def set_up(core: Core) -> None:
    with core.work() as work:
        import_organisation(work, _office().encode())
    for name, parts in PROCEDURES.items():
        publish_diagram(core, definitions(_procedure(name, *parts), element("message", "lengkap", name=MESSAGE)))


def actors(core: Core) -> dict[int, Actor]:
    """Everybody by id; heads are managers."""
    with core.read() as reading:
        people = reading.session.query(Employee).all()
    heads = {"Kepala"}
    return {
        each.id: Actor(
            account_id=each.id,
            employee_id=each.id,
            name=each.name,
            roles=frozenset({"staff", "manager"} if each.name.split()[0] in heads else {"staff"}),
        )
        for each in people
    }


def _nip(serial: int) -> str:
    return f"19850101{201001}1{serial:03}"


def _office() -> str:
    units = ["  - {code: kantor, name: Kantor}"]
    positions = ["  - {code: kepala, title: Kepala Kantor, kind: structural, unit: kantor, head: true}"]
    names, holdings = ["Kepala Kantor"], ["kepala"]
    for number, clerks in enumerate(CLERKS, 1):
        unit, head = f"seksi-{number}", f"kasi-{number}"
        units.append(f"  - {{code: {unit}, name: Seksi {number}, parent: kantor}}")
        positions += [
            f"  - {{code: {head}, title: Kepala Seksi, kind: structural, unit: {unit}, superior: kepala, head: true}}",
            f"  - {{code: penelaah-{number}, title: Penelaah, kind: functional, unit: {unit}, superior: {head}}}",
            f"  - {{code: admin-{number}, title: Pengadministrasi, kind: executive, unit: {unit}, superior: {head},"
            f" seats: {clerks}}}",
        ]
        names += [f"Kepala Seksi {number}", f"Penelaah {number}", *(f"Staf {number}-{each}" for each in range(clerks))]
        holdings += [head, f"penelaah-{number}", *[f"admin-{number}"] * clerks]
    people = [f'  - {{nip: "{_nip(serial)}", name: {name}}}' for serial, name in enumerate(names, 1)]
    held = [
        f'  - {{employee: "{_nip(serial)}", position: {position}, kind: definitive, from: 2020-01-01}}'
        for serial, position in enumerate(holdings, 1)
    ]
    parts = {"units": units, "positions": positions, "employees": people, "holdings": held}
    return "\n".join(line for name, lines in parts.items() for line in (f"{name}:", *lines))
