"""The API for programs: `/api/v1`, its description, and the page to read it."""

from apiflask import APIBlueprint, APIFlask
from flask.json.provider import DefaultJSONProvider

from webui.api import (
    attachments,
    cases,
    documentation,
    incidents,
    me,
    messages,
    processes,
    repairs,
    tokens,
    work_items,
)
from webui.api.bearer import recognise_bearers
from webui.api.refusals import answer_refusals
from webui.api.specification import describe_api
from webui.security import csrf


class OrderedJson(DefaultJSONProvider):
    """Fields stand in the order that explains them."""

    sort_keys = False


# In the order in which the page tells of them. A new subject is added here.
BLUEPRINTS: tuple[APIBlueprint, ...] = (
    tokens.bp,
    me.bp,
    processes.bp,
    cases.bp,
    work_items.bp,
    attachments.bp,
    messages.bp,
    incidents.bp,
    repairs.bp,
)


def open_api(app: APIFlask) -> None:
    """Must come before anything else that looks at requests: here the token says who asks, not the cookie."""
    app.json = OrderedJson(app)
    recognise_bearers(app)
    answer_refusals(app)
    describe_api(app)
    for blueprint in BLUEPRINTS:
        csrf.exempt(blueprint)  # no cookie is taken, so no other site can make a browser act
        app.register_blueprint(blueprint)
    app.register_blueprint(documentation.bp)
