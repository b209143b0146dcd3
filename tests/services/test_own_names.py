"""What a source is called that was given no name: a feed by its own title, else by where it stands."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from scrapers.cage import Cage
from tests.services.register import Clock, Collecting, running_register
from tracker.config import SourceConfig
from tracker.services.keep_sources import keep_sources
from tracker.storage.engine import Database
from tracker.storage.tables import Source

FEED = """<rss version="2.0"><channel><title>News of the &lt;b&gt;Ministry&lt;/b&gt;</title>
<item><guid>1</guid><title>A reply</title></item></channel></rss>"""


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    with running_register() as register:
        register.put("/news.xml", FEED, Content_Type="application/rss+xml")
        register.put("/other.xml", FEED.replace("News", "Olds"), Content_Type="application/rss+xml")
        yield Collecting(database, register, cage, Clock())


def configured(collecting: Collecting, path: str = "/news.xml", **options: object) -> tuple[str, ...]:
    one = SourceConfig(key="news", reader="feed", address=collecting.register.base + path, options=options)
    with collecting.database.writing() as session:
        return keep_sources(session, [one]).changed


def name(collecting: Collecting) -> str:
    with collecting.database.reading() as session:
        return session.exec(select(Source)).one().name


def test_a_feed_without_a_name_goes_by_its_own_title_and_keeps_it(collecting: Collecting) -> None:
    configured(collecting)
    assert name(collecting) == "127.0.0.1/news.xml"
    collecting.collect()
    assert name(collecting) == "News of the Ministry"
    assert configured(collecting) == () and name(collecting) == "News of the Ministry"


def test_a_name_of_the_configuration_comes_first(collecting: Collecting) -> None:
    configured(collecting, name="The ministry’s news")
    collecting.collect()
    assert name(collecting) == "The ministry’s news"
    configured(collecting)
    assert name(collecting) == "127.0.0.1/news.xml", "the name was taken away"


def test_at_another_address_the_old_title_says_nothing(collecting: Collecting) -> None:
    configured(collecting)
    collecting.collect()
    assert configured(collecting, "/other.xml") == ("news",)
    assert name(collecting) == "127.0.0.1/other.xml"
    collecting.clock.forward(days=1)
    collecting.collect()
    assert name(collecting) == "Olds of the Ministry"
