"""An SOP as a folder: `sop.yaml` (identity), `process.bpmn`, `forms/*.json`, decision tables in `*.dmn`."""

import re
from pathlib import Path
from typing import Any

import yaml

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.definitions.examination import Upload

IDENTITY_BYTES = 64 << 10


class NotAnSopFolder(Invalid):
    code = "definition.not_a_folder"
    message = _("%(path)s is neither a BPMN file nor a folder with sop.yaml and process.bpmn.")


class BadIdentity(Invalid):
    code = "definition.bad_identity"
    message = _("%(path)s cannot be read as YAML with one value for each name.")


# What YAML can spell out ("\\0", "\\ud800") and no database keeps.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _PlainLoader(yaml.SafeLoader):
    """Refuses aliases: a few lines of them unfold to more than memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


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
        decisions={table.name: table.read_bytes() for table in sorted(path.glob("*.dmn"))},
    )


def _identity(path: Path) -> dict[str, Any]:
    return identity_from(path.read_bytes(), str(path)) if path.is_file() else {}


def identity_from(document: bytes, name: str) -> dict[str, Any]:
    """The identity block in the text of an `sop.yaml`; raises BadIdentity, which names the file."""
    if len(document) > IDENTITY_BYTES:
        raise BadIdentity(path=name)
    try:
        identity = yaml.load(document.decode("utf-8"), Loader=_PlainLoader)  # noqa: S506 - a SafeLoader that is stricter
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadIdentity(path=name) from None
    if not isinstance(identity, dict):
        raise BadIdentity(path=name)
    return {str(_plain(str(name))): _plain(value) for name, value in identity.items()}


def _plain(value: Any) -> Any:
    """YAML dates become ISO text, so that the identity can be kept as JSON."""
    if isinstance(value, dict):
        return {_plain(str(name)): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, int | float | bool | None):
        return value
    return UNSTORABLE.sub("", str(value))
