"""A draft is in no list, feed, search, export or answer of the API, however it is asked for; once let out it is."""

from sqlmodel import Session

from tests.services.entered import GROUP, NOW, owing, report
from tests.web.open_site import Opened
from tests.whole.outputs import addresses, fetch
from tracker.services.enter import EnterItem, OwedBy
from tracker.services.enter_many import Row, enter_many, publish_drafts
from tracker.services.enter_process import EnterBody
from tracker.services.reckon import Deadline
from tracker.storage.document_entry import keep_defaults
from tracker.storage.engine import Database
from tracker.storage.entries import document_by_key
from tracker.storage.tables import Document, Item

MARK = "Zyxwvutt"
MOST = 40


def entered(session: Session) -> tuple[Document, list[Item]]:
    document = document_by_key(session, report(session))
    assert document is not None
    keep_defaults(session, NOW, document, {"owing": f"{MARK} of the defaults"}, actor=GROUP)
    new = EnterBody(name="Water Works Ltd", jurisdiction="GB")
    rows = [
        Row(
            place,
            EnterItem(
                document=document.key,
                title=f"{MARK} title {place}",
                text=f"{MARK} text {place}",
                ref=f"{MARK} {place}",
                addressees=(OwedBy(body="ministry-of-water"), OwedBy(new=new)),
                deadline=Deadline(rule="gb-commons-select-committee", as_written=f"{MARK} words"),
                draft=True,
            ),
        )
        for place in (1, 2)
    ]
    return document, enter_many(session, NOW, document, rows, actor=GROUP)


def asked_for(site: Opened, keys: list[str], ids: list[int]) -> list[str]:
    """Every public address, and those that a draft would have."""
    with site.database.reading() as session:
        found = list(addresses(site.app, session, MOST))
    search = [f"/search{form}?q={MARK}" for form in ("", ".atom", ".rss", ".json", ".csv", ".ics")]
    lists = [f"/obligations{form}?q={MARK}" for form in ("", ".json", ".csv", ".atom")]
    api = [
        f"/api/v1/{kind}?q={MARK}&per_page=100" for kind in ("items", "obligations", "events", "documents")
    ]
    own = [f"/items/{key}" for key in keys] + [f"/api/v1/items/{key}" for key in keys]
    return found + search + lists + api + own + [f"/api/v1/obligations/{id_}" for id_ in ids]


def holding(site: Opened, asked: list[str]) -> list[str]:
    """The addresses whose answer holds the mark in something that was not asked for in these words."""
    said = (
        (
            address,
            fetch(site.client, address)[1]
            .replace(f"q={MARK}".encode(), b"")
            .replace(f'"{MARK}"'.encode(), b"")
            .replace(f"<mark>{MARK}</mark>".encode(), MARK.encode()),
        )
        for address in asked
    )
    return [
        address
        for address, body in said
        if f"{MARK} t".encode() in body
        or f"{MARK} words".encode() in body
        or f"{MARK} of the defaults".encode() in body
    ]


def test_drafts_are_in_no_output_until_they_are_let_out(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    site = Opened(database, NOW)
    with database.writing() as session:
        document, made = entered(session)
        keys, ids = [one.key for one in made], [id_ for one in made for id_ in owing(session, one)]
    asked = asked_for(site, keys, ids)
    assert len(asked) > 100
    assert holding(site, asked) == []
    for address in asked[-len(keys) - len(ids) :]:
        assert site.client.get(address).status_code == 404, address
    with database.writing() as session:
        known = document_by_key(session, document.key)
        assert known is not None and publish_drafts(session, NOW, known, actor=GROUP) == len(keys)
    shown = holding(site, asked_for(site, keys, ids))
    assert {f"/items/{key}" for key in keys} <= set(shown) and f"/search?q={MARK}" in shown
    database.close()
