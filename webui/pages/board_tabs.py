"""The views of the board, as tabs that keep the period and the part of the office."""

from flask import request, url_for

from webui.pages.board_address import BoardAddress
from webui.texts import _


def board_tabs(address: BoardAddress) -> list[tuple[str, str, bool, None, str]]:
    labels = {
        "monitoring.index": _("Now"),
        "board_period.index": _("In the period"),
        "board_load.index": _("Load"),
        "board_bottlenecks.index": _("Bottlenecks"),
        "sla_report.index": _("Monthly report"),
    }
    return [
        (label, url_for(endpoint, **address.query()), request.endpoint == endpoint, None, "")
        for endpoint, label in labels.items()
    ]
