"""A digest as a message: its subject says the news, its parts are readable anywhere, and it is never endless."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import html5lib
import pytest

from tracker.assets import templates, translations
from tracker.domain.letter import NOTICE, Letter
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.parcel import FeedingSource, Parcel, Tokens, Wanted
from tracker.domain.post import Message
from tracker.domain.words import Basis, EventKind, Frequency
from tracker.rendering.headlines import LONGEST, MOST_TOLD
from tracker.rendering.mail import MailWriter, Publication
from tracker.rendering.tongue import tongues

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
K = EventKind
WRITER = MailWriter(
    Publication("Answer Watch", "City Watch", "https://answers.example.org", "en"),
    tongues(["en", "es"], translations()),
    templates(),
)


@dataclass(frozen=True)
class News:
    id: int = 1
    key: str = "k"
    kind: EventKind = K.BECAME_OVERDUE
    happened_on: date = date(2026, 5, 11)
    announced_at: datetime = NOW
    detail: dict[str, Any] = field(default_factory=lambda: {"days_overdue": 8, "checked_on": "2026-05-11"})
    obligation_id: int | None = None
    basis: Basis | None = Basis.STATUTE
    item_key: str = "publish"
    item_title: str = "Publish the river data"
    item_ref: str = "4"
    body_key: str = "water"
    body_name: str = "Ministry of Water"
    process_key: str = "p"
    process_name: str = "Assembly"
    source_key: str = ""
    source_name: str = ""


LIST = Wanted(1, ListQuery(ListName.OVERDUE, Filters(body="water", topic="health")), Frequency.WEEKLY)
PARCEL = Parcel(
    batch="b",
    message_id="<b@example.org>",
    lease_until_at=NOW,
    rows=1,
    attempts=1,
    channel="email",
    address="ada@example.org",
    address_hash="h",
    language="en",
    wanted=[LIST],
    tokens=Tokens(manage="m", unsubscribe="u"),
    names={("body", "water"): "Ministry of Water"},
)


def message(*news: News, **changes: Any) -> Message:
    return WRITER.word(replace(PARCEL, news=news, **changes), NOW)


def test_one_event_is_its_own_subject() -> None:
    assert message(News()).subject == "Became overdue: Ministry of Water – Publish the river data"


def test_several_are_counted_the_newly_overdue_first() -> None:
    said = message(News(2, kind=K.ANSWERED), News(), News(3)).subject
    assert said == "2 newly overdue and 1 answered, among them Ministry of Water – Publish the river data"


@pytest.mark.parametrize("number", [1, 2, 40])
@pytest.mark.parametrize("name", ["Ministry", "Department " * 30, "W" * 300])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_subject_is_never_longer_than_mail_programs_show(number: int, name: str, language: str) -> None:
    kinds = list(K)
    news = [
        News(n, kind=kinds[n % len(kinds)], body_name=name, item_title=f"{name} and its rivers")
        for n in range(number)
    ]
    said = message(*news, language=language).subject
    assert 0 < len(said) <= LONGEST
    assert "\n" not in said


def test_a_subject_keeps_some_of_the_items_title_beside_a_long_name() -> None:
    news = [
        News(n, body_name="Department for Science, Innovation and Technology of the Realm") for n in (1, 2)
    ]
    assert "river data" in message(*news).subject


def test_a_digest_of_five_hundred_is_cut_and_says_how_many_more_there_are_and_where() -> None:
    worded = message(*[News(n) for n in range(500)])
    assert worded.subject.startswith("500 newly overdue")
    assert worded.text.count("* Ministry of Water") == MOST_TOLD == worded.html.count("<li style=")
    assert f"{500 - MOST_TOLD} more changes stand on the site" in worded.text
    assert "https://answers.example.org/overdue?body=water&topic=health" in worded.text
    assert "https://answers.example.org/overdue?body=water&amp;topic=health" in worded.html


def test_lines_of_text_are_at_most_72_signs_unless_they_hold_an_address() -> None:
    long = "A very long title that goes on about rivers, lakes and what is owed about them. " * 3
    worded = message(*[News(n, item_title=long) for n in range(3)], sources=[BROKEN])
    assert [line for line in worded.text.splitlines() if len(line) > 72 and "https://" not in line] == []


def test_the_lists_are_named_as_the_site_names_things() -> None:
    assert "Overdue (body: Ministry of Water; topic: Health and care), once a week" in " ".join(
        message(News()).text.split()
    )


def test_what_is_withheld_is_not_named_by_its_key() -> None:
    worded = message(News(item_key="other", body_key="", body_name=""), names={})
    assert "Overdue (body: no longer public; topic" in " ".join(worded.text.split())


def test_each_line_says_for_which_of_several_lists_it_came() -> None:
    second = Wanted(2, ListQuery(ListName.ALL), Frequency.INSTANT)
    worded = message(News(1), News(2), wanted=[LIST, second], told_for={1: [1, 2], 2: [2]})
    assert re.findall(r"For list (.+)", worded.text) == ["1, 2", "2"]
    assert "2. Everything in the public log, at once" in worded.text
    assert "For list" not in message(News(1), told_for={1: [1]}).text


def test_news_of_several_days_says_the_time_it_covers() -> None:
    worded = message(News(1), News(2, announced_at=NOW - timedelta(days=40)))
    assert "Changes announced from 2 April 2026, 09:00 UTC to 12 May 2026, 09:00 UTC." in " ".join(
        worded.text.split()
    )


BROKEN = FeedingSource("gazette", "Gazette", timedelta(days=1), broken_since_at=NOW - timedelta(days=9))


def test_a_broken_source_is_one_line() -> None:
    worded = message(News(), sources=[BROKEN])
    assert "Our reader for “Gazette” is broken since 3 May 2026: answers there may be missing." in " ".join(
        worded.text.split()
    )
    assert "https://answers.example.org/sources" in worded.html


def test_many_broken_sources_are_counted() -> None:
    worded = message(News(), sources=[replace(BROKEN, name=f"Gazette {n}") for n in range(9)])
    assert worded.text.count("is broken since") == 5
    assert "4 other sources are not read either" in worded.text


def test_the_html_part_stands_alone_and_follows_dark_clients() -> None:
    html = message(News(), sources=[BROKEN]).html
    html5lib.HTMLParser(strict=True).parse(html)
    assert '<meta name="color-scheme" content="light dark">' in html
    assert not re.search(r"<(img|link|script|table|iframe)\b|url\(|background|[^-]color:", html)
    assert "font-size:16px" in html


def test_hostile_titles_stay_text() -> None:
    html = message(News(item_title="<script>alert(1)</script>", body_name='"><img src=x>')).html
    assert "<script" not in html and "<img" not in html


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_quiet_message_has_all_its_parts(language: str) -> None:
    quiet = replace(LIST, quiet_from_at=NOW - timedelta(days=7))
    worded = message(letter="quiet", wanted=[quiet], language=language)
    html5lib.HTMLParser(strict=True).parse(worded.html)
    assert worded.subject and worded.unsubscribe_url and len(worded.subject) <= LONGEST
    assert worded.list_name == "overdue"


def test_moments_that_read_alike_are_no_range() -> None:
    two = message(News(), News(2, announced_at=NOW + timedelta(seconds=1)))
    assert "Changes announced" not in two.text + two.html
    later = message(News(), News(2, announced_at=NOW + timedelta(hours=1)))
    assert "Changes announced" in later.text


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("UTC", "en", "from 12 May 2026, 22:30 UTC to 12 May 2026, 23:30 UTC"),
        ("Europe/Madrid", "en", "from 13 May 2026, 00:30 CEST to 13 May 2026, 01:30 CEST"),
        ("Europe/Madrid", "es", "13 de mayo de 2026, 00:30 CEST"),
        ("America/Bogota", "en", "from 12 May 2026, 17:30 UTC-05 to 12 May 2026, 18:30 UTC-05"),
        ("Asia/Kathmandu", "en", "from 13 May 2026, 04:15 UTC+0545"),
    ],
)
def test_times_are_by_the_readers_clocks_and_name_the_zone(zone: str, language: str, said: str) -> None:
    late = datetime(2026, 5, 12, 22, 30, tzinfo=UTC)
    two = News(announced_at=late), News(2, announced_at=late + timedelta(hours=1))
    worded = message(*two, zone=zone, language=language)
    assert said in " ".join(worded.text.split())
    assert said in worded.html


def test_a_quiet_messages_times_are_by_the_readers_clocks() -> None:
    quiet = replace(LIST, quiet_from_at=NOW - timedelta(days=7))
    worded = message(letter="quiet", wanted=[quiet], zone="Asia/Tokyo")
    assert f"{NOW + timedelta(hours=9):%H:%M} JST" in worded.text
    assert "UTC" not in worded.text + worded.html


@pytest.mark.parametrize(("language", "often"), [("en", "once a week (Friday)"), ("es", "(viernes)")])
def test_the_foot_names_the_day_of_a_weekly_digest(language: str, often: str) -> None:
    worded = message(News(), wanted=[replace(LIST, weekday=4)], language=language)
    assert often in " ".join(worded.text.split())
    assert often in worded.html


def test_one_click_says_that_it_leaves_several_lists() -> None:
    several = [LIST, replace(LIST, id=2, query=ListQuery(ListName.ALL, Filters(topic="health")))]
    assert "Leave all your lists with one click" in message(News(), wanted=several).text
    assert "Leave all your lists" not in message(News()).text


@pytest.mark.parametrize("letter", ["confirm", "already"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_letters_about_a_list_are_readable_in_72_columns(letter: str, language: str) -> None:
    asked = ListQuery(ListName.ALL, Filters(topic="health", jurisdiction="GB-SCT", body="water"))
    tokens = Tokens(confirm="c", manage="m", unsubscribe="u")
    wanted = [Wanted(1, asked, Frequency.WEEKLY)]
    text = message(letter=letter, tokens=tokens, language=language, wanted=wanted).text
    assert not [line for line in text.splitlines() if len(line) > 72 and "https://" not in line]


def test_letters_of_any_other_kind_are_readable_in_72_columns() -> None:
    reasons = "Why\n" + "so " * 90
    said = {"until": "2026-06-01", "body": "Ministry of Water", "title": "Publish", "reasons": reasons}
    letter = Letter(1, NOTICE, "ada@example.org", "en", "<l@example.org>", said, "/object")
    text = WRITER.letter(letter, NOW).text
    assert "\nWhy\nso so" in text
    assert not [line for line in text.splitlines() if len(line) > 72]
