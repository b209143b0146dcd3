"""What is posted into chats: the shape and limits each system documents, and titles that can do nothing there."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tracker.assets import data
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.webhook import Hook, Posting
from tracker.domain.words import Basis, EventKind, Frequency
from tracker.rendering.mail import Publication
from tracker.rendering.tongue import tongues
from tracker.rendering.webhook import JSON, PostWriter
from tracker.rendering.webhook_chat import NO_WIDTH, read_templates, units

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
SITE = Publication("Answer Watch", "City Watch", "https://answers.example.org", "en")
WRITER = PostWriter(SITE, tongues(("en",), data("translations")), read_templates(data("webhook_templates")))
CHATS = sorted(WRITER.templates)
NASTY = (
    "@everyone <!channel> <@U024BE7LR> @channel @here @all <https://evil.example|click> "
    '[bank](https://evil.example) **bold** `code` &amp; {url} {headline} %(n)d \u202egnp.exe "quoted" \\ end'
)


@dataclass(frozen=True)
class Line:
    """An event as the log has it."""

    id: int = 1
    key: str = "abc"
    kind: EventKind = EventKind.BECAME_OVERDUE
    happened_on: date = date(2026, 5, 4)
    recorded_at: datetime = NOW
    announced_at: datetime = NOW
    backfill: bool = False
    actor: str = "clock"
    detail: dict[str, Any] = field(default_factory=lambda: {"due_on": "2026-05-04", "standing": "overdue"})
    obligation_id: int | None = 1
    basis: Basis | None = Basis.STATUTE
    item_key: str = "item-1"
    item_title: str = "A bridge"
    item_ref: str = ""
    body_key: str = "ministry"
    body_name: str = "Ministry of Water"
    process_key: str = ""
    process_name: str = ""
    response_key: str = ""
    response_title: str = ""
    source_key: str = ""
    source_name: str = ""


def posted(template: str, *lines: Line, lifted: frozenset[int] = frozenset(), **filters: str) -> Any:
    query = ListQuery(ListName.OVERDUE, Filters(**filters))
    hook = Hook(1, "https://chat.example", "chat.example:443", template, query, Frequency.INSTANT, "en", ())
    until = NOW + timedelta(minutes=10)
    body = WRITER.word(Posting("b", until, len(lines), 1, hook, lines, lifted=lifted), NOW)
    assert body.content_type == "application/json"
    return json.loads(body.text)


def many(number: int, title: str = "A bridge") -> list[Line]:
    return [
        Line(id=n, key=f"k{n}", obligation_id=n, item_key=f"item-{n}", item_title=title)
        for n in range(number)
    ]


def texts(shape: Any) -> list[str]:
    """Every text of a body."""
    if isinstance(shape, dict):
        return [one for value in shape.values() for one in texts(value)]
    if isinstance(shape, list):
        return [one for value in shape for one in texts(value)]
    return [shape] if isinstance(shape, str) else []


@pytest.mark.parametrize("chat", CHATS)
def test_news_a_test_and_very_much_news_are_worded_in_every_chat(chat: str) -> None:
    said = json.dumps(posted(chat, Line()))
    assert "A bridge" in said and "4 May 2026" in said
    assert "this webhook works" in json.dumps(posted(chat))
    much = posted(chat, *many(300, "A title that is long. " * 20))
    assert max(map(units, texts(much))) <= WRITER.templates[chat].longest
    assert "more change" in json.dumps(much)


@pytest.mark.parametrize("chat", CHATS)
def test_one_change_is_said_once_and_several_have_a_headline(chat: str) -> None:
    one = json.dumps(posted(chat, Line(item_title="Bridges")), ensure_ascii=False)
    assert one.count("Bridges") == 1
    assert not [text for text in texts(json.loads(one)) if not text.strip("*#_ ")]
    assert "among them" in json.dumps(posted(chat, *many(2)))


@pytest.mark.parametrize("chat", CHATS)
def test_a_flag_that_was_lifted_is_told_by_what_came_after(chat: str) -> None:
    lines = Line(), Line(2, key="b", kind=EventKind.CORRECTED, detail={})
    assert "newly overdue" in json.dumps(posted(chat, *lines))
    said = json.dumps(posted(chat, *lines, lifted=frozenset({1})))
    assert "Became overdue" not in said and "newly overdue" not in said
    assert "A bridge" in said


def test_slack_gets_a_text_below_its_limit_and_only_links_of_ours() -> None:
    body = posted("slack", *many(40, NASTY))
    assert units(body["text"]) <= 4000
    assert set(body) == {"text", "mrkdwn", "unfurl_links", "unfurl_media"}
    marked = re.findall(r"<([^>]*)>", body["text"])
    assert marked
    assert all(one.startswith("https://answers.example.org/") for one in marked)
    assert all(one.count("|") >= 1 for one in marked)


def test_slack_addresses_with_several_filters_are_escaped() -> None:
    text = posted("slack", Line(), body="ministry", topic="health")["text"]
    assert "<https://answers.example.org/overdue?body=ministry&amp;topic=health|" in text


@pytest.mark.parametrize("chat", ["mattermost", "matrix", "discord", "teams"])
def test_no_title_mentions_anybody(chat: str) -> None:
    for text in texts(posted(chat, Line(item_title=NASTY, body_name="@all"))):
        assert re.search(r"@\w", text) is None
    assert f"@{NO_WIDTH}everyone" in json.dumps(posted(chat, Line(item_title=NASTY)), ensure_ascii=False)


@pytest.mark.parametrize("chat", ["mattermost", "matrix"])
def test_no_title_makes_a_link_of_its_own(chat: str) -> None:
    text = posted(chat, Line(item_title=NASTY))["text"]
    targets = re.findall(r"(?<!\\)\]\(([^)]*)\)", text)
    assert targets
    assert all(one.startswith("https://answers.example.org/") for one in targets)
    assert len(re.findall(r"(?<!\\)\[", text)) == len(targets)


def test_mattermost_stays_below_its_limit() -> None:
    assert units(posted("mattermost", *many(100, NASTY))["text"]) <= 16383


def test_discord_keeps_its_limits_and_lets_nothing_ping() -> None:
    body = posted("discord", *many(100, "😀" * 400))
    assert body["allowed_mentions"] == {"parse": []}
    assert units(body["content"]) <= 2000
    assert 1 <= len(body["embeds"]) <= 10
    assert all(units(one["title"]) <= 256 for one in body["embeds"])
    assert sum(units(text) for one in body["embeds"] for text in one.values()) <= 6000
    assert all(one["url"].startswith("https://answers.example.org/items/") for one in body["embeds"])
    assert posted("discord")["embeds"] == []


def test_teams_gets_one_card_of_plain_runs_below_its_limit() -> None:
    body = posted("teams", *many(100, "水" * 400))
    assert len(json.dumps(body, ensure_ascii=False).encode()) < 28_000
    (one,) = body["attachments"]
    assert (body["type"], one["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    card = one["content"]
    assert card["type"] == "AdaptiveCard"
    assert [block["type"] for block in card["body"]] == ["RichTextBlock", "Container", "RichTextBlock"]
    for line in card["body"][1]["items"]:
        run, day = line["inlines"]
        assert (run["type"], day["text"]) == ("TextRun", " (due 4 May 2026, found on 4 May 2026)")
        assert run["selectAction"]["url"].startswith("https://answers.example.org/items/")
    assert card["actions"][0]["url"] == "https://answers.example.org/overdue"
    assert all(line["type"] == "RichTextBlock" for line in card["body"][1]["items"])
    assert "entities" not in json.dumps(body)


@pytest.mark.parametrize("chat", CHATS)
def test_what_a_title_says_of_places_stays_a_title(chat: str) -> None:
    """A title with `{url}` or `{headline}` fills no place of a template."""
    every = " ".join(texts(posted(chat, Line(item_title="{url} {more} {site}"))))
    assert re.search(r"\\?\{url\\?\}", every)


@pytest.mark.parametrize("chat", CHATS)
def test_signs_that_reorder_or_break_lines_are_taken_out(chat: str) -> None:
    shown = posted(chat, Line(item_title="one\u202etwo\r\n# three\u2028four\x00"))
    every = " ".join(texts(shown))
    assert not set(every) & {"\u202e", "\r", "\u2028", "\x00"}
    assert not any(line.startswith("# three") for line in every.split("\n"))


def test_what_weighs_most_is_shown_where_a_chat_has_no_room_for_all() -> None:
    answered = [replace(one, kind=EventKind.ANSWERED, detail={}) for one in many(40)]
    overdue = Line(id=99, key="k99", obligation_id=99, item_title="A tunnel")
    assert "A tunnel" in posted("discord", *answered, overdue)["embeds"][0]["title"]


def test_the_same_obligation_is_told_once_in_a_chat_and_fully_to_a_program() -> None:
    twice = [Line(), replace(Line(), id=2, key="k2", kind=EventKind.ANSWERED_LATE)]
    assert len(posted("discord", *twice)["embeds"]) == 1
    assert len(posted(JSON, *twice)["data"]["events"]) == 2


def test_a_template_says_which_systems_rules_it_follows() -> None:
    for one in WRITER.templates.values():
        assert one.name
        assert one.longest_title <= one.longest
        assert one.escape_before or one.entities or one.hide_after
