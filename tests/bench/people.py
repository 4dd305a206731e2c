"""An office of 10,000 people comes from one workbook: compared, confirmed and brought in as the workers do it."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from sqlalchemy import func, select

from engine.access.model import Account, AccountRole, Role
from engine.access.queries import actor_of
from engine.base.actor import Actor
from engine.base.spreadsheet_writing import xlsx_file
from engine.core.kept_tables import keep_table, kept_table
from engine.core.office_import import compare_choices, compare_columns, confirm
from engine.organisation.model import Employee, ImportState
from engine.organisation.tables.draft import Choices
from tests.bench.ground import Ground

PEOPLE = 10_000
IN_A_UNIT = 25
HEADINGS = ("No", "NIP", "Nama Lengkap", "Gol", "Jabatan", "Unit Kerja", "TMT Jabatan", "Email", "No HP")


def measure(ground: Ground) -> dict[str, Any]:
    secretary = _secretary(ground)
    content = xlsx_file("Pegawai", HEADINGS, _rows()).read()
    began = perf_counter()
    with ground.core.work(secretary) as work:
        table_id = keep_table(work, "pegawai.xlsx", content)
    with ground.core.read(secretary) as reading:
        table = kept_table(reading, table_id)
    with ground.core.work(secretary) as work:
        compare_columns(work, table_id, table.subject, table.columns)
    ground.core.run_due_jobs()
    with ground.core.work(secretary) as work:
        compare_choices(work, table_id, Choices(unknown_are_made=True))
    ground.core.run_due_jobs()
    compared = perf_counter()
    with ground.core.read(secretary) as reading:
        digest = kept_table(reading, table_id).digest
    with ground.core.work(secretary) as work:
        confirm(work, table_id, digest or "")
    ground.core.run_due_jobs()
    done = perf_counter()
    _check(ground, secretary, table_id)
    return {
        "import_10000_s": round(done - began, 1),
        "import_10000_compared_twice_s": round(compared - began, 1),
        "import_10000_written_s": round(done - compared, 1),
    }


def _secretary(ground: Ground) -> Actor:
    """Somebody of the bench who keeps the office."""
    with ground.core.work() as work:
        account = work.session.get_one(Account, ground.people["dewi"].account_id)
        account.roles = [AccountRole(role=Role.SECRETARIAT)]
        work.session.flush()
        actor = actor_of(account, work.now.date())
    if actor is None:
        raise LookupError("the secretary has no account")
    return actor


def _rows() -> Iterator[list[str]]:
    for number in range(1, PEOPLE + 1):
        unit = f"Seksi {1 + number // IN_A_UNIT}"
        is_first = number % IN_A_UNIT == 0 or number == 1
        yield [
            str(number),
            f"{1955 + number % 38}{1 + number % 12:02}{1 + number % 28:02}201{number % 6}{1 + number % 12:02}"
            f"{1 + number % 2}{1 + number // 38 % 999:03}",
            f"Pegawai Nomor {number}",
            "III/b",
            f"Kepala {unit}" if is_first else "Pengadministrasi Umum",
            unit,
            "1 Maret 2024",
            f"pegawai{number}@kantor.example",
            f"0812{number:08}",
        ]


def _check(ground: Ground, secretary: Actor, table_id: int) -> None:
    with ground.core.read(secretary) as reading:
        is_done = kept_table(reading, table_id).state == ImportState.DONE
        people = reading.session.scalar(select(func.count()).select_from(Employee)) or 0
    if not is_done or people < PEOPLE:
        raise RuntimeError(f"only {people} people came in")
