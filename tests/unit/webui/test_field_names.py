"""What the summary of a form calls its fields."""

import pytest
from markupsafe import Markup

from webui.field_names import with_field_names

SUMMARY = '<div class="error-summary"><ul><li><a href="#reason">{}</a></li></ul></div>'


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ('<label class="x" for="reason">Reason\n <span class="optional">(optional)</span></label>', "Reason: Missing."),
        ('<label for="reason">Opens<span class="visually-hidden"> (Monday)</span></label>', "Opens (Monday): Missing."),
        ('<fieldset id="reason">\n<legend class="x">For whom?</legend></fieldset>', "For whom? Missing."),
        ('<input type="date" id="reason" name="r" aria-label="Next day of Ani">', "Next day of Ani: Missing."),
        ('<label for="title">Title</label>', "Missing."),
    ],
)
def test_a_line_of_the_summary_names_its_field(field, line):
    page = with_field_names(Markup(SUMMARY.format("Missing.") + field))
    assert f'<a href="#reason">{line}</a>' in page


def test_a_text_that_names_its_field_itself_is_left_alone():
    page = with_field_names(SUMMARY.format("Reason is missing.") + '<label for="reason">Reason</label>')
    assert '<a href="#reason">Reason is missing.</a>' in page


def test_a_page_without_a_summary_stays_as_it_is():
    page = '<a href="#reason">Reason</a><label for="reason">Reason</label>'
    assert with_field_names(page) == page
