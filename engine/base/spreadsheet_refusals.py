"""Why a file is not taken as a table, and what to do about it."""

from engine.base.errors import Invalid
from engine.base.i18n import _


class TableRefused(Invalid):
    code = "table.refused"
    message = _("This file cannot be read as a table.")


class TooLarge(TableRefused):
    code = "table.too_large"
    message = _("The file is larger than %(most)s MiB. Divide it, or remove pictures and sheets that are not needed.")


class IsOldOrProtected(TableRefused):
    code = "table.old_or_protected"
    message = _(
        "This Excel file is protected with a password or is of the old kind (.xls). "
        "Open it in Excel, take the password off, and save it as “Excel Workbook (.xlsx)”."
    )


class HasMacros(TableRefused):
    code = "table.has_macros"
    message = _("This Excel file contains macros. Save it as “Excel Workbook (.xlsx)”, which has none, and try again.")


class IsWebPage(TableRefused):
    code = "table.web_page"
    message = _(
        "This file is a web page, whatever its name says; some applications export such files. "
        "Open it in Excel and save it as “Excel Workbook (.xlsx)”."
    )


class IsNoTable(TableRefused):
    """A file of another kind; `kind` is what it is."""

    code = "table.other_kind"
    message = _("This is %(kind)s, not a table. Save it as XLSX or CSV where it was made, and choose that file.")


class UnpacksTooLarge(TableRefused):
    code = "table.unpacks_too_large"
    message = _("Unpacked, this file would be far larger than a table can be. Copy its cells into a new workbook.")


class NoWorkbook(TableRefused):
    code = "table.no_workbook"
    message = _(
        "This file is damaged or is no Excel workbook. Open it in Excel and save it anew as “Excel Workbook (.xlsx)”."
    )


class NoTable(TableRefused):
    code = "table.no_table"
    message = _(
        "The file cannot be read as a table (line %(row)s). Save it as “CSV UTF-8” or as “Excel Workbook (.xlsx)”."
    )


class IsEmpty(TableRefused):
    code = "table.empty"
    message = _("There is nothing in this file. In a workbook the first visible sheet that is not empty is read.")


class TooManyRows(TableRefused):
    code = "table.too_many_rows"
    message = _("The table has more than %(most)s rows. Divide it into several files.")


class TooManyColumns(TableRefused):
    code = "table.too_many_columns"
    message = _("Row %(row)s has more than %(most)s columns. Delete the columns that are not needed.")


class CellTooLong(TableRefused):
    code = "table.cell_too_long"
    message = _("Row %(row)s, column %(column)s holds more than %(most)s characters. Shorten it.")
