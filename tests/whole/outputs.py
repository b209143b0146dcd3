"""Everything a site gives out, fetched and held to what each form must never hold."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from typing import Any
from xml.etree import ElementTree

import html5lib
import icalendar
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from tracker.storage.tables import Body, Document, Event, Item, Obligation, Page, Process, Response, Source
from tracker.web.access import Access, declared

LIVE = ("script", "iframe", "object", "embed", "base", "style", "frame", "applet", "marquee")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
OURS = re.compile(r"(?:/|#|\?|https?://|webcal://answers\.example\.org/|mailto:[^?]*$|$)")
UNTIL_WORK_IS_DONE = ("/healthz/worker", "/data/latest.zip")
"""No worker runs here: the one says so, the other is not given out until one has made the archive anew."""
LIST_FORMS = ("atom", "rss", "json", "csv", "jsonl", "ics")
_ROWS: Mapping[str, tuple[Any, Any]] = {
    "items": (Item, Item.key),
    "bodies": (Body, Body.key),
    "processes": (Process, Process.key),
    "documents": (Document, Document.key),
    "responses": (Response, Response.key),
    "sources": (Source, Source.key),
    "events": (Event, Event.id),
    "obligations": (Obligation, Obligation.id),
    "evidence": (Page, Page.sha256),
}
_FEW: Mapping[str, tuple[str, ...]] = {
    "topics": ("health",),
    "jurisdictions": ("GB",),
    "kinds": ("citizens-assembly", "coroner"),
    "calendars": ("GB-EAW",),
}
_AFTER: Mapping[str, str] = {
    "search": "?q=a",
    "bodies": "?q=a",
    "due": "?rule=gb-cja2009-reg29&start=2026-01-05",
}


def addresses(app: Flask, session: Session, most: int) -> Iterator[str]:
    """Every public address that can be asked for, with up to `most` things for each kind of thing, newest first."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or declared(app, rule.endpoint) is not Access.PUBLIC:
            continue
        kind = next((part for part in rule.rule.split("/") if part in {*_ROWS, *_FEW}), "")
        named = _FEW.get(kind) or tuple(_keys(session, kind, most))
        forms = LIST_FORMS if "form" in rule.arguments else ("",)
        # Each form of each thing would be many: forms take turns over the things.
        for n, key in enumerate(named if rule.arguments - {"form"} else ("",)):
            for form in forms if n < 3 or not key else (forms[n % len(forms)],):
                path = re.sub(r"<any\([^>]*>", form, rule.rule)
                if form == "ics" and kind == "sources" and key:
                    continue
                yield re.sub(r"<[^>]*number>", "1", re.sub(r"<[^>]*(?:key|id|sha256|code)>", str(key), path))


def _keys(session: Session, kind: str, most: int) -> list[str]:
    if kind not in _ROWS:
        return []
    table, column = _ROWS[kind]
    newest = col(getattr(table, "id", table.__table__.primary_key.columns[0])).desc()
    return [str(one) for one in session.exec(select(column).order_by(newest).limit(most))]


def fetch(client: FlaskClient, address: str) -> tuple[str, bytes]:
    """What an address answers: its type and its bytes; never a failure of ours."""
    answer = client.get(address)
    assert answer.status_code < 500 or address in UNTIL_WORK_IS_DONE, (address, answer.status_code)
    for name, value in answer.headers.items():
        assert "\n" not in value and "\r" not in value, (address, name)
    return answer.headers.get("Content-Type", "").partition(";")[0], answer.get_data()


def inspect(address: str, kind: str, body: bytes) -> None:
    """Complain of anything that an output of this type must not hold."""
    assert b"Traceback" not in body, address
    check = _CHECKS.get(kind)
    if check is not None:
        check(address, body)


