import pytest

from engine.access.visitors import visitor_of

CHROME = (
    "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (CHROME, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 1_000, "x" * 200),
        ("a\x00\nb", "ab"),
        ("", ""),
    ],
)
def test_a_browser_is_told_by_its_name(said, device):
    assert visitor_of(said, "203.0.113.7").device == device
