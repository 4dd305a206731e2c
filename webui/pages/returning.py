"""Back to the list from which a task was opened: its address travels along with the page and its forms."""

from urllib.parse import urlsplit

from flask import request, url_for

from webui.security import is_local_address

BACK = "kembali"
LONGEST = 2_000


def way_back() -> str:
    """The address of the list, or nothing when she came from elsewhere; only an inbox is believed."""
    wanted = request.values.get(BACK, "")
    if len(wanted) > LONGEST or not is_local_address(wanted):
        return ""
    return wanted if urlsplit(wanted).path == url_for("tasks.index") else ""


def list_address() -> str:
    return way_back() or url_for("tasks.index")


def item_address(work_item_id: int, anchor: str | None = None) -> str:
    """The page of a task, which still knows the way back."""
    return url_for("work_items.show", work_item_id=work_item_id, _anchor=anchor, kembali=way_back() or None)
