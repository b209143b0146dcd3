"""A program's token reaches no further than its scopes, its group and its time."""

from collections.abc import Iterator

import pytest

from tests.services.entered import item, owing
from tests.web.api.test_writing import V1, Writer
from tests.web.open_site import LOOKED, Opened
from tracker.domain.refusals import NotAccepted
from tracker.domain.token_scopes import Scope
from tracker.domain.words import UserRole
from tracker.services.grant import grant, revoke, tokens_of
from tracker.services.people import add_user
from tracker.storage.engine import Database

WORDS = "three calm herons"


@pytest.fixture
def opened(sqlite_url: str) -> Iterator[Opened]:
    database = Database(sqlite_url)
    yield Opened(database, now=LOOKED)
    database.close()


def hired(site: Opened, name: str, group: str, *scopes: Scope) -> Writer:
    with site.write() as session:
        email = f"{name}@example.org"
        add_user(session, site.now, email, UserRole.REVIEWER, group, password=WORDS)
        return Writer(site, grant(session, site.now, email, scopes=scopes or tuple(Scope)).secret)


def obligation(site: Opened) -> int:
    with site.write() as session:
        return owing(session, item(session))[0]


def test_a_token_for_looks_writes_nothing_else(opened: Opened) -> None:
    looker = hired(opened, "looker", "city-watch", Scope.CHECKS)
    id_ = obligation(opened)
    said = looker.post("/responses", 403, body="x", obligations=[], first_seen_on="2026-05-06")
    assert "scope responses" in said["detail"]
    looker.post("/processes", 403, name="Panel", kind="citizens-jury")
    looker.post("/assessments", 403)
    looker.post("/checks", 201, obligations=[id_], looked_on="2026-05-06", places=["Its site"])


def test_a_token_changes_nothing_of_another_group(opened: Opened) -> None:
    hired(opened, "first", "city-watch")
    foreign = hired(opened, "foreign", "other-watch")
    id_ = obligation(opened)
    said = foreign.post("/checks", 403, obligations=[id_], looked_on="2026-05-06", places=["Its site"])
    assert "another group" in said["detail"]
    foreign.post(f"/obligations/{id_}/terms", 403, reason="Ours.")
    covered = [{"obligation": id_, "kind": "reply"}]
    foreign.post("/responses", 403, body="ministry-of-water", obligations=covered, first_seen_on="2026-05-06")


def test_another_groups_draft_is_not_there(opened: Opened) -> None:
    hired(opened, "first", "city-watch")
    foreign = hired(opened, "foreign", "other-watch")
    with opened.write() as session:
        [id_] = owing(session, item(session, draft=True))
    foreign.post("/checks", 404, obligations=[id_], looked_on="2026-05-06", places=["Its site"])


def test_the_last_day_of_use_is_kept_and_a_token_ends_at_once(opened: Opened) -> None:
    looker = hired(opened, "looker", "city-watch", Scope.CHECKS)
    id_ = obligation(opened)
    looker.post("/checks", 201, obligations=[id_], looked_on="2026-05-06", places=["Its site"])
    with opened.write() as session:
        [held] = tokens_of(session, opened.now)
        assert held.used_at == opened.now and held.scopes == (Scope.CHECKS,)
        revoke(session, opened.now, held)
    looker.post("/checks", 401, obligations=[id_])


def test_a_token_lasts_a_year_at_most_and_is_for_something(opened: Opened) -> None:
    with opened.write() as session:
        add_user(session, opened.now, "a@example.org", UserRole.EDITOR, "city-watch", password=WORDS)
        for days, scopes in ((366, (Scope.ITEMS,)), (0, (Scope.ITEMS,)), (90, ())):
            with pytest.raises(NotAccepted):
                grant(session, opened.now, "a@example.org", days=days, scopes=scopes)


def test_the_description_names_the_scope_of_each_operation_that_writes(opened: Opened) -> None:
    paths = opened.client.get(f"{V1}/openapi.json").get_json()["paths"]
    needed = {path: one["post"]["security"] for path, one in paths.items() if "post" in one}
    assert needed["/checks"] == [{"token": ["checks"]}]
    assert needed["/assessments/{id}/countersign"] == [{"token": ["verdicts"]}]
    assert needed["/items"] == [{"token": ["items"]}]
