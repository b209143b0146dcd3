"""The search at many items: the searches that were made to break one, on either database, beside a plain LIKE.

Run: python -m bench.search_many [ITEMS] (100,000 unless said; PostgreSQL as the tests start it)
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tests.postgres import running_server
from tests.shared import shared
from tracker.domain.searching import search_from
from tracker.domain.words import BodyKind, ItemKind, ProcessKind
from tracker.storage.engine import Database
from tracker.storage.many import insert_many
from tracker.storage.migrate import migrate
from tracker.storage.search import KINDS, search
from tracker.storage.tables import Body, Document, Item, Process

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROUNDS = 3
USUAL = ("water", "publish", "word17 word23", "publish the river", '"river data"', "word12*", "R.77", "xyzzy")
STEMS = "the of publish river data water health plan report ministry should within months answer".split()


def _words(chance: random.Random, n: int) -> str:
    """Common words and rare ones, as in a language: the rarer, the more of them."""
    return " ".join(
        chance.choice(STEMS) if chance.random() < 0.5 else f"word{int(chance.paretovariate(0.6)) % 50_000}"
        for _ in range(n)
    )


def filled(url: str, size: int) -> tuple[Database, float]:
    """A database with so many items, and how many seconds its index took."""
    migrate(url)
    database, chance = Database(url), random.Random(7)
    with database.writing() as session:
        process = Process(recorded_at=NOW, key="plan", kind=ProcessKind.ACTION_PLAN, name="Plan")
        session.add(process)
        session.flush()
        document = Document(recorded_at=NOW, key="plan-1", process_id=process.id or 0, title="Plan")
        session.add(document)
        session.flush()
        insert_many(session, Body, [_body(n, chance) for n in range(size // 50)])
        insert_many(session, Item, [_item(n, document, chance) for n in range(size)])
    began = time.perf_counter()
    migrate(url)
    took = time.perf_counter() - began
    if url.startswith("postgresql"):
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return database, took


def _body(n: int, chance: random.Random) -> Body:
    name = f"Ministry of {_words(chance, 2)} {n}"
    return Body(recorded_at=NOW, key=f"b{n}", name=name, kind=BodyKind.GOVERNMENT, jurisdiction="GB")


def _item(n: int, document: Document, chance: random.Random) -> Item:
    return Item(
        recorded_at=NOW,
        key=f"i{n}",
        process_id=document.process_id,
        document_id=document.id or 0,
        number=n,
        kind=ItemKind.RECOMMENDATION,
        ref=f"R.{n}",
        title=_words(chance, 8),
        text=_words(chance, 60),
    )


def nasty() -> list[str]:
    """What is typed to break a search."""
    rows = json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
    return [row["text"][:200].replace("\0", " ") for row in rows if row["kind"] == "search"]


def seconds(work: Callable[[], object]) -> float:
    """The middle of a few tries."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return median(found)


def all_kinds(session: Session, typed: str) -> int:
    """What the page of a search asks; how much was found."""
    return sum(search(session, search_from(typed), kind, limit=10).total for kind in KINDS)


def like(session: Session, typed: str) -> int:
    """The same words looked for by reading every item, as a measure."""
    texts = (func.lower(col(Item.title)), func.lower(col(Item.text)))
    held = (or_(*(text.contains(word, autoescape=True) for text in texts)) for word in typed.lower().split())
    return int(session.execute(select(func.count()).select_from(Item).where(*held)).scalar_one())


def told(name: str, url: str, size: int) -> None:
    """The figures of one database."""
    database, took = filled(url, size)
    print(f"{name}, {size:,} items: index filled in {took:.1f} s")
    with database.reading() as session:
        for typed in USUAL:
            found, ours = all_kinds(session, typed), seconds(lambda typed=typed: all_kinds(session, typed))
            plain = seconds(lambda typed=typed: like(session, typed.strip('"*')))
            print(
                f"  {typed:20} {found:7,} found {ours * 1000:7.1f} ms, LIKE {plain * 1000:7.1f} ms: x{plain / ours:.1f}"
            )
        slow = sorted(
            ((seconds(lambda one=one: all_kinds(session, one)), one) for one in nasty()), reverse=True
        )
    worst = ", ".join(f"{one[:24]!r} {took * 1000:.0f} ms" for took, one in slow[:3])
    print(f"  {len(slow)} nasty ones: the slowest {worst}")
    database.close()


def main() -> None:
    """Both databases, one after the other."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        told("SQLite", f"sqlite:///{Path(folder) / 'a.db'}", size)
    with running_server() as server:
        told("PostgreSQL", server.create("search_many", "template0"), size)


if __name__ == "__main__":
    main()
