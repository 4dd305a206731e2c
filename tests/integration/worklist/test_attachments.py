import io
from collections.abc import Callable
from dataclasses import replace
from typing import IO

import pytest
from sqlalchemy.orm import Session

from engine.base.errors import Invalid
from engine.base.settings import Settings
from engine.definitions.model import DefinitionVersion, ProcessDefinition, VersionState
from engine.execution.model import Instance, InstanceState
from engine.worklist.attachments import (
    AttachmentNotFound,
    attach,
    attachment,
    attachments_of_case,
    receive,
)
from engine.worklist.file_store import path_of
from tests.support.databases import OpenWork

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, attachment_bytes=100_000)


@pytest.fixture
def case(session: Session, clock) -> int:
    now = clock.now()
    definition = ProcessDefinition(key="P", name="Surat", prefix="SM", created_at=now)
    version = DefinitionVersion(
        definition=definition,
        number=1,
        state=VersionState.PUBLISHED,
        digest="0" * 64,
        filename="p.bpmn",
        source=b"",
        identity={},
        problems=[],
        deployed_at=now,
        deployed_by="Ani",
    )
    session.add(version)
    session.flush()
    instance = Instance(
        number="SM-2026-00001",
        title="Surat",
        definition_id=definition.id,
        version_id=version.id,
        state=InstanceState.ACTIVE,
        state_text="",
        variables={},
        started_at=now,
    )
    session.add(instance)
    session.flush()
    instance_id = instance.id
    session.commit()
    return instance_id


@pytest.fixture
def attached(work: OpenWork, case: int) -> Callable[[str, bytes], int]:
    def attach_one(filename: str, content: bytes) -> int:
        with work() as w:
            return attach(w, case, None, receive(w.settings, filename, io.BytesIO(content), w.now))

    return attach_one


def files_in(settings: Settings) -> list[str]:
    return [path.name for path in (settings.data_folder / "attachments").rglob("*") if path.is_file()]


def test_a_file_is_kept_whole_under_its_digest(attached, session, settings):
    line = attachment(session, attached("Surat Tugas.pdf", PDF))
    assert (line.filename, line.media_type, line.size) == ("Surat Tugas.pdf", "application/pdf", len(PDF))
    assert path_of(settings, line.digest).read_bytes() == PDF


def test_equal_files_are_kept_once(attached, session, case, settings):
    attached("satu.pdf", PDF)
    attached("dua.pdf", PDF)
    assert [line.filename for line in attachments_of_case(session, case)] == ["satu.pdf", "dua.pdf"]
    assert len(files_in(settings)) == 1


@pytest.mark.parametrize(
    ("filename", "content", "code"),
    [
        ("surat.pdf", b"<html>", "attachment.content_differs"),
        ("surat.pdf", b"", "attachment.empty"),
        ("surat.pdf", PDF + bytes(100_000), "attachment.too_large"),
    ],
    ids=["page", "empty", "large"],
)
def test_what_is_refused_leaves_nothing_behind(attached, session, case, settings, filename, content, code):
    with pytest.raises(Invalid) as refusal:
        attached(filename, content)
    assert refusal.value.code == code
    assert attachments_of_case(session, case) == ()
    assert files_in(settings) == []


def test_a_stream_without_end_is_cut_off(settings, clock):
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            self.taken += size
            return b"%PDF-" + bytes(size - 5)

    stream: IO[bytes] = Endless()  # type: ignore[assignment]
    with pytest.raises(Invalid):
        receive(settings, "surat.pdf", stream, clock.now())
    assert stream.taken <= settings.attachment_bytes + (1 << 17)


def test_an_unknown_file_is_not_found(session):
    with pytest.raises(AttachmentNotFound):
        attachment(session, 12345)
