"""Every address, by everybody: what the matrix says, and nobody changes or sees what is another group's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from tests.services.entered import GROUP, NOW, item, owing
from tests.services.test_respond import reply
from tests.web.access_matrix import FILE, lines
from tests.web.editing.conftest import WORDS, Person, person
from tracker.domain.permissions import ANYWHERE, MAY, Act
from tracker.domain.words import ClockEntryKind, UserRole, Verdict
from tracker.services.assess import Assess, assess
from tracker.services.group_settings import give_process
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.people import add_user, disable, join_group, leave_group, make_site_admin
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of, item_by_key, process_by_key
from tracker.storage.people import group_by_key, user_by_email
from tracker.storage.tables import Document, Process
from tracker.web import ownership
from tracker.web.access import Access, declared, declared_act

OPEN = {Access.PUBLIC, Access.TOKEN, Access.OPERATOR, Access.DOOR}
LEVEL = {
    Access.CONTRIBUTOR: UserRole.CONTRIBUTOR,
    Access.EDITOR: UserRole.EDITOR,
    Access.REVIEWER: UserRole.REVIEWER,
    Access.ADMIN: UserRole.ADMIN,
}
ROLES = list(UserRole)


@dataclass(frozen=True)
class Things:
    """What City watch owns: by kind, the key or the id."""

    public: dict[str, Any]
    draft: dict[str, Any]


@pytest.fixture
def things(database: Database) -> Things:
    """An item with a reply, a look, a moved clock and a verdict; and a draft. Other watch has people too."""
    with database.writing() as session:
        made = _made(session)
        for role in (UserRole.CONTRIBUTOR, UserRole.EDITOR, UserRole.REVIEWER, UserRole.ADMIN):
            add_user(session, NOW, f"other-{role}@example.org", role, "other-watch", password=WORDS)
    return made


def _made(session: Session) -> Things:
    one = item(session)
    [id_] = owing(session, one)
    document = session.get_one(Document, one.document_id)
    draft = item(session, document=document.key, title="Not yet public", draft=True)
    public = {
        "item": one.key,
        "document": document.key,
        "process": session.get_one(Process, one.process_id).key,
        "obligation": id_,
        **_done(session, id_),
    }
    return Things(public, {"item": draft.key, "obligation": owing(session, draft)[0]})


def _done(session: Session, id_: int) -> dict[str, Any]:
    """What City watch did about an obligation: a moved clock, a look, a reply and its verdict."""
    move = MoveClock(
        obligation=id_,
        kind=ClockEntryKind.EXTENSION,
        works_from_on=date(2026, 4, 1),
        new_due_on=date(2026, 5, 5),
        reason="Asked for.",
    )
    moved = move_clock(session, NOW, move, actor=GROUP)
    nothing = Look(obligations=(id_,), looked_on=date(2026, 5, 8), places=("Its site",))
    looked = look(session, NOW, nothing, actor=GROUP)
    answer = respond(session, NOW, reply(id_), actor=GROUP)
    verdict = Assess(
        obligation=id_,
        responses=(id_of(answer),),
        verdict=Verdict.NOT,
        reasons="Because.",
        checklist={},
    )
    judged = assess(session, NOW, verdict, actor=GROUP, user_id=3)
    return {
        "response": answer.key,
        "look": id_of(looked),
        "assessment": id_of(judged),
        "clock-entry": id_of(moved),
    }


def addressed(rule: Rule, objects: dict[str, Any]) -> dict[str, Any] | None:
    """The parts of an address that name these objects; None where it names none of them."""
    values: dict[str, Any] = {name: _any_value(one) for name, one in rule._converters.items()}
    values |= dict(rule.defaults or {})
    named = {name: kind for name in rule._converters for kind, _ in _kind_of(rule, name)}
    if not named or any(kind not in objects for kind in named.values()):
        return None
    return values | {name: objects[kind] for name, kind in named.items()}


def _any_value(wanted: BaseConverter) -> Any:
    if isinstance(wanted, AnyConverter):
        return min(wanted.items)
    return 1 if isinstance(wanted, IntegerConverter) else "item"


def _kind_of(rule: Rule, name: str) -> list[ownership.Named]:
    says = "kind" in rule.arguments and not isinstance(rule._converters["kind"], AnyConverter)
    kind = {"kind": "item"} if says else {}
    return list(ownership.in_address(rule.rule, {name: 1} | kind))


def guarded(app: Flask) -> Iterator[tuple[Rule, Access]]:
    for rule in app.url_map.iter_rules():
        kind = declared(app, rule.endpoint)
        if kind is not None and kind not in OPEN:
            yield rule, kind


def named_calls(app: Flask, objects: dict[str, Any]) -> Iterator[tuple[str, str, UserRole, Act]]:
    """(method, address, least role, act) of every guarded address that names some of these objects."""
    with app.test_request_context():
        for rule, kind in guarded(app):
            values, act = addressed(rule, objects), declared_act(app, rule.endpoint)
            if values is None or act is None:
                continue
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, app.url_for(rule.endpoint, **values), LEVEL[kind], act


def asked(somebody: Person, method: str, address: str) -> int:
    return (somebody.get if method == "GET" else somebody.post)(address).status_code


def test_every_address_stands_in_the_matrix_as_it_is(app: Flask) -> None:
    assert list(lines(app)) == FILE.read_text(encoding="utf-8").splitlines(), (
        "compare, then run: python -m tests.web.access_matrix > tests/web/access.tsv"
    )


@pytest.mark.parametrize("role", ROLES)
def test_another_groups_public_things_are_refused_and_its_drafts_are_not_there(
    app: Flask, things: Things, role: UserRole
) -> None:
    somebody = person(app, f"other-{role}")
    calls = list(named_calls(app, things.public))
    assert len(calls) > 30
    for method, address, least, act in calls:
        if ROLES.index(role) >= ROLES.index(least) and act in ANYWHERE:
            assert (method, asked(somebody, method, address)) != (method, 403), address
        else:
            assert asked(somebody, method, address) == 403, (method, address)
    for method, address, least, _ in named_calls(app, things.draft):
        expected = 404 if ROLES.index(role) >= ROLES.index(least) else 403
        assert asked(somebody, method, address) == expected, (method, address)
    assert "Not yet public" not in somebody.get("/edit/").get_data(as_text=True)


@pytest.mark.parametrize("role", ROLES)
def test_ones_own_groups_things_open_as_far_as_the_role_reaches(
    app: Flask, things: Things, role: UserRole
) -> None:
    somebody = person(app, role.value)
    for method, address, least, act in named_calls(app, things.public):
        if method != "GET":
            continue
        reaches = ROLES.index(role) >= ROLES.index(least)
        allowed = reaches and (act in MAY[role] or role is UserRole.ADMIN)
        assert (asked(somebody, method, address) == 403) is not allowed, address


@pytest.mark.parametrize("how", ["disabled", "removed"])
def test_who_was_shut_out_or_removed_is_sent_to_the_login_from_everywhere(
    app: Flask, things: Things, database: Database, how: str
) -> None:
    somebody = person(app, "reviewer")
    with database.writing() as session:
        user, group = user_by_email(session, "reviewer@example.org"), group_by_key(session, "city-watch")
        assert user is not None and group is not None
        if how == "disabled":
            disable(session, NOW, user)
        else:
            leave_group(session, NOW, user, group)
    for method, address, _, _ in named_calls(app, things.public):
        answer = (somebody.client.get if method == "GET" else somebody.client.post)(address)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/login")


def test_a_form_names_no_other_groups_things_either(app: Flask, things: Things) -> None:
    somebody = person(app, "other-reviewer")
    somebody.get("/edit/")
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/edit/items/new", {"document": things.public["document"], "title": "Ours?"}),
        ("/edit/documents/new", {"process": things.public["process"], "title": "Ours?"}),
        ("/edit/looks/new", {"obligations": things.public["obligation"], "places": "x"}),
        ("/edit/responses/new", {"obligations": [things.public["obligation"]]}),
    ]
    for address, fields in sent:
        assert somebody.post(address, **fields).status_code == 403, address
    draft = things.draft["obligation"]
    assert somebody.post("/edit/looks/new", obligations=draft).status_code == 404
    assert somebody.get(f"/edit/looks/new?obligations={draft}").status_code == 404


def test_what_one_chooses_from_is_ones_own(app: Flask, things: Things) -> None:
    somebody = person(app, "other-admin")
    for address in (
        "/edit/items/new",
        "/edit/documents/new",
        "/edit/looks/new",
        "/edit/responses/new?q=river",
    ):
        assert "Citizens’ Assembly on Water" not in somebody.get(address).get_data(as_text=True), address


def test_a_contributor_enters_drafts_and_mends_nothing_public(
    app: Flask, things: Things, database: Database
) -> None:
    contributor = person(app, "contributor")
    draft, public = things.draft["item"], things.public["item"]
    contributor.get(f"/edit/items/{draft}")
    mended = contributor.post(f"/edit/items/{draft}", title="Mended", text="", ref="", reason="A slip.")
    assert mended.status_code in (303, 422)
    assert contributor.post(f"/edit/items/{draft}/publish").status_code == 403
    assert contributor.get(f"/edit/items/{public}").status_code == 403
    fields = {
        "document": things.public["document"],
        "title": "By a contributor",
        "body__1": "ministry-of-rivers",
    }
    made = contributor.post("/edit/items/new", basis="request", nodate="1", **fields)
    if made.status_code == 303:
        with database.reading() as session:
            entered = item_by_key(session, made.headers["Location"].rpartition("/")[2])
        assert entered is not None and entered.visibility.value == "draft"


def test_a_process_handed_over_changes_hands_with_all_that_belongs_to_it(
    app: Flask, things: Things, admin: Person
) -> None:
    admin.get("/edit/group")
    address = f"/edit/processes/{things.public['process']}/group"
    assert admin.post(address, to="nobody").status_code == 422
    assert admin.post(address, to="other-watch").status_code == 303
    item_page = f"/edit/items/{things.draft['item']}"
    assert person(app, "other-editor").get(item_page).status_code == 200
    assert person(app, "editor").get(item_page).status_code == 404


def test_a_groups_administrator_sees_and_changes_its_own_people_only(
    app: Flask, things: Things, database: Database
) -> None:
    boss = person(app, "other-admin")
    page = boss.get("/edit/people").get_data(as_text=True)
    assert "other-editor@example.org" in page and ">editor@example.org" not in page
    assert boss.post("/edit/people/2/disable").status_code == 404
    answer = boss.post("/edit/people", email="x@example.org", role="admin", group="city-watch")
    assert answer.status_code == 422
    assert (
        boss.post("/edit/people", email="x@example.org", role="admin", group="brand-new").status_code == 422
    )


def test_the_sites_administrator_reaches_every_group(app: Flask, things: Things, database: Database) -> None:
    with database.writing() as session:
        user = user_by_email(session, "other-admin@example.org")
        assert user is not None
        make_site_admin(session, NOW, user, True)
    boss = person(app, "other-admin")
    assert boss.get(f"/edit/items/{things.draft['item']}").status_code == 200
    assert boss.get(f"/edit/obligations/{things.public['obligation']}/clock").status_code == 200


def test_a_process_of_nobody_is_the_first_groups(app: Flask, things: Things, database: Database) -> None:
    with database.writing() as session:
        process = process_by_key(session, things.public["process"])
        assert process is not None
        process.group_id = None
    assert person(app, "editor").get(f"/edit/items/{things.public['item']}").status_code == 200
    assert person(app, "other-editor").get(f"/edit/items/{things.public['item']}").status_code == 403


def test_somebody_of_two_groups_acts_for_one_at_a_time(
    app: Flask, things: Things, database: Database
) -> None:
    with database.writing() as session:
        give_process(session, NOW, things.public["process"], "other-watch", 4)
        add_user(session, NOW, "both@example.org", UserRole.EDITOR, "city-watch", password=WORDS)
        user = user_by_email(session, "both@example.org")
        assert user is not None
        join_group(session, NOW, user, UserRole.CONTRIBUTOR, "other-watch")
    both = person(app, "both")
    page = f"/edit/items/{things.draft['item']}"
    assert both.get(page).status_code == 404
    both.get("/edit/account")
    assert both.post("/edit/account/group", group="other-watch").status_code == 303
    assert both.get(page).status_code == 200
    assert both.post("/edit/account/group", group="nowhere").status_code == 404
