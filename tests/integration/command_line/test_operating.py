from datetime import date

import pytest

from engine.calendar.model import Holiday
from engine.core.demo import PROCESSES, SAMPLE_OFFICE
from tests.support.diagrams import call, chain, definitions, diagram, end, person_task, process, start


def test_the_same_file_twice_is_one_version(tell):
    first = tell("deploy", PROCESSES / "cuti")
    second = tell("deploy", PROCESSES / "cuti")
    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]


def test_a_version_is_put_in_force_when_asked(tell):
    assert tell("deploy", "--publish", PROCESSES / "cuti").stdout.splitlines()[0].endswith("version 1, published")


def test_a_file_that_is_no_diagram_is_refused_with_its_place(tell, tmp_path):
    (text := tmp_path / "letter.bpmn").write_text("Dear colleague,")
    result = tell("deploy", text)
    assert result.exit_code == 1
    assert "line 1" in result.stderr


def test_an_organisation_is_imported_once(tell):
    tell("import-organisation", SAMPLE_OFFICE / "office.yaml")
    assert tell("import-organisation", SAMPLE_OFFICE / "office.yaml").stdout.startswith("0 new, 0 changed")


def test_an_unreadable_organisation_is_refused(tell, tmp_path):
    (file := tmp_path / "office.yaml").write_text("units: [")
    result = tell("import-organisation", file)
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_sample_office_is_loaded_once(tell):
    assert "galih" in tell("demo").stdout
    assert tell("demo").stdout == ""


def test_an_account_gets_a_password_that_nobody_chose(tell):
    username, password = tell("create-account", "budi", "--role", "administrator").stdout.split()
    assert username == "budi"
    assert len(password) > 12


def test_a_lost_password_is_replaced(tell):
    before = tell("create-account", "budi", "--role", "administrator").stdout
    assert tell("reset-password", "budi").stdout != before


def test_an_unknown_employee_gets_no_account(tell):
    assert tell("create-account", "budi", "--nip", "0", "--role", "staff").exit_code == 1


def test_the_schema_may_be_brought_up_to_date_at_any_time(tell):
    assert tell("migrate").stdout == "The schema is up to date.\n"


def test_a_new_office_begins_with_the_known_days_off(tell, core):
    tell("migrate")
    with core.read() as reading:
        christmas = reading.session.get(Holiday, date(2026, 12, 25))
    assert christmas is not None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TATAKERJA_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none", "database does not answer"),
        ("TATAKERJA_DATABASE_URL", "not an address", "TATAKERJA_DATABASE_URL"),
        ("TATAKERJA_ZONE", "Asia/Atlantis", "TATAKERJA_ZONE"),
        ("TATAKERJA_SMTP_PORT", "post", "TATAKERJA_SMTP_PORT"),
        ("TATAKERJA_DATA", "/proc/none", "/proc/none"),
    ],
)
def test_a_wrong_setting_is_named(tell, name, value, said):
    result = tell("migrate", env={name: value})
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_database_without_tables_is_told_what_to_run(tell, empty_database):
    result = tell("verify", env={"TATAKERJA_DATABASE_URL": empty_database})
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The database is not set up yet. First run: tatakerja migrate\n",
    )


def test_files_that_call_each_other_are_kept_together(tell, tmp_path):
    (caller := tmp_path / "induk.bpmn").write_bytes(diagram(*chain(start(), call("panggil", "anak"), end())))
    inner = definitions(process(*chain(start(), person_task("tulis"), end()), identity="anak"))
    (called := tmp_path / "anak.bpmn").write_bytes(inner)
    lines = tell("deploy", "--publish", caller, called).stdout.splitlines()
    assert [line.split(",")[-1] for line in lines if "version 1" in line] == [" published", " published"]
