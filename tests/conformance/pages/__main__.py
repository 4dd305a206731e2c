"""Writes the pages that are made from the program: `make docs`."""

from tests.conformance.pages import lint_page, support_page

support_page.PAGE.write_text(support_page.support_page(), encoding="utf-8")
lint_page.PAGE.write_text(lint_page.lint_page(), encoding="utf-8")
