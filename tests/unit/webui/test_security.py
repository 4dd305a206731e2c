"""Where a sign-in may lead, and what pages may contain under the content policy."""

import re
from pathlib import Path

import pytest

from webui.security import is_local_address

TEMPLATES = Path(__file__).parents[3] / "webui" / "templates"
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.parametrize("address", ["/", "/tugas/7", "/berkas?cari=a&sesudah=b"])
def test_a_path_of_this_site_is_followed(address: str):
    assert is_local_address(address)


@pytest.mark.parametrize(
    "address",
    ["", None, "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "tugas"],
)
def test_an_address_elsewhere_is_not_followed(address: str | None):
    assert not is_local_address(address)


def test_no_template_has_inline_styles_or_scripts():
    assert [path.name for path in TEMPLATES.rglob("*.html") if INLINE.search(path.read_text())] == []
