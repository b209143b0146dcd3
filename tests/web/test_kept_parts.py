"""Parts of pages are sent again while they are made of the same; each change makes another part."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from tests.web.open_site import Opened, site
from tracker.domain.listing import ListName, ListQuery
from tracker.storage.lines import Line, lines, moment
from tracker.web.kept_parts import Parts

__all__ = ["site"]
ENTRY = '{% from "macros/ledger.html" import entry %}{{ kept(entry, line, today, "h3", "") }}'
ECHO = "{% macro echo(said) %}<p>{{ said }}</p>{% endmacro %}{{ kept(echo, said) }}"


@pytest.fixture
def line(site: Opened) -> Line:
    with site.database.reading() as session:
        return lines(session, ListQuery(ListName.ALL), moment(site.now))[0]


def shown(app: Flask, address: str, line: Line) -> str:
    with app.test_request_context(address):
        return render_template_string(ENTRY, line=line, today=line.day)


CHANGES: list[dict[str, Any]] = [
    {"item_title": "Another title"},
    {"body_name": "Another body"},
    {"process_name": "Another process"},
    {"detail": {"reason": "another"}, "item_ref": "7"},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_line_is_another_part(site: Opened, line: Line, change: dict[str, Any]) -> None:
    changed = replace(line, **change)
    before = shown(site.app, "/", line)
    after = shown(site.app, "/", changed)
    assert shown(site.app, "/", line) == before
    site.app.jinja_env.globals["kept"] = Parts()
    assert shown(site.app, "/", changed) == after


def test_a_part_is_made_once_for_each_language(site: Opened, line: Line) -> None:
    pages = {shown(site.app, address, line) for address in ("/", "/", "/?page=2")}
    assert len(pages) == 1
    asked: list[bytes] = [site.get(address).data for address in ("/obligations", "/es/obligations")]
    assert [site.get(address).data for address in ("/obligations", "/es/obligations")] == asked
    assert asked[0] != asked[1]


def test_links_of_a_page_of_a_day_lead_to_that_day(site: Opened, line: Line) -> None:
    today = shown(site.app, "/obligations", line)
    day = (site.now - timedelta(days=1)).date().isoformat()
    then = shown(site.app, f"/obligations?as_of={day}", line)
    assert f"as_of={day}" in then
    assert "as_of" not in today
    assert shown(site.app, "/obligations", line) == today


@pytest.mark.parametrize("said", [(1, True), ("<b>", Markup("<b>")), (["a"], ("a",)), ({"a": 1}, {"a": 1.0})])
def test_what_only_looks_alike_is_not_taken_for_the_same(site: Opened, said: tuple[Any, Any]) -> None:
    with site.app.test_request_context("/"):
        template = site.app.jinja_env.from_string(ECHO)
        kept = [template.render(said=one) for one in (*said, *said)]
    anew = [f"<p>{Markup.escape(one)}</p>" for one in said]
    assert kept == anew * 2


def test_only_so_many_parts_are_kept(site: Opened) -> None:
    parts = Parts(most=2)
    site.app.jinja_env.globals["kept"] = parts
    template = "{% from 'macros/listing.html' import select %}{{ kept(select, 'a', label, [], '') }}"
    with site.app.test_request_context("/"):
        said = [render_template_string(template, label=f"label {n}") for n in (1, 2, 3, 1)]
    assert said[0] == said[3]
    assert len(parts) == 2


def test_long_parts_are_kept_only_while_there_is_room_for_all_together(site: Opened) -> None:
    parts = Parts(most=9, characters=2_000)
    site.app.jinja_env.globals["kept"] = parts
    with site.app.test_request_context("/"):
        template = site.app.jinja_env.from_string(ECHO)
        kept = []
        for length in (1_100, 800, 800, 1_100, 10, 2_100, 10):
            assert template.render(said="a" * length) == f"<p>{'a' * length}</p>"
            kept.append(len(parts))
    assert kept == [1, 2, 2, 2, 3, 0, 1]
