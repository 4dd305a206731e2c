"""Files that came with a form: looked at and kept before any transaction is open, for a scan may take its time."""

from werkzeug.datastructures import FileStorage

from engine.worklist.attachments import KeptFile, receive, record_infected
from engine.worklist.scanning import Infected
from webui.identity import core, current_actor


def kept_files(files: list[FileStorage], instance_id: int | None = None) -> tuple[KeptFile, ...]:
    """Those that were chosen; raises what `receive` raises, and notes an infected one in the trail."""
    return tuple(kept_file(file, instance_id) for file in files if file.filename)


def kept_file(file: FileStorage, instance_id: int | None = None) -> KeptFile:
    try:
        return receive(core().settings, file.filename or "", file.stream, core().clock.now())
    except Infected as refusal:
        with core().work(current_actor()) as work:
            record_infected(work, refusal, instance_id)
        raise
