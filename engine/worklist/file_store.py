"""Bytes of attachments, kept in the data folder under their digest: equal files are kept once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from engine.base.settings import Settings

CHUNK = 1 << 16


class TooMuch(Exception):
    """More bytes came than are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that came in whole, not yet kept under its digest."""

    content: IO[bytes]
    size: int
    digest: str


def path_of(settings: Settings, digest: str) -> Path:
    return _folder(settings) / digest[:2] / digest[2:4] / digest


@contextmanager
def received(settings: Settings, stream: IO[bytes]) -> Iterator[Received]:
    """The stream's bytes in a file of their own, gone after the block unless kept; raises TooMuch."""
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as file:
        try:
            yield _copied(stream, file, settings.attachment_bytes)
        finally:
            Path(file.name).unlink(missing_ok=True)


def keep(settings: Settings, file: Received) -> None:
    """Whole or not at all: a file that a crash cut off never has its name."""
    path = path_of(settings, file.digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    os.fsync(file.content.fileno())
    Path(file.content.name).replace(path)
    _fsync_folder(path.parent)


def _copied(stream: IO[bytes], file: IO[bytes], most: int) -> Received:
    digest, size = sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise TooMuch
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return Received(content=file, size=size, digest=digest.hexdigest())


def _folder(settings: Settings) -> Path:
    return settings.data_folder / "attachments"


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
