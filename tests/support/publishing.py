"""A diagram comes into force."""

import json
from typing import Any

from engine.core.core import Core
from engine.definitions.examination import Upload, examine
from engine.definitions.operations import deploy, publish


def publish_diagram(core: Core, source: bytes, **forms: Any) -> int:
    """The id of the version; `forms` are schemas by key."""
    texts = {key: json.dumps(schema).encode() for key, schema in forms.items()}
    examination = examine(Upload(filename="process.bpmn", source=source, forms=texts))
    with core.work() as work:
        deployment = deploy(work, examination)
        publish(work, deployment.version_id)
    return deployment.version_id
