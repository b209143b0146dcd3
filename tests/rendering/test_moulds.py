"""What is said to several readers is worded once: nobody sees another's links, and nothing stale is told."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rendering.test_mail_digest import LIST, NOW, PARCEL, News
from tracker.assets import templates, translations
from tracker.channels.email import EmailChannel, Relay
from tracker.domain.parcel import FeedingSource, Parcel, Tokens, Wanted
from tracker.domain.post import Message
from tracker.domain.words import Frequency
from tracker.rendering.mail import MailWriter, Publication
from tracker.rendering.tongue import tongues

PUBLICATION = Publication("Answer Watch", "City Watch", "https://answers.example.org", "en")
TONGUES = tongues(["en", "es"], translations())
CHANNEL = EmailChannel(Relay("127.0.0.1", 1, "alerts@example.org"))
ADAS, BOBS = (
    Tokens(manage="a" * 43, unsubscribe="b-_" * 14 + "b"),
    Tokens(manage="c" * 43, unsubscribe="d" * 43),
)


def writer() -> MailWriter:
    return MailWriter(PUBLICATION, TONGUES, templates())


def parcels(news: list[News]) -> tuple[Parcel, Parcel]:
    ada = replace(PARCEL, tokens=ADAS, news=news)
    return ada, replace(ada, address="bob@example.org", message_id="<c@example.org>", tokens=BOBS, batch="c")


def without_boundary(wire: bytes) -> bytes:
    return re.sub(rb"=_[0-9a-f]{32}", b"BOUNDARY", wire)


def plain(message: Message) -> Message:
    return replace(message, mould=None, fills=())


def test_who_comes_second_gets_what_he_would_get_alone() -> None:
    ada, bob = parcels([News(), News(id=2, key="l", item_title="Ríos — “claros” ✓ =20 =_")])
    both, alone = writer(), writer()
    both.word(ada, NOW)
    later = NOW + timedelta(seconds=3)
    assert plain(both.word(bob, later)) == plain(alone.word(bob, later))


def test_nobody_gets_the_links_of_another() -> None:
    both = writer()
    for parcel, other in zip(parcels([News()]), reversed(parcels([News()])), strict=True):
        message = both.word(parcel, NOW)
        wire = CHANNEL.wire(message).replace(b"=\r\n", b"").decode()
        for said in (message.text, message.html, wire):
            assert parcel.tokens.manage in said
            assert parcel.tokens.unsubscribe in said
            assert other.tokens.manage not in said
            assert other.tokens.unsubscribe not in said
        assert message.to == parcel.address
        assert parcel.tokens.unsubscribe in message.unsubscribe_url


@given(st.lists(st.text(max_size=200), min_size=1, max_size=3), st.integers(20, 60))
def test_the_bytes_are_those_of_the_finished_words(titles: list[str], length: int) -> None:
    news = [News(id=n, key=str(n), item_title=title) for n, title in enumerate(titles)]
    _, bob = parcels(news)
    parcel = replace(bob, tokens=Tokens(manage="m-" * (length // 2), unsubscribe="u" * length))
    message = writer().word(parcel, NOW)
    assert message.mould is not None
    assert without_boundary(CHANNEL.wire(message)) == without_boundary(CHANNEL.wire(plain(message)))


def test_two_who_live_by_other_clocks_get_their_own_times() -> None:
    both = writer()
    ada, bob = parcels([News(), News(2, announced_at=NOW + timedelta(hours=1))])
    both.word(ada, NOW)
    assert "JST" in both.word(replace(bob, zone="Asia/Tokyo"), NOW).text


@pytest.mark.parametrize(
    "change",
    [
        {"news": [News(item_title="Another title")]},
        {"news": [News(detail={"days_overdue": 9, "checked_on": "2026-05-11"})]},
        {"language": "es"},
        {"wanted": [replace(LIST, weekday=3)]},
        {"wanted": [Wanted(1, LIST.query, Frequency.INSTANT)]},
        {"wanted": [LIST, Wanted(2, LIST.query, Frequency.INSTANT)], "told_for": {1: [1, 2]}},
        {"names": {("body", "water"): "Ministry of Water and Sewers"}},
        {"sources": [FeedingSource("s", "The register", timedelta(days=1), broken_since_at=NOW)]},
    ],
)
def test_what_differs_is_worded_anew(change: dict[str, object]) -> None:
    both, (ada, bob) = writer(), parcels([News()])
    both.word(ada, NOW)
    changed = replace(bob, **change)  # type: ignore[arg-type]
    found = both.word(changed, NOW)
    assert plain(found) == plain(writer().word(changed, NOW))
    assert found.text != both.word(bob, NOW).text


def test_a_source_that_was_not_read_in_time_meanwhile_is_told() -> None:
    ada, bob = parcels([News()])
    source = FeedingSource("s", "The register", timedelta(days=1), last_success_at=NOW)
    both, later = writer(), NOW + timedelta(days=3)
    both.word(replace(ada, sources=[source]), NOW)
    assert "The register" in both.word(replace(bob, sources=[source]), later).text


def test_only_so_many_wordings_are_remembered_and_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.rendering.moulds.MOST", 3)
    both, (ada, _) = writer(), parcels([News()])
    for number in range(10):
        both.word(replace(ada, news=[News(id=number)]), NOW)
    assert len(both._moulds._known) <= 3
    assert ada.address not in repr(both._moulds._known)
    assert ADAS.manage not in repr(both._moulds._known)
