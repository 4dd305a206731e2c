"""An SOP as a folder: `sop.yaml` (identity), `process.bpmn`, `forms/*.json`."""

from pathlib import Path
from typing import Any

import yaml

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.definitions.examination import Upload


class NotAnSopFolder(Invalid):
    code = "definition.not_a_folder"
    message = _("%(path)s is neither a BPMN file nor a folder with sop.yaml and process.bpmn.")


class BadIdentity(Invalid):
    code = "definition.bad_identity"
    message = _("%(path)s cannot be read as YAML with one value for each name.")


def upload_from_path(path: Path) -> Upload:
    """A single diagram, or a folder with its forms and identity; raises NotAnSopFolder or BadIdentity."""
    if path.is_file():
        return Upload(filename=path.name, source=path.read_bytes())
    diagram = path / "process.bpmn"
    if not diagram.is_file():
        raise NotAnSopFolder(path=str(path))
    return Upload(
        filename=f"{path.name}.bpmn",
        source=diagram.read_bytes(),
        forms={form.stem: form.read_bytes() for form in sorted((path / "forms").glob("*.json"))},
        identity=_identity(path / "sop.yaml"),
    )


def _identity(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        identity = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadIdentity(path=str(path)) from None
    if not isinstance(identity, dict):
        raise BadIdentity(path=str(path))
    return {str(name): _plain(value) for name, value in identity.items()}


def _plain(value: Any) -> Any:
    """YAML dates become ISO text, so that the identity can be kept as JSON."""
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
