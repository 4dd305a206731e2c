"""Tables of the office: sent, understood, compared, confirmed; nothing happens before the yes."""

from collections import Counter
from collections.abc import Iterator, Mapping

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.base.paging import PAGE_SIZE
from engine.base.spreadsheet_writing import XLSX_TYPE, xlsx_file
from engine.base.spreadsheets import MOST_BYTES, MOST_COLUMNS, TableLine
from engine.core import kept_tables
from engine.core.office_import import compare_choices, compare_columns
from engine.core.office_import import confirm as say_yes
from engine.organisation.model import ImportState, TableSubject
from engine.organisation.tables.difference import ChangeKind
from engine.organisation.tables.draft import Choices
from engine.organisation.tables.fields import HEADINGS, Columns, Field, lacking
from engine.organisation.tables.planning import Plan
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.import_words import (
    FaultRow,
    change_row,
    fault_columns,
    fault_rows,
    field_names,
    short_subjects,
    subjects,
)
from webui.pages.office_tabs import office_tabs
from webui.texts import _

bp = Blueprint("office_import", __name__)

SHOWN_AT_ONCE = 20
LARGEST_PLACE = 10**9


@bp.errorhandler(kept_tables.ImportedAlready)
def imported_already(refusal: kept_tables.ImportedAlready) -> ResponseReturnValue:
    """In another tab, or by a form that was sent twice: the table's page says when and what that changed."""
    flash(refusal.text(language()), "warning")
    return redirect(url_for(".show", table_id=(request.view_args or {})["table_id"]))


@bp.get("/organisasi/impor")
@signed_in
def index() -> ResponseReturnValue:
    return _index("")


@bp.post("/organisasi/impor")
@signed_in
def upload() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _index(_("Choose a file first.")), 422
    try:
        with core().work(current_actor()) as work:
            table_id = kept_tables.keep_table(work, file.filename, file.read(MOST_BYTES + 1))
    except Invalid as refusal:
        return _index(refusal.text(language())), 422
    return redirect(url_for(".columns", table_id=table_id))


@bp.get("/organisasi/impor/<int:table_id>/kolom")
@signed_in
def columns(table_id: int) -> ResponseReturnValue:
    """What each column means, as its heading says or as it was said the last time."""
    return _columns_page(table_id, [])


