from engine.forms.display import read_only
from engine.forms.static_text import html_of
from tests.unit.forms.building import YES_OR_NO, form_of, question


def test_answers_are_shown_as_indonesians_write_them():
    form = form_of(
        question("datetime", "tgl", subtype="date"),
        question("datetime", "saat", subtype="datetime"),
        question("number", "biaya"),
        question("checklist", "syarat", values=YES_OR_NO),
    )
    values = {"tgl": "2026-11-21", "saat": "2026-11-21T14:30", "biaya": 1500000.5, "syarat": ["setuju", "kembali"]}
    assert read_only(form, values, "id") == [
        ("Tgl", "21 November 2026"),
        ("Saat", "21 November 2026 pukul 14.30"),
        ("Biaya", "1.500.000,5"),
        ("Syarat", "Setujui, Kembalikan"),
    ]


def test_what_was_not_asked_is_not_shown_and_what_was_left_open_is():
    form = form_of(question(key="a"), question(key="b"))
    assert read_only(form, {"a": None}, "id") == [("A", "–")]


def test_a_value_of_another_kind_is_shown_as_it_is():
    form = form_of(question("datetime", "tgl"), question("number", "biaya"))
    assert read_only(form, {"tgl": [1], "biaya": {"x": 1}}, "id") == [("Tgl", "[1]"), ("Biaya", "{'x': 1}")]


def test_the_little_markdown_of_instructions():
    text = "# Periksa\n\nBaca **surat** ini\n- satu\n- dua\n\n[situs](https://kemenag.go.id)"
    assert html_of(text) == (
        '<p class="h4">Periksa</p><p>Baca <strong>surat</strong> ini</p><ul><li>satu</li><li>dua</li></ul>'
        '<p><a href="https://kemenag.go.id" rel="noopener noreferrer">situs</a></p>'
    )


def test_a_link_leads_to_the_web_only():
    assert "<a" not in html_of("[klik](javascript:alert(1)) [x](data:text/html,1)")


def test_markup_in_an_instruction_is_text():
    assert html_of("<img src=x onerror=y> **<b>**") == "<p>&lt;img src=x onerror=y&gt; <strong>&lt;b&gt;</strong></p>"
