"""The web application: pages for people, and the API, over one core."""

from apiflask import APIFlask

from engine.core.core import Core
from webui import assets, probes
from webui.addresses import bound_addresses
from webui.api import open_api
from webui.compression import compress_answers
from webui.errors import answer_errors
from webui.gate import guard
from webui.language import speak
from webui.pages import BLUEPRINTS
from webui.probes import measure
from webui.provider import know_provider
from webui.security import believe_proxies, protect
from webui.shell import surround
from webui.turning import let_turn


def create_app(core: Core) -> APIFlask:
    app = APIFlask(
        "webui",
        title="TataKerja",
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
        # Built files have their own route, with digests and encodings.
        static_folder=None,  # type: ignore[arg-type]
    )
    app.extensions["tatakerja"] = core
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    measure(app)
    bound_addresses(app)
    open_api(app)
    protect(app, core.settings)
    believe_proxies(app, core.settings)
    compress_answers(app)
    speak(app, core.settings)
    surround(app)
    let_turn(app)
    answer_errors(app)
    know_provider(app, core.settings)
    guard(app)
    for blueprint in (assets.bp, probes.bp, *BLUEPRINTS):
        app.register_blueprint(blueprint)
    return app
