"""What strangers type and send is refused in a sentence or kept as it is, never an error, on both databases."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from tests.services.entered import NOW, item, owing
from tests.services.told import SECRET
from tests.shared import shared
from tracker.config import Config
from tracker.domain.link_tokens import Purpose, Seal
from tracker.services.write_links import Subject, write
from tracker.storage.engine import Database
from tracker.storage.tables import Body, BodyContact, Page
from tracker.web.app import create_app
from tracker.web.editing.throttle import limiter
from tracker.web.site import Site


class Visitor:
    """Somebody with a browser, and the page of a body's contact."""

    def __init__(self, client: FlaskClient, database: Database, page: str, owed: int) -> None:
        self.client, self.database, self.page, self.owed = client, database, page, owed

    def objects(self, **fields: Any) -> int:
        data = {"act": "object", "obligations": self.owed, **fields}
        return self.client.post(self.page, data=data).status_code


@pytest.fixture
def visitor(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    database = Database(database_url)
    with database.writing() as session:
        [owed] = owing(session, item(session))
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        body.website = "https://water.gov.example"
        contact = BodyContact(
            body_id=body.id or 0,
            address="office@water.gov.example",
            address_hash="x",
            asked_at=NOW,
            verified_at=NOW,
        )
        session.add(contact)
        session.flush()
        opens = write(session, Seal(SECRET), Purpose.OBJECT, Subject("contact", str(contact.id)), NOW)
    config = Config()
    config = replace(
        config,
        web=replace(config.web, secret_key=SECRET),
        mail=replace(config.mail, host="127.0.0.1"),
    )
    app = create_app(Site(config, database, lambda: NOW), testing=True)
    monkeypatch.setattr(limiter, "enabled", False)
    yield Visitor(app.test_client(use_cookies=False), database, f"/object/{opens}", owed)
    database.close()


def hostile() -> list[str]:
    found = json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
    rows = found if isinstance(found, list) else [one for rows in found.values() for one in rows]
    texts = [row if isinstance(row, str) else next(iter(_texts(row)), "") for row in rows]
    return [*(one for one in texts if one and _is_text(one)), "\x00"]


def _texts(row: dict[str, Any]) -> list[str]:
    return [str(row[name]) for name in ("value", "text", "string") if isinstance(row.get(name), str)]


def _is_text(given: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in given)


def test_hostile_words_in_every_field_are_no_error(visitor: Visitor) -> None:
    texts = [*hostile()[:-1:3], "\x00"]
    assert len(texts) > 25
    for text in texts:
        seen = {"link": text, "note": text, "email": text, "obligations": text, "item": text}
        answers = [
            visitor.objects(kind="wrong_body", said_body=text),
            visitor.objects(kind="wrong_date", text=text, said_on=text),
            visitor.objects(kind=text, url=text, obligations=text),
            visitor.client.post("/object", data={"body": text, "email": text}).status_code,
            visitor.client.post("/object", data={"body": "ministry-of-water", "email": text}).status_code,
            visitor.client.post("/seen-an-answer", data=seen).status_code,
            visitor.client.get("/object", query_string={"body": text, "item": text}).status_code,
            visitor.client.get("/seen-an-answer", query_string={"item": text}).status_code,
        ]
        assert max(answers) < 500, (text, answers)
    page = visitor.client.get("/bodies/ministry-of-water").get_data(as_text=True)
    assert "the body says that" in page and "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"%PDF-1.4" + b"x" * 8_000_001, 422),
        (b"\xef\xbb\xbf<html><script>alert(1)</script>", 422),
        (b" \n<?xml version='1.0'?><svg onload='alert(1)'/>", 422),
        (b"%PDF-1.4\n<html><script>alert(1)</script>", 303),
        (b"PK\x03\x04 an office document", 303),
    ],
)
def test_an_uploaded_file_is_told_by_its_bytes_and_no_browser_runs_it(
    visitor: Visitor, sent: bytes, status: int
) -> None:
    document = (BytesIO(sent), "answer.html")
    assert visitor.objects(kind="we_answered", said_on="2026-05-06", document=document) == status
    with visitor.database.reading() as session:
        kept = [page.sha256 for page in session.exec(select(Page)).all()]
    assert len(kept) == (status == 303)
    for digest in kept:
        answer = visitor.client.get(f"/evidence/{digest}/bytes")
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_address_of_somebody_is_no_name_of_a_body(visitor: Visitor) -> None:
    for said in ("jane@water.gov.example", "see https://evil.example", "x" * 301):
        assert visitor.objects(kind="wrong_body", said_body=said) == 422
    assert visitor.objects(kind="wrong_body", said_body="Ministry of Rivers") == 303


def test_a_link_opens_only_what_it_was_made_for(visitor: Visitor) -> None:
    token = visitor.page.rpartition("/")[2]
    for address in (f"/subscriptions/{token}", f"/unsubscribe/{token}", f"/object/{token}x", "/object/%00"):
        assert visitor.client.get(address).status_code == 404
    assert visitor.client.post(visitor.page, data={"act": "confirm"}).status_code == 404
    for _ in range(3):
        assert visitor.client.head(visitor.page).status_code == 200


def test_one_link_ticks_every_entry(visitor: Visitor) -> None:
    page = visitor.client.get(f"{visitor.page}?all=1").get_data(as_text=True)
    assert f'value="{visitor.owed}" checked' in page
    assert f'value="{visitor.owed}" checked' not in visitor.client.get(visitor.page).get_data(as_text=True)
