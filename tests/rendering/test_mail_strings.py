"""Names and titles that try to break out of a message: its bytes, read by another parser, say what was meant."""

import json
import unicodedata
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import html5lib
import pytest

from tests.rendering.hostile import texts
from tests.rendering.test_mail_digest import NOW, PARCEL, WRITER, News
from tests.shared import shared
from tracker.assets import templates, translations
from tracker.channels.email import EmailChannel, Relay
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.parcel import Wanted
from tracker.domain.words import Frequency
from tracker.rendering.mail import MailWriter, Publication
from tracker.rendering.tongue import tongues

HEADERS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "content-language", "list-id",
    "list-unsubscribe", "list-unsubscribe-post", "mime-version", "content-type", "precedence", "reply-to",
}  # fmt: skip
OWN = [
    "x\r\nBcc: evil@evil.example", "x\nSubject: other", "x\rX: y", "a\x00b", "a\u2028Bcc: b\u2029c", "a\x85b",
    "=?utf-8?Q?=0D=0ABcc:_evil@evil.example?=", "=?utf-8?b?QmNjOg==?=", "=\r\n?utf-8?q?x?=",
    "x" * 10_000, "é" * 10_000, "a b " * 3000, "\u202egnp.exe\u2066", "lone \ud800 half", "\udfff",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% raw %}", "%(n)d %s",
    ".\r\n.\r\nQUIT", "--=_boundary--", "javascript:alert(1)", "]]><!--", "From me", "\ufeff\u200b\u00ad",
    "<https://evil.example/>", "evil@evil.example", "&lt;b&gt;", "\x1b[31mred",
]  # fmt: skip
VALUES = [
    str(one["value"])
    for one in json.loads(shared("data", "badinputs", "emails", "header_values.json").read_text("utf-8"))
]
STRINGS = [*OWN, *VALUES, *texts()]
TONGUES = tongues(["en", "es"], translations())
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def written(text: str) -> tuple[bytes, EmailMessage]:
    """A digest in which every name is this text, as it travels and as another program reads it."""
    names: dict[str, Any] = dict.fromkeys(
        ("item_title", "item_ref", "body_name", "process_name", "source_name"), text
    )
    query = ListQuery(ListName.OVERDUE, Filters(body="water", topic="health"))
    parcel = replace(
        PARCEL,
        news=[News(**names), News(id=2, **names)],
        wanted=[Wanted(1, query, Frequency.WEEKLY)],
        names={("body", "water"): text, ("topic", "health"): text},
    )
    site = Publication(text, text, "https://answers.example.org", "en")
    writer = MailWriter(site, TONGUES, templates()) if text in OWN else WRITER
    relay = Relay("127.0.0.1", 25, "alerts@example.org", sender_name=text)
    wire = EmailChannel(relay).wire(writer.word(parcel, NOW))
    found = message_from_bytes(wire, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return wire, found


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_no_name_adds_a_header_a_line_or_live_markup(text: str) -> None:
    wire, message = written(text)
    assert {name.lower() for name in message} <= HEADERS
    assert all(len(line) <= 998 and b"\r" not in line and b"\n" not in line for line in wire.split(b"\r\n"))
    assert b"\x00" not in wire and wire.isascii()
    for name in ("Subject", "From", "List-Id", "To"):
        shown = str(message[name])
        assert not any(unicodedata.category(sign) in UNSEEN for sign in shown), (name, shown)
        assert len(shown) < 400
    assert message["From"].addresses[0].addr_spec == "alerts@example.org"
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.org"]
    assert not message.defects
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    _is_inert(message)


def _is_inert(message: EmailMessage) -> None:
    part = message.get_body(("html",))
    assert part is not None
    page = html5lib.parse(part.get_content(), namespaceHTMLElements=False)
    for element in page.iter():
        assert element.tag not in ("script", "iframe", "object", "form", "svg", "base", "link"), element.tag
        assert element.tag != "img"
        assert not [name for name in element.attrib if str(name).startswith("on")]
        address = element.attrib.get("href", "https://answers.example.org/")
        assert address.startswith(("https://answers.example.org", "#", "mailto:")), address
