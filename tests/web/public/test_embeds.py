"""Frames and badges for other people's pages: dated, inert, framable, and gone with what is withheld."""

import json
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from sqlmodel import Session

from tests.services import entered
from tests.shared import shared
from tests.web.open_site import BASE, BEFORE, Opened, answer_late, small_site, still_site
from tests.web.pages import Reader
from tracker.domain.words import Basis, ObjectionKind, ObjectionState
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.look import Look, look
from tracker.services.reckon import Deadline
from tracker.services.withhold import find_one, withhold
from tracker.storage.engine import Database
from tracker.storage.tables import Objection
from tracker.web.summed_up import OVERDUE_BY

__all__ = ["small_site", "still_site"]
SVG = "{http://www.w3.org/2000/svg}"
PLACES = (
    "items/citizens-assembly-on-water-final-report-1",
    "bodies/ministry-of-rivers",
    "processes/citizens-assembly-on-water",
)
DOCUMENT = "citizens-assembly-on-water-final-report"
BADGES = tuple(f"/badge/{place}.svg" for place in PLACES)
FRAMES = tuple(f"/embed/{place}" for place in PLACES)


def frame(site: Opened, address: str, status: int = 200) -> Any:
    answer = site.get(address, status)
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root = parser.parse(answer.get_data())
    assert parser.errors == [], (address, parser.errors)
    return root


def said(root: Any) -> str:
    return " ".join(" ".join(root.itertext()).split())


def badge(site: Opened, address: str) -> tuple[list[str], str]:
    """The words that are drawn, and the title."""
    root = ElementTree.fromstring(site.get(address).get_data())
    [title] = root.iter(f"{SVG}title")
    return [one.text or "" for one in root.iter(f"{SVG}text")], title.text or ""


@pytest.mark.parametrize("address", FRAMES)
def test_anybody_may_frame_an_embed_and_it_bears_its_date_and_its_publisher(
    still_site: Opened, address: str
) -> None:
    answer = still_site.get(address)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=300" in answer.headers["Cache-Control"] and answer.headers["ETag"]
    root = frame(still_site, address)
    assert "As of 12 May 2026" in said(root) and "City Watch" in said(root)
    links = list(root.iter("a"))
    assert links and all(one.get("href", "").startswith(BASE) for one in links)
    assert {(one.get("target"), one.get("rel")) for one in links} == {("_blank", "noopener")}
    assert not list(root.iter("form")) and not list(root.iter("iframe"))
    assert still_site.get(address, 304, If_None_Match=answer.headers["ETag"]).get_data() == b""


def test_nothing_else_may_be_framed(still_site: Opened) -> None:
    answer = still_site.get("/items/citizens-assembly-on-water-final-report-1")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_an_embedded_item_names_each_body_with_its_own_standing(still_site: Opened) -> None:
    words = said(frame(still_site, FRAMES[0]))
    for name in ("Ministry of Water", "Ministry of Rivers"):
        assert f"{name} Overdue No published response found as of 12 May 2026" in words
    assert words.count("basis: convention") == 2


def test_an_embed_can_be_kept_at_a_day(still_site: Opened) -> None:
    words = said(frame(still_site, f"{FRAMES[0]}?as_of=2026-05-02"))
    assert "at the end of 2 May 2026" in words and "Due" in words and "Overdue" not in words


def test_an_embed_speaks_the_language_of_its_address(still_site: Opened) -> None:
    root = frame(still_site, f"/es{FRAMES[1]}")
    assert root.get("lang") == "es"
    assert all(one.get("href", "").startswith(f"{BASE}/es/") for one in root.iter("a"))


def test_a_badge_says_who_what_and_as_of_which_look(still_site: Opened) -> None:
    words, title = badge(still_site, BADGES[1])
    assert words == ["Ministry of Rivers", "1 answer overdue by convention · as of 12 May 2026"]
    assert "Ministry of Rivers – 1 answer overdue by convention" in title
    answer = still_site.get(BADGES[1])
    assert answer.mimetype == "image/svg+xml" and "max-age=300" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin" and answer.headers["ETag"]


def test_a_badge_of_an_item_of_several_bodies_counts_them_by_basis(still_site: Opened) -> None:
    words, title = badge(still_site, BADGES[0])
    assert words == ["2 bodies", "Overdue (convention): 2 · as of 12 May 2026"]
    assert "Ministry of Rivers: No published response found" in title


def overdue_alone(session: Session, now: datetime) -> int:
    """An item of one body that was looked for in vain on 12 May 2026; its obligation."""
    item = entered.item(session, document=DOCUMENT, key="one", title="One", now=now)
    [owed] = entered.owing(session, item)
    seen = Look(obligations=(owed,), looked_on=date(2026, 5, 12), places=("https://water.example/",))
    look(session, now, seen, actor=entered.GROUP)
    return owed


def test_a_badge_of_one_clock_counts_its_days_to_the_look(small_site: Opened) -> None:
    with small_site.write() as session:
        overdue_alone(session, small_site.now)
    assert badge(small_site, "/badge/items/one.svg")[0] == [
        "Ministry of Water",
        "Overdue (convention), 8 days · as of 12 May 2026",
    ]


def test_a_badge_says_that_the_body_objects_to_its_flag(small_site: Opened) -> None:
    with small_site.write() as session:
        owed = overdue_alone(session, small_site.now)
        session.add(
            Objection(
                number="O-2026-1",
                obligation_id=owed,
                kind=ObjectionKind.WE_ANSWERED,
                state=ObjectionState.OPEN,
                said_on=date(2026, 5, 3),
                verified_at=small_site.now,
                recorded_at=small_site.now,
                recorded_by="contact:1",
            )
        )
    [_label, message] = badge(small_site, "/badge/items/one.svg")[0]
    assert message == "Overdue (convention), 8 days · the body says it answered · as of 12 May 2026"


