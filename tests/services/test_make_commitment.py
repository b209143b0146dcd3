"""A sentence of a reply becomes a commitment with its own clock."""

from datetime import date

import pytest

from tests.services.entered import GROUP, NOW, item, owing
from tests.services.test_respond import reply
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ItemKind, Visibility
from tracker.services.make_commitment import MakeCommitment, make_commitment
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of, owed_for_item
from tracker.storage.responses import answered_items, commitments_in, promised_for

TEXT = "We accept this. We will publish the gauges by 1 March 2027."
PROMISE = "We will publish the gauges by 1 March 2027."


def test_the_commitment_arises_from_the_response_and_has_its_own_clock(database: Database) -> None:
    with database.writing() as session:
        asked = item(session)
        [id_] = owing(session, asked)
        response = respond(session, NOW, reply(id_, text=TEXT), actor=GROUP)
        said = MakeCommitment(response=response.key, obligation=id_, quote=PROMISE, due=day(date(2027, 3, 1)))
        made = make_commitment(session, NOW, said, actor=GROUP)
        [owed] = owed_for_item(session, id_of(made))
        assert (made.kind, made.visibility, made.text) == (ItemKind.COMMITMENT, Visibility.PUBLIC, PROMISE)
        assert (owed.terms.stated_on, owed.obligation.kind.value) == (date(2027, 3, 1), "deliver")
        assert commitments_in(session, [id_of(response)]) == promised_for(session, id_of(asked)) == [made]
        assert answered_items(session, id_of(response)) == [asked]
        with pytest.raises(NotAccepted) as caught:
            make_commitment(session, NOW, said, actor=GROUP)
        assert [one.field for one in caught.value.refusals] == ["quote"]


@pytest.mark.parametrize("quote", ["", "We will build a bridge."])
def test_only_words_of_the_reply_can_be_a_commitment(database: Database, quote: str) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_, text=TEXT), actor=GROUP)
        with pytest.raises(NotAccepted) as caught:
            said = MakeCommitment(response=response.key, obligation=id_, quote=quote)
            make_commitment(session, NOW, said, actor=GROUP)
        assert [one.field for one in caught.value.refusals] == ["quote"]
