"""Processes: deployed, listed, put in force."""

from dataclasses import fields, replace
from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.unit_of_work import Reading, UnitOfWork
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.errors import Rejected
from engine.definitions.examination import Upload, examine
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment as Deployed
from engine.definitions.operations import check_again, deploy, publish
from engine.definitions.queries import InForce, VersionPage, in_force, procedures, source_of, version_page, versions
from engine.definitions.triggers import triggers_of
from engine.execution.staffed import staffing_problems
from engine.worklist.attachments import clean_name
from webui.api.bearer import PREFIX, bearer
from webui.api.schemas.lists import page_of, whole
from webui.api.schemas.problems import DiagramProblem
from webui.api.schemas.processes import (
    Bundle,
    BundleTexts,
    Deployment,
    Process,
    ProcessLine,
    StartOfCases,
    Version,
    VersionSummary,
)
from webui.api.uploads import asked_deployment
from webui.errors import problem_document
from webui.identity import core, current_actor
from webui.language import language

TAG = {"name": "Processes", "description": "Procedures (SOPs) as diagrams, version by version."}

bp = APIBlueprint("api_processes", __name__, url_prefix=PREFIX, tag=TAG)


@bp.post("/processes")
@bp.auth_required(bearer)
@bp.output(Deployment, status_code=201, description="A new version")
@bp.doc(responses={200: "This content was there already", 403: "", 409: ""})
def deploy_process() -> tuple[dict[str, Any], int, dict[str, str]]:
    """Deploy a diagram with its forms: files, or JSON with texts."""
    require(current_actor(), Permission.DEPLOY)  # before anything is read for somebody who may not
    asked = asked_deployment()
    # Reading and the trial start may take seconds: no transaction waits for them.
    examination = examine(asked.upload)
    with core().work(current_actor()) as work:
        deployed = _put_in_force(work, deploy(work, examination), asked.is_to_publish)
        answer = _with_staffing(work, deployed)
    location = url_for("api_processes.show_version", version_id=deployed.version_id)
    return answer, 201 if deployed.is_new else 200, {"Location": location}


@bp.post("/bundles")
@bp.auth_required(bearer)
@bp.input(BundleTexts)
@bp.output(Bundle, status_code=201, description="Each of its versions")
@bp.doc(responses=[403, 409])
def deploy_bundle(json_data: dict[str, Any]) -> dict[str, Any]:
    """Deploy diagrams of which one calls another: all of them, or none."""
    require(current_actor(), Permission.DEPLOY)
    forms = {key: text.encode() for key, text in json_data["forms"].items()}
    decisions = {clean_name(name): text.encode() for name, text in json_data["decisions"].items()}
    examinations = examine_all(
        [
            Upload(filename=clean_name(name), source=text.encode(), forms=forms, decisions=decisions)
            for name, text in json_data["diagrams"].items()
        ]
    )
    with core().work(current_actor()) as work:
        kept = [_put_in_force(work, each, json_data["publish"]) for each in deploy_all(work, examinations)]
        deployed = [_with_staffing(work, each) for each in kept]
    return {"deployments": deployed}


def _put_in_force(work: UnitOfWork, deployed: Deployed, is_asked: bool) -> Deployed:
    if not is_asked or deployed.state != VersionState.READY:
        return deployed
    publish(work, deployed.version_id)
    return replace(deployed, state=VersionState.PUBLISHED)


def _with_staffing(reading: Reading | UnitOfWork, said: Deployed | VersionPage) -> dict[str, Any]:
    """The same with what the office could not do today."""
    is_draft = said.state == VersionState.DRAFT
    warnings = () if is_draft else staffing_problems(reading, said.version_id)
    return {each.name: getattr(said, each.name) for each in fields(said)} | {"staffing": warnings}


@bp.get("/processes")
@bp.auth_required(bearer)
@bp.output(page_of(ProcessLine))
def list_processes() -> dict[str, Any]:
    """All processes by name, each with the version in force."""
    with core().read(current_actor()) as reading:
        return whole(procedures(reading.session))


@bp.get("/processes/<name:key>")
@bp.auth_required(bearer)
@bp.output(Process)
def show_process(key: str) -> InForce:
    """One process, with the version in force."""
    with core().read(current_actor()) as reading:
        return in_force(reading.session, key)


@bp.get("/processes/<name:key>/versions")
@bp.auth_required(bearer)
@bp.output(page_of(VersionSummary))
def list_versions(key: str) -> dict[str, Any]:
    """All versions of a process, newest first."""
    with core().read(current_actor()) as reading:
        return whole(versions(reading.session, in_force(reading.session, key).definition_id))


@bp.get("/processes/<name:key>/starts")
@bp.auth_required(bearer)
@bp.output(page_of(StartOfCases))
def list_starts(key: str) -> dict[str, Any]:
    """What starts cases of the version in force by itself: messages, signals, set times."""
    with core().read(current_actor()) as reading:
        version_id = in_force(reading.session, key).version_id
        return whole(() if version_id is None else triggers_of(reading.session, version_id))


@bp.get("/versions/<int:version_id>")
@bp.auth_required(bearer)
@bp.output(Version)
def show_version(version_id: int) -> dict[str, Any]:
    """One version, with what its check found."""
    with core().read(current_actor()) as reading:
        return _with_staffing(reading, version_page(reading.session, version_id))


@bp.get("/versions/<int:version_id>/diagram")
@bp.auth_required(bearer)
@bp.output(FileSchema(type="string", format="binary"), content_type="application/xml")
def download_diagram(version_id: int) -> Response:
    """The diagram as it was uploaded, byte for byte."""
    with core().read(current_actor()) as reading:
        source = source_of(reading.session, version_id)
    response = Response(source, mimetype="application/xml")
    # A file to save, whatever it may hold: never a page of this site.
    response.headers.set("Content-Disposition", "attachment", filename=f"version-{version_id}.bpmn")
    return response


@bp.post("/versions/<int:version_id>/publish")
@bp.auth_required(bearer)
@bp.output(Version)
@bp.doc(responses=[403, 409])
def publish_version(version_id: int) -> dict[str, Any]:
    """Put a version in force: new cases start on it, running ones stay on theirs."""
    with core().work(current_actor()) as work:
        publish(work, version_id)
        return _with_staffing(work, version_page(work.session, version_id))


@bp.post("/versions/<int:version_id>/check")
@bp.auth_required(bearer)
@bp.output(Version)
@bp.doc(responses=[403])
def check_version(version_id: int) -> dict[str, Any]:
    """Look again whether what a draft calls in other files is there by now."""
    with core().work(current_actor()) as work:
        check_again(work, version_id)
        return _with_staffing(work, version_page(work.session, version_id))


def rejected(error: Rejected) -> ResponseReturnValue:
    """All problems of a file that cannot be kept."""
    problems = DiagramProblem(many=True).dump(error.problems)
    return problem_document(422, error.code, error.text(language()), problems=problems)


bp.register_error_handler(Rejected, rejected)
