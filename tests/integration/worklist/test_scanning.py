"""The office's virus scanner is asked before anything is kept."""

import io
import sys
from dataclasses import replace

import pytest

from engine.base.errors import Invalid
from engine.base.settings import Settings
from engine.worklist.attachments import receive
from engine.worklist.scanning import Infected, NotScanned

PDF = b"%PDF-1.7\n1 0 obj\n"
# A scanner as we are told it behaves: 0 for clean, 1 for what it knows, else it has failed.
SCANNER = (
    sys.executable,
    "-c",
    "import sys; text = open(sys.argv[1], 'rb').read(); sys.exit(1 if b'EICAR' in text else 2 if b'?' in text else 0)",
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing of this is in a database."""
    return sqlite_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, scan_command=SCANNER)


def kept(settings: Settings) -> list[str]:
    return [path.name for path in (settings.data_folder / "attachments").rglob("*") if path.is_file()]


def test_a_clean_file_is_kept_with_the_moment_of_its_scan(settings, clock):
    file = receive(settings, "surat.pdf", io.BytesIO(PDF), clock.now())
    assert file.scanned_at == clock.now()
    assert kept(settings) == [file.digest]


@pytest.mark.parametrize(("content", "refusal"), [(b"EICAR", Infected), (b"?", NotScanned)])
def test_what_is_not_found_clean_is_not_kept(settings, clock, content: bytes, refusal: type[Invalid]):
    with pytest.raises(refusal, match=r"surat\.pdf"):
        receive(settings, "surat.pdf", io.BytesIO(PDF + content), clock.now())
    assert kept(settings) == []


def test_where_the_scanner_is_missing_nothing_is_kept(settings, clock):
    with pytest.raises(NotScanned):
        receive(replace(settings, scan_command=("/no/such/scanner",)), "surat.pdf", io.BytesIO(PDF), clock.now())
    assert kept(settings) == []


def test_without_a_scanner_no_scan_is_claimed(settings, clock):
    file = receive(replace(settings, scan_command=()), "surat.pdf", io.BytesIO(PDF), clock.now())
    assert file.scanned_at is None