def test_a_badge_of_flags_on_several_bases_names_each_of_them_whole(small_site: Opened) -> None:
    with small_site.write() as session:
        for basis in (Basis.STATUTE, Basis.PROMISE):
            term = Deadline(basis=basis, stated=entered.STATED.stated)
            item = entered.item(session, document=DOCUMENT, key=basis.value, deadline=term, now=BEFORE)
            owed = tuple(entered.owing(session, item))
            seen = Look(obligations=owed, looked_on=date(2026, 5, 12), places=("https://water.example/",))
            look(session, small_site.now, seen, actor=entered.GROUP)
    [_label, message] = badge(small_site, "/badge/bodies/ministry-of-water.svg")[0]
    flags = "Overdue (law): 1 · Overdue (convention): 1 · Overdue (their own promise): 1 · "
    assert message.startswith(flags) and message.endswith(" · as of 12 May 2026")


def test_dates_only_asked_for_are_never_called_overdue(small_site: Opened) -> None:
    with small_site.write() as session:
        enter_body(
            session, small_site.now, EnterBody(name="Asked Ltd", jurisdiction="GB"), actor=entered.GROUP
        )
        asked = Deadline(basis=Basis.REQUEST, stated=entered.STATED.stated)
        item = entered.item(session, "asked-ltd", document=DOCUMENT, key="asked", deadline=asked, now=BEFORE)
        seen = Look(
            obligations=tuple(entered.owing(session, item)),
            looked_on=date(2026, 5, 12),
            places=("https://asked.example/",),
        )
        look(session, small_site.now, seen, actor=entered.GROUP)
    for address in ("/badge/bodies/asked-ltd.svg", "/badge/items/asked.svg"):
        words, title = badge(small_site, address)
        assert "verdue" not in " ".join(words) + title and "asked for" in " ".join(words), words
    assert "verdue" not in said(frame(small_site, "/embed/bodies/asked-ltd"))


def test_where_nothing_is_overdue_a_badge_says_how_far_it_has_come(small_site: Opened) -> None:
    for name in ("water", "rivers"):
        answer_late(small_site, name)
    words, _ = badge(small_site, BADGES[0])
    assert words[1].startswith("Answered late: 2 · ")
    with small_site.database.writing() as session:
        enter_body(session, small_site.now, EnterBody(name="Nobody", jurisdiction="GB"), actor=entered.GROUP)
    assert badge(small_site, "/badge/bodies/nobody.svg")[0][1].startswith("Nothing is on record. · ")


@pytest.mark.parametrize("kind", ["item", "body", "process"])
def test_what_is_withheld_or_unknown_has_neither_frame_nor_badge(small_site: Opened, kind: str) -> None:
    place = dict(zip(("item", "body", "process"), PLACES, strict=True))[kind]
    with small_site.database.writing() as session:
        thing = find_one(session, place.partition("/")[2], kind)
        withhold(session, small_site.now, thing, "of no concern", actor=entered.GROUP)
    root = frame(small_site, f"/embed/{place}", 404)
    assert "Nothing is published here" in said(root) and "river" not in said(root).lower()
    small_site.get(f"/badge/{place}.svg", 404)
    small_site.get("/embed/items/nope", 404)


HOSTILE = [
    str(one["text"])[:300]
    for one in json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
] + [
    '"><script>alert(1)</script>',
    "]]>",
    "a\x00b\x08c",
    "\u202egnp.exe",
    "&#0;",
    "</textarea><script>1</script>",
]


def test_hostile_names_are_drawn_as_they_are_and_nothing_of_them_lives(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    site = Opened(database)
    keys = []
    with site.write() as session:
        document = entered.report(session)
        for text in HOSTILE:
            title = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8").strip()
            if title:
                keys.append(entered.item(session, document=document, title=title[:290], now=BEFORE).key)
    for key in keys:
        root = ElementTree.fromstring(site.get(f"/badge/items/{key}.svg").get_data())
        assert {one.tag for one in root.iter()} <= {
            f"{SVG}{name}" for name in ("svg", "title", "rect", "path", "g", "text")
        }
        page = frame(site, f"/embed/items/{key}")
        assert [one.get("src", "").partition("?")[0] for one in page.iter("script")] == ["/static/embed.js"]
        offered = frame(site, f"/items/{key}")
        alive = [one for tag in ("script", "iframe", "img") for one in offered.iter(tag)]
        assert {one.get("type") for one in alive} <= {"application/ld+json"}
    database.close()


@pytest.mark.parametrize("place", PLACES)
def test_what_is_offered_to_paste_leads_to_the_frame_and_the_badge(still_site: Opened, place: str) -> None:
    root = frame(still_site, f"/{place}")
    pasted = {one.get("id"): one.text or "" for one in root.iter("textarea")}
    inside = html5lib.parseFragment("".join(pasted.values()), namespaceHTMLElements=False)
    [iframe], [image] = list(inside.iter("iframe")), list(inside.iter("img"))
    assert iframe.get("src") == f"{BASE}/embed/{place}" and iframe.get("title")
    assert image.get("src") == f"{BASE}/badge/{place}.svg" and image.get("alt")
    [script] = list(inside.iter("script"))
    answer = still_site.get(script.get("src", "").removeprefix(BASE))
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_demo_says_in_each_frame_that_it_is_one(demo: Reader) -> None:
    answer = demo.client.get("/embed/bodies/uk-dsit")
    assert "Demonstration." in answer.get_data(as_text=True)


def test_every_binding_basis_has_its_own_count() -> None:
    assert set(OVERDUE_BY) == {basis for basis in Basis if basis.flags_overdue}
