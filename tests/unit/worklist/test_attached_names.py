import pytest

from engine.worklist.attachments import clean_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Surat\\tugas.pdf", "tugas.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("x\u202efdp.exe", "xfdp.exe"),
        ("..", "berkas"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert clean_name(given) == kept
