"""What is typed finds the same things in the same order on either database, and only what may be seen."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from tests.postgres import Server
from tests.services import entered
from tests.whole.bad_arguments import searches
from tracker.domain.searching import search_from
from tracker.domain.words import ResponseKind, Visibility
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage import search as stored
from tracker.storage import search_match
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.search import KINDS, like, named_exactly, search
from tracker.storage.search_index import is_behind, mend
from tracker.storage.tables import Body, BodyAlias, Document, Item, Process, Response, SearchText

TEXTS = (
    ("Clean water by 2030", "The ministry should publish data on the river at R.12 of the report."),
    ("L’eau d’Évian", "Une évaluation de la qualité de l’eau: où, quand, comment."),
    ("气候变化与规制", "委员会建议政府公布数据。"),
    ("ガス規制の見直し", "気候変動について。"),
    ("توصية بشأن المياه", "يجب أن تنشر الوزارة البيانات"),
    ("Straßenbäume für Łódź", "Mehr Bäume, weniger Asphalt. 🌳🌳"),
    ("Reference 2024-0123", "See https://example.org/reports/2024-0123?part=2#top and COVID-19."),
    ("A" * 290, "B" * 3000 + " water"),
    ("Water again", "water " * 700 + "the very end of water"),
    ("Recomendación 7: el agua", "El Gobierno publicará los datos antes de 2027."),
    ("О воде", "Министерство должно опубликовать данные"),
    ("Plan b", "a b c d e"),
)
ASKED = (
    "water",
    "wat",
    "water data",
    '"publish data"',
    '"data publish"',
    "R.12",
    "r12",
    "2024-0123",
    "0123",
    "https://example.org/reports/2024-0123",
    "évaluation",
    "EVALUATION",
    "l'eau",
    "evian",
    "气候",
    "规制",
    "気候変動",
    "化",
    "المياه",
    "strassenbaume",
    "lodz",
    "🌳",
    "🌳🌳",
    "a" * 190,
    "b" * 90,
    "water -river",
    "-water",
    'water -"very end"',
    "end of water",
    '"end of water"',
    "министерство",
    "plan b",
    "d*",
    "agua 2027",
    "recomendacion",
    "citizens’ assembly",
    "covid19",
    "ministry",
    "nothing that is there",
)
Sides = tuple[Database, Database]


FEW = (TEXTS[0], TEXTS[1], TEXTS[11])


def fill(database: Database, texts: tuple[tuple[str, str], ...] = FEW) -> None:
    with database.writing() as session:
        document = entered.report(session)
        for title, text in texts:
            entered.item(session, document=document, title=title, text=text)
        for name in ("Ministère de l’Écologie", "Ministry of the Interior", "環境省"):
            enter_body(session, entered.NOW, EnterBody(name=name, jurisdiction="GB"), actor=entered.GROUP)
        answer(session)


def answer(session: Session) -> None:
    item = session.execute(select(Item).order_by(col(Item.id)).limit(1)).scalar_one()
    [owed] = entered.owing(session, item)
    said = LogResponse(
        body="ministry-of-water",
        lines=(
            SaidFor(obligation=owed, kind=ResponseKind.REPLY, quote="We accept the dredging of the weir."),
        ),
        first_seen_on=entered.NOW.date(),
        url="https://water.example/answer",
        title="Our reply on sluices",
        text="We thank the assembly. We accept the dredging of the weir.",
    )
    respond(session, entered.NOW, said, actor=entered.GROUP)


@pytest.fixture(scope="module")
def sides(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    urls = (
        f"sqlite:///{tmp_path_factory.mktemp('found') / 'a.db'}",
        postgres.create("searching", "template0"),
    )
    for url in urls:
        migrate(url)
    one, other = Database(urls[0]), Database(urls[1])
    fill(one, TEXTS)
    fill(other, TEXTS)
    yield one, other
    one.close()
    other.close()
    postgres.drop("searching")


def found(database: Database, typed: str) -> dict[str, list[int]]:
    with database.reading() as session:
        return {
            kind: [one.id for one in search(session, search_from(typed), kind, limit=50).found]
            for kind in KINDS
        }


@pytest.mark.parametrize("typed", ASKED)
def test_both_databases_find_the_same_in_the_same_order(sides: Sides, typed: str) -> None:
    assert found(sides[0], typed) == found(sides[1], typed)


@pytest.mark.parametrize(
    ("name", "value"),
    [("COMMON", 0), ("COMMON", 10_000), ("MOST_ENDINGS", -1), ("MOST_ENDINGS", 1), ("SHORT", 0)],
    ids=["newest first", "by the index of words", "as beginnings", "few words named", "all words named"],
)
def test_the_way_words_are_looked_for_changes_nothing_that_is_found(
    sides: Sides, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    before = [[found(side, typed) for typed in ASKED] for side in sides]
    monkeypatch.setattr(search_match, name, value)
    assert [[found(side, typed) for typed in ASKED] for side in sides] == before


def test_what_is_typed_to_break_a_search_finds_the_same_on_both(sides: Sides) -> None:
    for typed in searches():
        said = unquote(typed, errors="surrogatepass")[:2000]
        assert found(sides[0], said) == found(sides[1], said), said[:50]


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("R.12", [1]),
        ("evian", [2]),
        ("气候", [3]),
        ("気候変動", [4]),
        ("المياه", [5]),
        ("strassenbaume lodz", [6]),
        ("2024-0123", [7]),
        ('"the very end of"', [9]),
        ("-water", []),
        ("plan b", [12]),
        ("%", []),
        # Titles that hold it come first, then the newest.
        ("water", [9, 1, 12, 11, 10, 8, 7, 6, 5, 4, 3, 2]),
        ("water -river", [9, 12, 11, 10, 8, 7, 6, 5, 4, 3, 2]),
    ],
)
def test_what_is_found(sides: Sides, typed: str, items: list[int]) -> None:
    assert found(sides[0], typed)["item"] == items


def test_answers_are_found_by_their_words_and_quotes(sides: Sides) -> None:
    for database in sides:
        for typed in ("sluices", '"dredging of the weir"', "we accept"):
            assert found(database, typed)["response"] == [1], typed


def test_a_body_is_found_by_its_name_without_its_accents(sides: Sides) -> None:
    for database in sides:
        assert len(found(database, "ministere de l'ecologie")["body"]) == 1
        assert len(found(database, "環境")["body"]) == 1
        with database.reading() as session:
            assert named_exactly(session, "ministry of water") == ["ministry-of-water"]


def test_a_name_spelt_wrong_names_the_nearest(sides: Sides) -> None:
    for database in sides:
        with database.reading() as session:
            names = [one.name for one in like(session, search_from("Minstry of Watre"))]
        assert names == [] or names[0] == "Ministry of Water"
        with database.reading() as session:
            assert [one.name for one in like(session, search_from("interiour"))] == [
                "Ministry of the Interior"
            ]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    fill(opened)
    yield opened
    opened.close()


def test_what_is_withheld_is_not_found_nor_counted(database: Database) -> None:
    hidden = {"item": (Item, "water"), "body": (Body, "ministry"), "response": (Response, "sluices")}
    for kind, (table, typed) in hidden.items():
        with database.writing() as session:
            session.execute(update(table).values(visibility=Visibility.WITHHELD))
        with database.reading() as session:
            assert search(session, search_from(typed), kind, limit=9).total == 0


def test_older_ones_are_found_behind_newer_ones_that_are_withheld(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        document = session.execute(select(col(Document.key))).scalar_one()
        for number in range(9):
            entered.item(session, document=document, title=f"Hedges {number}")
    ids = found(database, "hedges")["item"]
    monkeypatch.setattr(stored, "MOST_COUNTED", 2)
    for public in (ids[4:], [ids[1], ids[-1]], ids[-2:], [ids[3], *ids[7:]], ids[-1:], []):
        with database.writing() as session:
            session.execute(update(Item).values(visibility=Visibility.DRAFT))
            session.execute(update(Item).where(col(Item.id).in_(public)).values(visibility=Visibility.PUBLIC))
        with database.reading() as session:
            section = search(session, search_from("hedges"), "item", limit=50)
        assert [one.id for one in section.found] == public[:3]
        assert (section.total, section.more) == (min(len(public), 2), len(public) > 2)


def test_items_and_answers_go_out_of_sight_with_their_process(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Process).values(visibility=Visibility.DRAFT))
    assert not any(found(database, "water")[kind] for kind in ("item", "process", "document"))
    assert found(database, "sluices")["response"] == []


def test_an_answer_struck_as_our_error_is_not_found(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Response).values(struck_at=entered.NOW))
    assert found(database, "sluices")["response"] == []


def test_a_change_is_found_as_soon_as_it_is_kept(database: Database) -> None:
    with database.writing() as session:
        item = session.execute(select(Item).where(col(Item.id) == 3)).scalar_one()
        item.title = "Bicycle lanes"
        process = session.execute(select(Process)).scalar_one()
        process.name = "Panel on Hedgehogs"
        alias = {"body_id": 1, "name": "Waterways Office", "recorded_at": entered.NOW}
        session.add(BodyAlias(**alias))
    assert found(database, "bicycle")["item"] == [3] and found(database, "plan b")["item"] == []
    assert len(found(database, "hedgehogs")["item"]) == len(FEW)
    assert len(found(database, "hedgehogs")["document"]) == 1 and found(database, "citizens")["process"] == []
    assert found(database, "waterways")["body"] == [1]


def test_what_is_taken_back_leaves_no_words(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.execute(select(Item).where(col(Item.id) == 3)).scalar_one().title = "Bicycle lanes"
        session.flush()
        raise RuntimeError
    assert found(database, "bicycle")["item"] == []


def test_an_index_that_lost_words_is_mended(database: Database) -> None:
    with database.writing() as session:
        session.execute(delete(SearchText).where(col(SearchText.id) > 0))
        session.execute(update(Item).where(col(Item.id) == 3).values(title="Bicycle lanes"))
        assert is_behind(session)
    assert found(database, "water")["item"] == []
    with database.writing() as session:
        assert mend(session, "item", 0) == (len(FEW), None)
        assert mend(session, "item", 0) == (0, None)
        for kind in ("body", "process", "document", "response"):
            mend(session, kind, 0)
        assert not is_behind(session)
    assert found(database, "bicycle")["item"] == [3]


def test_an_upgrade_fills_the_index(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    fill(database)
    with database.writing() as session:
        session.execute(delete(SearchText))
    migrate(database_url)
    assert found(database, "evian")["item"] == [2]
    database.close()


def test_pages_follow_each_other_without_gap_or_repeat(sides: Sides) -> None:
    with sides[0].reading() as session:
        wanted = search_from("citizens")
        pages = [search(session, wanted, "item", limit=5, offset=5 * n) for n in range(4)]
    ids = [one.id for page in pages for one in page.found]
    assert ids == sorted(ids, reverse=True) and len(set(ids)) == len(TEXTS) == pages[0].total
    assert pages[3].found == ()
