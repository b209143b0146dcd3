"""Addresses and messages that are kept ready are those that would be made anew."""

from typing import Any

import pytest
from flask import current_app, render_template_string, url_for

from tests.web.open_site import Opened, still_site

__all__ = ["still_site"]
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("items.item", {"key": "one"}),
    ("items.item", {"key": "another"}),
    ("overdue.overdue", {"body": "ministry-of-water", "page": 2}),
    ("overdue.overdue", {"page": 2, "body": "ministry-of-water"}),
    ("overdue.overdue", {"page": None}),
    ("overdue.overdue", {"_anchor": "list"}),
    ("overdue.overdue", {"_external": True}),
    (".overdue", {"q": "a b&c"}),
)


@pytest.mark.parametrize("path", ["/overdue", "/overdue?as_of=2026-05-10", "/overdue?as_of=2026-05-11"])
def test_an_address_kept_ready_is_the_one_made_anew(still_site: Opened, path: str) -> None:
    with still_site.app.test_request_context(path):
        quick = current_app.jinja_env.globals["url_for"]
        for _ in range(2):
            for endpoint, values in ASKED:
                assert quick(endpoint, **values) == url_for(endpoint, **values)  # type: ignore[operator]


def test_values_of_a_message_are_escaped_and_its_own_words_are_not(still_site: Opened) -> None:
    page = '{{ _("<b>%(name)s</b> 100%%", name="<i>") }}|{{ _("100%%") }}|{{ ngettext("%(num)d <", "%(num)d >", 2) }}'
    with still_site.app.test_request_context("/"):
        for _ in range(2):
            assert render_template_string(page) == "<b>&lt;i&gt;</b> 100%|100%|2 >"
