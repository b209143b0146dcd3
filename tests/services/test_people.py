"""People: added, let in, shut out."""

import pytest

from tests.services.entered import NOW
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import UserRole
from tracker.services import people
from tracker.storage.engine import Database
from tracker.storage.people import members

WORDS = "three calm herons"


def refused(caught: pytest.ExceptionInfo[NotAccepted]) -> set[str]:
    return {one.field for one in caught.value.refusals}


def test_a_person_added_without_a_password_gets_one_made_that_lets_them_in(database: Database) -> None:
    with database.writing() as session:
        added = people.add_user(session, NOW, " New@Example.org ", UserRole.EDITOR, "city-watch")
        assert added.password is not None and len(added.password) >= 20
        assert people.authenticate(session, "new@example.ORG", added.password) is added.user
        [member] = members(session)
        assert (member.role, member.group_name, member.actor) == (
            UserRole.EDITOR,
            "City watch",
            "group:city-watch",
        )


def test_a_wrong_password_an_unknown_and_a_shut_out_person_get_the_same_answer(database: Database) -> None:
    with database.writing() as session:
        added = people.add_user(session, NOW, "a@example.org", UserRole.EDITOR, "watch", password=WORDS)
        assert people.authenticate(session, "a@example.org", "wrong") is None
        assert people.authenticate(session, "nobody@example.org", WORDS) is None
        people.disable(session, NOW, added.user)
        assert people.authenticate(session, "a@example.org", WORDS) is None
        people.enable(session, added.user)
        assert people.authenticate(session, "a@example.org", WORDS) is added.user


def test_a_new_password_another_role_and_shutting_out_end_every_session(database: Database) -> None:
    with database.writing() as session:
        user = people.add_user(session, NOW, "a@example.org", UserRole.EDITOR, "watch", password=WORDS).user
        epochs = [user.epoch]
        people.change_password(session, user, WORDS, "four very calm herons")
        epochs.append(user.epoch)
        people.join_group(session, NOW, user, UserRole.REVIEWER, "watch")
        epochs.append(user.epoch)
        people.disable(session, NOW, user)
        assert [*epochs, user.epoch] == [0, 1, 2, 3]


def test_the_old_password_is_asked_for_before_it_is_changed(database: Database) -> None:
    with database.writing() as session:
        user = people.add_user(session, NOW, "a@example.org", UserRole.EDITOR, "watch", password=WORDS).user
        with pytest.raises(NotAccepted) as caught:
            people.change_password(session, user, "wrong", "four very calm herons")
        assert refused(caught) == {"old"}


@pytest.mark.parametrize(
    ("email", "group", "password", "fields"),
    [
        ("no address", "watch", WORDS, {"email"}),
        ("a@b\r\nBcc: x@y.org", "watch", WORDS, {"email"}),
        ("a@example.org", "Not A Key", WORDS, {"group"}),
        ("a@example.org", "watch", "short", {"password"}),
        ("a@example.org", "watch", "Password12345", {"password"}),
        ("a@example.org", "watch", "aaaaaaaaaaaaaa", {"password"}),
        ("somebody@example.org", "watch", "somebody@example.org", {"password"}),
        ("no", "N", "x", {"email", "group", "password"}),
    ],
)
def test_what_cannot_be_a_person_is_refused_at_its_field(
    database: Database, email: str, group: str, password: str, fields: set[str]
) -> None:
    with database.writing() as session, pytest.raises(NotAccepted) as caught:
        people.add_user(session, NOW, email, UserRole.EDITOR, group, password=password)
    assert refused(caught) == fields


def test_an_address_is_added_once_whatever_its_case(database: Database) -> None:
    with database.writing() as session:
        people.add_user(session, NOW, "a@example.org", UserRole.EDITOR, "watch", password=WORDS)
        with pytest.raises(NotAccepted) as caught:
            people.add_user(session, NOW, "A@Example.org", UserRole.ADMIN, "watch", password=WORDS)
    assert refused(caught) == {"email"}