@bp.post("/organisasi/impor/<int:table_id>/kolom")
@signed_in
def choose_columns(table_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    subject = _subject(request.form.get("subject"))
    if subject is None:
        return redirect(url_for(".columns", table_id=table_id))
    chosen = _chosen_columns(subject)
    problems = _column_problems(subject, chosen)
    if problems:
        return _columns_page(table_id, problems), 422
    with core().work(current_actor()) as work:
        compare_columns(work, table_id, subject, dict(chosen))
    return redirect(url_for(".show", table_id=table_id))


@bp.get("/organisasi/impor/<int:table_id>")
@signed_in
def show(table_id: int) -> ResponseReturnValue:
    """The difference with the office, or how far the work on it is."""
    with core().read(current_actor()) as reading:
        table = kept_tables.kept_table(reading, table_id)
        plan = None if table.is_busy else kept_tables.kept_plan(reading, table_id)
        faulty = plan is not None and bool(plan.problems) and table.state is not ImportState.DONE
        headings = kept_tables.headings(reading, table_id) if faulty else {}
        done = kept_tables.imported_when(reading, table_id) if table.state is ImportState.DONE else None
    if table.state is ImportState.CHOSEN:
        return redirect(url_for(".columns", table_id=table_id))
    return render_template(
        "import_difference.html",
        tabs=office_tabs("office_import.index"),
        table=table,
        plan=plan,
        subject=short_subjects()[table.subject],
        failure=table.failure.text(language()) if table.failure else "",
        done=done,
        **(_shown(plan, fault_columns(table.subject, headings)) if plan else {}),
    )


@bp.post("/organisasi/impor/<int:table_id>/pilihan")
@signed_in
def choose(table_id: int) -> ResponseReturnValue:
    choices = Choices(
        gone_end=request.form.get("gone") == "end",
        unknown_are_made=request.form.get("unknown") == "make",
        faulty_are_left_out=request.form.get("faulty") == "leave",
    )
    with core().work(current_actor()) as work:
        compare_choices(work, table_id, choices)
    return redirect(url_for(".show", table_id=table_id))


@bp.post("/organisasi/impor/<int:table_id>/terapkan")
@signed_in
def confirm(table_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        say_yes(work, table_id, request.form.get("digest", ""))
    return redirect(url_for(".show", table_id=table_id))


@bp.post("/organisasi/impor/<int:table_id>/hapus")
@signed_in
def discard(table_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        kept_tables.forget_table(work, table_id)
    flash(_("The table is not kept any more. The office is as it was."), "success")
    return redirect(url_for(".index"))


@bp.get("/organisasi/impor/<int:table_id>/kesalahan.xlsx")
@signed_in
def faults(table_id: int) -> ResponseReturnValue:
    """The rows with faults as they were sent, each with what is wrong and how to mend it."""
    with core().read(current_actor()) as reading:
        plan = kept_tables.kept_plan(reading, table_id)
        heading, lines = kept_tables.lines_with_headings(reading, table_id)
        known = fault_columns(
            kept_tables.kept_table(reading, table_id).subject, kept_tables.headings(reading, table_id)
        )
    found = fault_rows(plan.problems if plan else (), known)
    width = max(len(line.cells) for line in (heading, *lines))
    headings = [heading.cell(column) for column in range(width)]
    file = xlsx_file(
        _("Faults"), [*headings, _("Row"), _("Fault"), _("Remedy")], _rows_with_faults(lines, found, width)
    )
    return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name="kesalahan.xlsx")


def _rows_with_faults(lines: tuple[TableLine, ...], found: list[FaultRow], width: int) -> Iterator[list[str]]:
    by_row: dict[int, list[FaultRow]] = {}
    for fault in found:
        by_row.setdefault(fault.row, []).append(fault)
    for line in lines:
        told = by_row.get(line.number)
        if told:
            said = " ".join(f"{fault.column}: {fault.text}" for fault in told)
            remedies = " ".join(dict.fromkeys(fault.remedy for fault in told))
            yield [*(line.cell(column) for column in range(width)), str(line.number), said, remedies]


def _index(problem: str) -> str:
    with core().read(current_actor()) as reading:
        tables = kept_tables.kept_tables(reading)
    return render_template(
        "office_import.html",
        tabs=office_tabs("office_import.index"),
        problems=[("file", problem)] if problem else [],
        tables=tables,
        subjects=short_subjects(),
        most=MOST_BYTES >> 20,
    )


def _columns_page(table_id: int, problems: list[tuple[str, str]]) -> str:
    with core().read(current_actor()) as reading:
        table = kept_tables.kept_table(reading, table_id)
        if table.state is ImportState.DONE:
            raise kept_tables.ImportedAlready
        found = kept_tables.file_columns(reading, table_id)
    subject = _subject(request.form.get("subject") or request.args.get("isi")) or table.subject
    chosen: Columns = table.columns
    if problems:
        chosen = dict(_chosen_columns(subject))
    elif subject is not table.subject:
        chosen = kept_tables.guessed_columns(found, subject)
    names = field_names()
    return render_template(
        "import_columns.html",
        tabs=office_tabs("office_import.index"),
        problems=problems,
        table=table,
        subject=subject,
        subjects=subjects(),
        columns=found,
        chosen={column: field for field, column in chosen.items()},
        fields=[(field, names[field]) for field in HEADINGS[subject]],
    )


def _chosen_columns(subject: TableSubject) -> list[tuple[Field, int]]:
    """What the form says of each column, one after the other."""
    found = []
    for column in range(MOST_COLUMNS):
        field = request.form.get(f"column-{column}", "")
        if field in HEADINGS[subject]:
            found.append((Field(field), column))
    return found


def _column_problems(subject: TableSubject, chosen: list[tuple[Field, int]]) -> list[tuple[str, str]]:
    names = field_names()
    counts = Counter(field for field, _column in chosen)
    problems = [
        (f"column-{column}", _("Two columns are “%(name)s”. Choose one of them.", name=names[field]))
        for field, column in chosen
        if counts[field] > 1
    ]
    for group in lacking(subject, dict(chosen)):
        wanted = _(" or ").join(f"“{names[field]}”" for field in HEADINGS[subject] if field in group)
        problems.append(("column-0", _("Say which column is %(wanted)s.", wanted=wanted)))
    return problems


def _shown(plan: Plan, columns: Mapping[str, str]) -> dict[str, object]:
    """A page of the changes, those of one kind if asked, with how many there are of each."""
    kind = next((each for each in ChangeKind if each == request.args.get("lihat")), None)
    of_kind = [each for each in plan.changes if kind is None or each.kind is kind]
    after = min(request.args.get("sesudah", 0, type=int), LARGEST_PLACE)
    start = max(after, 0)
    faults = fault_rows(plan.problems[:SHOWN_AT_ONCE], columns)
    return {
        "kind": kind,
        "counts": Counter(each.kind for each in plan.changes),
        "changes": [change_row(each) for each in of_kind[start : start + PAGE_SIZE]],
        "next_start": start + PAGE_SIZE if len(of_kind) > start + PAGE_SIZE else None,
        "faults": faults,
        "faulty_rows": len({problem.name.partition(".")[0] for problem in plan.problems}),
        "absent": plan.absent[:SHOWN_AT_ONCE],
    }


def _subject(name: str | None) -> TableSubject | None:
    return next((each for each in TableSubject if each == name), None)
