"""A site that has read the hostile corpus from loopback, and whose people took all of it over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from sqlmodel import Session, col, select

from scrapers.walk import Gate
from tests.services import entered
from tests.services.register import Register
from tests.shared import shared
from tracker.compose import Composed
from tracker.config import SourceConfig
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import FindingState, ResponseKind
from tracker.services.collect import collect_one
from tracker.services.draft_decision import UpdateDecision, draft_item, draft_response
from tracker.services.enter_process import EnterBody
from tracker.services.entry import OwedBy
from tracker.services.keep_sources import keep_sources
from tracker.services.respond import SaidFor
from tracker.services.review import accept_new_item, accept_response, accept_update
from tracker.storage import findings
from tracker.storage.findings import Waiting
from tracker.storage.tables import Finding, Run, Source

CORPUS: list[dict[str, Any]] = [
    one
    for one in json.loads(shared("data", "badinputs", "manifest.json").read_text("utf-8"))
    if one["path"].startswith("feeds/") and shared("data", "badinputs", one["path"]).is_file()
]
TYPES = {"json": "application/json", "html": "text/html", "bin": "application/octet-stream"}
KINDS = ("new_item", "response", "update")
SIGNS = ("{{7*7}}", "='1'!A1", "Bcc: evil@evil.invalid", "BEGIN:VALARM")


def strings(longest: int) -> list[str]:
    """The texts of the corpus, cut at `longest`, with a few that only some outputs mind."""
    texts = json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
    more = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "x\r\nBcc: evil@evil.invalid",
        "x\nBEGIN:VALARM",
        "\u202egnp.exe",
    ]
    return [*(str(one["text"])[:longest] for one in texts), *more]


def _json_feed(texts: list[str]) -> str:
    items = [
        {
            "id": f"{n} {text}",
            "title": text or "untitled",
            "content_html": text,
            "summary": text,
            "url": text if ":" in text else f"https://gov.example.org/{n}",
            "authors": [{"name": text}],
            "tags": [text],
        }
        for n, text in enumerate(texts)
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": texts[0] or "t", "items": items}
    )


def _records(texts: list[str]) -> str:
    return json.dumps(
        [
            {
                "id": f"r{n}",
                "title": text,
                "text": text,
                "who": text,
                "status": text,
                "link": f"https://gov.example.org/{n}",
            }
            for n, text in enumerate(texts)
        ]
    )


def _table(texts: list[str]) -> str:
    cells = "".join(
        f"<tr><td>t{n}</td><td>{escape(text)}</td><td>{text}</td><td><a href='{escape(text)}'>{escape(text)}</a></td></tr>"
        for n, text in enumerate(texts)
        if "\ud800" not in text
    )
    return f"<!doctype html><title>Reports</title><table><tr><th>Ref</th><th>Title</th><th>Who</th><th>Link</th></tr>{cells}</table>"


def _govuk(text: str) -> str:
    recorded = shared(
        "data", "samples", "govuk", "consultation__consultation_outcome_with_featured_attachments.json"
    )
    document = json.loads(recorded.read_text("utf-8"))
    document["title"] = document["description"] = text
    document["details"]["body"] = document["details"]["final_outcome_detail"] = f"<p>{text}</p>"
    for one in document["links"].get("organisations", []):
        one["title"] = text
    return json.dumps(document)


_ROWS = {"key": "ref", "kind": "new_item"}
_TABLE = {
    "fields": {
        "ref": "column:Ref",
        "title": "column:Title",
        "body_name": "column:Who",
        "link": "column:Link > a@href",
    }
}
_DATA = {"fields": {"ref": "id", "title": "title", "summary": "text", "body_name": "who", "link": "link"}}


@dataclass
class Hostile:
    """The site, what it reads, and what of it was refused in words."""

    composed: Composed
    register: Register
    every: int = 1
    """Of the texts, how many are left to each further way of publishing them: one in so many."""
    refused: list[str] = field(default_factory=list)
    owed: list[int] = field(default_factory=list)
    document: str = ""

    def read(self, texts: list[str], corpus: list[dict[str, Any]]) -> None:
        """Serve, configure and read everything once; nothing may raise."""
        wanted = [*self._feeds(corpus), *self._texts(texts)]
        with self.composed.database.writing() as session:
            self.document = entered.report(session)
            keep_sources(session, wanted)
        clock = self.composed.now
        gate = Gate(
            user_agent="Answerby-Test/1", clock=clock, allow_hosts=[self.register.host], pause_seconds=0
        )
        while collect_one(self.composed.database, gate, self.composed.cage, clock):
            pass
        gate.close()

    def _feeds(self, corpus: list[dict[str, Any]]) -> Iterator[SourceConfig]:
        for n, one in enumerate(corpus):
            path = f"/{one['path']}"
            kind = TYPES.get(one["path"].rpartition(".")[2], "application/xml")
            headers = {"Content_Type": kind} | {
                k.replace("-", "_"): v for k, v in one.get("http", {}).items()
            }
            self.register.put(path, shared("data", "badinputs", one["path"]).read_bytes(), **headers)
            yield self._source(f"feed-{n}", "feed", path, {"kind": KINDS[n % 3]})

    def _texts(self, texts: list[str]) -> Iterator[SourceConfig]:
        parts = [texts, *(texts[n % self.every :: self.every] for n in range(4))]
        for kind, part in zip(KINDS, parts, strict=False):
            self.register.put(f"/{kind}.json", _json_feed(part), Content_Type="application/feed+json")
            yield self._source(f"texts-{kind.replace('_', '-')}", "feed", f"/{kind}.json", {"kind": kind})
        self.register.put("/records.json", _records(parts[3]), Content_Type="application/json")
        self.register.put("/table.html", _table(parts[4]))
        yield self._source("records", "json", "/records.json", _ROWS | _DATA)
        yield self._source("table", "listing", "/table.html", _ROWS | _TABLE)
        for n, text in enumerate(texts[:: 4 * self.every]):
            self.register.put(f"/api/content/{n}", _govuk(text), Content_Type="application/json")
            yield self._source(f"govuk-{n}", "govuk", f"/api/content/{n}", {})

    def _source(self, key: str, reader: str, path: str, options: dict[str, Any]) -> SourceConfig:
        more = {"process_kind": "citizens_assembly", "jurisdiction": "GB"}
        return SourceConfig(
            key=key, reader=reader, address=self.register.base + path, options=options | more, min_entries=0
        )

    def accept_all(self) -> int:
        """Take over every finding as what it says it is; the number of those that were accepted."""
        with self.composed.database.reading() as session:
            wanted = (
                select(col(Finding.id))
                .where(col(Finding.state) == FindingState.OPEN)
                .order_by(col(Finding.kind))
            )
            ids = [int(id_ or 0) for id_ in session.exec(wanted)]
        return sum(self._accept(id_) for id_ in ids)

    def _accept(self, finding_id: int) -> bool:
        try:
            with self.composed.database.writing() as session:
                waiting = findings.one(session, finding_id)
                assert waiting is not None
                acts = {"new_item": self._item, "response": self._response, "update": self._update}
                if waiting.finding.kind in acts:
                    acts[waiting.finding.kind](session, waiting)
        except NotAccepted as error:
            self.refused.append(str(error))
            return False
        return True

    def _item(self, session: Session, waiting: Waiting) -> None:
        draft, now, id_ = draft_item(session, waiting), self.composed.now(), waiting.finding.id or 0
        name = draft.title[:200].strip()
        known = len(self.owed) % 4 or not name
        body = (
            OwedBy(body="ministry-of-water") if known else OwedBy(new=EnterBody(name=name, jurisdiction="GB"))
        )
        own = "" if id_ % 3 else self.document
        said = replace(
            draft, addressees=(body,), deadline=entered.STATED, document=own, title=draft.title or "Untitled"
        )
        item = accept_new_item(session, now, id_, said, actor=entered.GROUP)
        self.owed += entered.owing(session, item)

    def _response(self, session: Session, waiting: Waiting) -> None:
        owed = self.owed[(waiting.finding.id or 0) % len(self.owed)]
        line = SaidFor(
            obligation=owed, kind=ResponseKind.REPLY, quote=str(waiting.finding.content["title"])[:200]
        )
        said = replace(
            draft_response(session, waiting), body="ministry-of-water", lines=(line,), published=None
        )
        accept_response(session, self.composed.now(), waiting.finding.id or 0, said, actor=entered.GROUP)

    def _update(self, session: Session, waiting: Waiting) -> None:
        item = entered_item(session, self.owed[-1])
        content = waiting.finding.content
        text = str(content.get("title") or content.get("summary") or "Said nothing")
        said = UpdateDecision(item=item, text=text, url=str(content.get("link") or ""))
        accept_update(session, self.composed.now(), waiting.finding.id or 0, said, actor=entered.GROUP)

    def runs(self) -> dict[str, tuple[Run, Source]]:
        """The reading of each source, by the path it read."""
        with self.composed.database.reading() as session:
            rows = session.exec(select(Run, Source).where(col(Run.source_id) == col(Source.id))).all()
            return {
                source.address.removeprefix(self.register.base).strip("/"): (run, source)
                for run, source in rows
            }


def entered_item(session: Session, obligation_id: int) -> str:
    """The key of the item an obligation is about."""
    from tracker.storage.tables import Item, Obligation

    owed = session.get_one(Obligation, obligation_id)
    return session.get_one(Item, owed.item_id).key
