"""Every address declares who may open it, and nothing undeclared can be opened."""

import pytest
from flask import Flask

from tests.web.pages import Reader
from tracker.web.access import Access, access, declared
from tracker.web.app import create_app
from tracker.web.site import Site


@pytest.fixture
def app(demo_site: Site) -> Flask:
    return create_app(demo_site, testing=True)


def test_every_view_declares_its_access(app: Flask) -> None:
    silent = {rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None}
    assert silent == set()


def test_editors_views_are_closed_to_the_public(app: Flask) -> None:
    client = app.test_client()
    guarded = {Access.CONTRIBUTOR, Access.EDITOR, Access.REVIEWER, Access.ADMIN}
    for rule in app.url_map.iter_rules():
        if declared(app, rule.endpoint) in guarded and not rule.arguments:
            for method in rule.methods or ():
                assert client.open(rule.rule, method=method).status_code in (302, 303, 401, 403), (
                    rule,
                    method,
                )


def test_a_view_that_declares_nothing_is_refused(demo_site: Site) -> None:
    app = create_app(demo_site, testing=False)
    app.add_url_rule("/open-by-mistake", "mistake", lambda: "secret")
    page = Reader(app.test_client()).open("/open-by-mistake", 403)
    assert "secret" not in page.text


def test_a_guarded_view_without_a_guard_is_refused(demo_site: Site) -> None:
    app = create_app(demo_site, testing=False)
    app.extensions["answerby.guards"] = {}
    app.add_url_rule("/desk-by-mistake", "desk_mistake", access(Access.EDITOR)(lambda: "secret"))
    assert app.test_client().get("/desk-by-mistake").status_code == 403


def test_a_mistake_of_ours_is_a_page_without_a_traceback(demo_site: Site) -> None:
    app = create_app(demo_site, testing=False)

    @access(Access.PUBLIC)
    def broken() -> str:
        raise RuntimeError("detail that nobody should see")

    app.add_url_rule("/broken", "broken", broken)
    page = Reader(app.test_client()).open("/broken", 500)
    assert "Something went wrong on our side" in page.text and "detail" not in page.text
