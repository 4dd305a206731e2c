"""The office to take away as tables, and empty ones to fill in; all come in again by the import."""

from collections.abc import Iterable

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.spreadsheet_writing import CSV_TYPE, XLSX_TYPE, Cells, csv_parts, xlsx_file
from engine.core.personal_exports import note_export
from engine.organisation.model import TableSubject
from engine.organisation.tables.export import PERSONAL, example_of, fields_of, headings_of, rows_of
from engine.organisation.tables.office import office_now
from webui.identity import core, current_actor, signed_in

bp = Blueprint("office_export", __name__)

NAMES = {
    TableSubject.EMPLOYEES: "pegawai",
    TableSubject.HOLDINGS: "pemangkuan",
    TableSubject.POSITIONS: "jabatan",
    TableSubject.UNITS: "unit",
}
SUBJECTS = {name: subject for subject, name in NAMES.items()}


@bp.get("/organisasi/ekspor/<any(pegawai, pemangkuan, jabatan, unit):name>.<any(xlsx, csv):kind>")
@signed_in
def download(name: str, kind: str) -> ResponseReturnValue:
    """All of them as they are today; NIP, address and telephone only for those who keep the office."""
    require(current_actor(), Permission.SEE_ORGANISATION)
    subject = SUBJECTS[name]
    may_see = allows(current_actor(), Permission.MANAGE_ORGANISATION)
    fields = fields_of(subject, besides=frozenset() if may_see else PERSONAL)
    with core().read(current_actor()) as reading:
        today = reading.today
        office = office_now(reading.session)
    rows = list(rows_of(office, subject, fields, today))
    if PERSONAL & set(fields):
        with core().work(current_actor()) as work:
            note_export(work, name, len(rows))
    return _file(f"{name}-{today.isoformat()}", kind, headings_of(subject, fields), rows)


@bp.get("/organisasi/impor/contoh/<any(pegawai, pemangkuan, jabatan, unit):name>.<any(xlsx, csv):kind>")
@signed_in
def template(name: str, kind: str) -> ResponseReturnValue:
    """The headings, and one row that shows how it is filled in."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    subject = SUBJECTS[name]
    fields = fields_of(subject)
    return _file(f"contoh-{name}", kind, headings_of(subject, fields), [example_of(subject, fields)])


def _file(name: str, kind: str, headings: list[str], rows: Iterable[Cells]) -> ResponseReturnValue:
    if kind == "csv":
        answer = Response(csv_parts(headings, rows), mimetype=CSV_TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    file = xlsx_file(name, headings, rows)
    return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name=f"{name}.xlsx")