def inert(where: object, markup: str) -> None:
    """Nothing in a piece of HTML runs, loads, submits or leads anywhere but to a web page."""
    root = html5lib.parse(markup, namespaceHTMLElements=False)
    for one in root.iter():
        tag = str(one.tag)
        ours = tag == "script" and one.get("src", "").startswith("/static/") and not (one.text or "").strip()
        if tag == "script" and one.get("type") == "application/ld+json":
            ours = "<" not in (one.text or "") and "@graph" in json.loads(one.text or "")
        # The frame of our mails has a few rules that load nothing.
        ours |= tag == "style" and where == "letter" and not set(one.text or "") & set("(@\\<")
        assert tag not in LIVE or ours, (where, tag, one.attrib)
        assert tag != "meta" or not one.get("http-equiv"), (where, one.attrib)
        assert tag != "form" or (
            one.get("action", "").startswith(("/", "")) and ":" not in one.get("action", "")
        )
        for name, value in one.attrib.items():
            assert not name.lower().startswith("on") and name != "srcdoc", (where, tag, name, value)
            assert name != "style" or (where == "letter" and "url(" not in value), (where, tag, value)
            if name in ("href", "src", "action", "formaction", "data", "poster", "xlink:href"):
                assert OURS.match(value.strip().lower()), (where, tag, name, value)
            if name == "src":
                assert value.startswith("/static/"), (where, tag, value)


def clean(where: object, text: str) -> None:
    """No control sign, no sign that turns the reading direction, no half of a character."""
    found = CONTROLS.search(text)
    assert found is None, (
        where,
        found[0].encode("unicode-escape"),
        text[max(0, found.start() - 60) : found.end() + 20],
    )


def _html(address: str, body: bytes) -> None:
    text = body.decode("utf-8")
    clean(address, text)
    inert(address, text)


def _xml(address: str, body: bytes) -> None:
    clean(address, body.decode("utf-8"))
    for one in ElementTree.fromstring(body).iter():
        if one.get("type") == "html" or one.tag.rpartition("}")[2] in ("description", "encoded"):
            inert(address, one.text or "")
        for name, value in one.attrib.items():
            assert name not in ("href", "src") or OURS.match(value.lower()), (address, value)


def _json(address: str, body: bytes) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError((address, constant))

    _strings(address, json.loads(body, parse_constant=refuse))


def _jsonl(address: str, body: bytes) -> None:
    for line in body.decode("utf-8").split("\n")[:-1]:
        _json(address, line.encode())


def _strings(address: str, value: object) -> None:
    if isinstance(value, str):
        clean(address, value)
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _strings(address, one)
    html = value.get("content_html") if isinstance(value, dict) else None
    if html:
        inert(address, str(html))


def _csv(address: str, body: bytes) -> None:
    text = body.decode("utf-8-sig")
    clean(address, text)
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(FORMULA) and not re.fullmatch(r"-?\d+", cell)], (
            address
        )


def _ics(address: str, body: bytes) -> None:
    clean(address, body.decode("utf-8"))
    icalendar.Calendar.from_ical(body)
    names = {
        re.split(rb"[;:]", line, maxsplit=1)[0] for line in body.split(b"\r\n") if line[:1] not in (b" ", b"")
    }
    assert not names & {b"ATTENDEE", b"ORGANIZER", b"ATTACH"} and b"BEGIN:VALARM" not in body.split(
        b"\r\n"
    ), address
    assert b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b""), address
    assert max(map(len, body.split(b"\r\n"))) <= 75, address


def _svg(address: str, body: bytes) -> None:
    """A picture of shapes and words, that loads nothing and leads nowhere."""
    clean(address, body.decode("utf-8"))
    for one in ElementTree.fromstring(body).iter():
        assert one.tag.rpartition("}")[2] in ("svg", "title", "rect", "path", "g", "text"), (address, one.tag)
        for name, value in one.attrib.items():
            assert not name.lower().startswith("on") and name.rpartition("}")[2] != "href", (address, name)
            assert "url(" not in value and name != "style", (address, name, value)


_CHECKS: Mapping[str, Callable[[str, bytes], None]] = {
    "text/html": _html,
    "application/atom+xml": _xml,
    "application/rss+xml": _xml,
    "application/json": _json,
    "application/feed+json": _json,
    "application/jsonl": _jsonl,
    "text/csv": _csv,
    "text/calendar": _ics,
    "image/svg+xml": _svg,
}


def mail(message: EmailMessage) -> None:
    """A letter has the headers we wrote, one recipient, and bodies in which nothing runs."""
    assert not message.defects, message.defects
    assert message["Bcc"] is None and message["Cc"] is None
    assert len(str(message["To"]).split(",")) == 1
    clean("subject", str(message["Subject"]))
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text = part.get_content()
            clean(str(message["Subject"]), text.replace("\r\n", "\n"))
            if part.get_content_subtype() == "html":
                inert("letter", text)
